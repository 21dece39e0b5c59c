package io.raftwood.admin;

import java.util.Locale;
import java.util.Optional;

/** How much a logger says, from most to least. */
public enum LogLevel {
  /** Everything. */
  TRACE,
  /** What helps to find a defect. */
  DEBUG,
  /** What happens. */
  INFO,
  /** What should not happen. */
  WARN,
  /** What went wrong. */
  ERROR,
  /** Nothing. */
  OFF;

  /** The level that {@code word} names, in whatever case. */
  public static Optional<LogLevel> of(String word) {
    for (LogLevel level : values()) {
      if (level.word().equals(word.toLowerCase(Locale.ROOT))) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }

  /** The word shown to operators. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
