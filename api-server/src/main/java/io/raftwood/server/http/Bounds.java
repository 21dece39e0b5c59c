package io.raftwood.server.http;

import java.time.Duration;

/** Checks of settings. */
final class Bounds {
  private Bounds() {}

  /**
   * Checks that {@code value} is within {@code least..most}.
   *
   * @throws IllegalArgumentException naming the setting when it is not
   */
  static void check(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " is " + value + ", not within " + least + ".." + most);
    }
  }

  /**
   * Checks that {@code value} is within one millisecond and one day.
   *
   * @throws IllegalArgumentException naming the setting when it is not
   */
  static void check(String name, Duration value) {
    check(name + " in milliseconds", value.toMillis(), 1, Duration.ofDays(1).toMillis());
  }
}
