package io.raftwood.cli.kv;

import io.raftwood.cli.call.CallFailureException;
import io.raftwood.server.config.ConfigException;
import io.raftwood.server.config.Units;
import java.time.Duration;

/** Times after which records expire, as arguments. */
final class TimeToLive {
  /** What can be given. */
  static final String FORM = "30s, 5m, 12h, 7d; whole seconds, 1s to 30d";

  /** What an option with such a time does. */
  static final String DESCRIPTION =
      "The record expires after this time: " + FORM + " (default: never).";

  /** What is above never expires, says the API: not what somebody means who gives a time. */
  private static final Duration MAX = Duration.ofDays(30);

  private TimeToLive() {}

  /**
   * The seconds in {@code text}; {@code what} names it.
   *
   * @throws CallFailureException (usage) when it is no such time
   */
  static long seconds(String what, String text) {
    try {
      Duration time = Units.parseDuration(text);
      if (time.isZero() || time.toMillisPart() != 0 || time.compareTo(MAX) > 0) {
        throw new ConfigException("not whole seconds within 1s..30d");
      }
      return time.toSeconds();
    } catch (ConfigException e) {
      throw CallFailureException.usage(what + ": '" + text + "': " + e.getMessage());
    }
  }
}
