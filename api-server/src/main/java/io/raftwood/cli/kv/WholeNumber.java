package io.raftwood.cli.kv;

import io.raftwood.cli.call.CallFailureException;
import picocli.CommandLine;

/** Whole numbers as arguments; they may be negative, and so look like options. */
final class WholeNumber {
  private WholeNumber() {}

  /** Has {@code line} and what is below it take {@code -5} for an argument. */
  static CommandLine mayBeNegativeIn(CommandLine line) {
    return line.setUnmatchedOptionsArePositionalParams(true);
  }

  /**
   * {@code name}, which is no misspelled option: those are not told apart from arguments any more.
   *
   * @throws CallFailureException (usage) when it looks like one
   */
  static String noOption(String name) {
    if (name.startsWith("-")) {
      throw CallFailureException.usage(
          "unknown option '" + name + "'; a name that begins with - is given by --encoding hex");
    }
    return name;
  }

  /**
   * {@code text} as a signed 64-bit number; {@code what} names it.
   *
   * @throws CallFailureException (usage) when it is none
   */
  static long of(String what, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw CallFailureException.usage(
          what + ": '" + text + "' is not a whole number within -2^63..2^63-1");
    }
  }

  /**
   * The two numbers in {@code FROM:TO}.
   *
   * @throws CallFailureException (usage) when {@code text} has another form
   */
  static long[] pair(String what, String form, String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw CallFailureException.usage(what + ": '" + text + "' is not " + form);
    }
    return new long[] {of(what, text.substring(0, colon)), of(what, text.substring(colon + 1))};
  }
}
