package io.raftwood.backup;

import io.raftwood.bytes.MalformedBytesException;

/** How items meet what is there. Numbers are part of the format and never reused. */
public enum RestoreRule {
  /** As in the backup, mod-revisions too; only while a restore is under way in the group. */
  RESTORE(0),
  /** With the item's version, unless a record of that version or a higher one is there. */
  IMPORT(1),
  /** With the item's version, whatever is there. */
  OVERWRITE(2);

  private final int number;

  RestoreRule(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static RestoreRule of(int number) {
    for (RestoreRule rule : values()) {
      if (rule.number == number) {
        return rule;
      }
    }
    throw new MalformedBytesException("rule " + number + " is unknown");
  }
}
