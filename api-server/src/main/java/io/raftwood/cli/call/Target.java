package io.raftwood.cli.call;

import io.raftwood.bytes.Bytes;

/**
 * What a request is about, for messages.
 *
 * @param text {@code key 'a'}
 * @param reading the command that shows it
 * @param listing the command that shows what else there is
 */
public record Target(String text, String reading, String listing) {
  /** Where quoted names end in messages. */
  private static final int NAME_MAX = 200;

  /** A name as people read it, in quotes. */
  public static String quoted(Bytes name) {
    return "'" + shortened(ShownBytes.escaped(name)) + "'";
  }

  /** A name as an argument in a command that a message proposes. */
  public static String argument(Bytes name) {
    return shortened(ShownBytes.argument(name));
  }

  private static String shortened(String text) {
    return text.length() <= NAME_MAX ? text : text.substring(0, NAME_MAX) + "...";
  }
}
