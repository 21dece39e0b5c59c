package io.raftwood.server.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and times as text: {@code 512MiB}, {@code 500ms}. Binary units only, so none misleads. */
public final class Units {
  private static final Pattern NUMBER = Pattern.compile("([0-9]{1,18})\\s*([A-Za-z]*)");
  private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
  private static final String[] TIME_UNITS = {"ms", "s", "m", "h", "d"};
  private static final long[] TIME_MILLIS = {1, 1000, 60_000, 3_600_000, 86_400_000};

  private Units() {}

  /**
   * Reads a size; a bare number counts bytes.
   *
   * @throws ConfigException when {@code text} has another form or does not fit 63 bits
   */
  static long parseBytes(String text) {
    Matcher matcher = match(text, "a size with a unit B, KiB, MiB, GiB or TiB (512MiB)");
    String unit = matcher.group(2);
    long factor = 1;
    for (String name : BYTE_UNITS) {
      if (unit.equals(name) || (unit.isEmpty() && factor == 1)) {
        return multiply(matcher.group(1), factor);
      }
      factor *= 1024;
    }
    throw new ConfigException("'" + unit + "' is not one of the units B, KiB, MiB, GiB, TiB");
  }

  /** In the largest unit that divides {@code bytes}. */
  static String formatBytes(long bytes) {
    int unit = 0;
    long rest = bytes;
    while (rest != 0 && rest % 1024 == 0 && unit < BYTE_UNITS.length - 1) {
      rest /= 1024;
      unit++;
    }
    return rest + BYTE_UNITS[unit];
  }

  /**
   * Reads a time; the unit must be said.
   *
   * @throws ConfigException when {@code text} has another form or is above 63 bits of ms
   */
  public static Duration parseDuration(String text) {
    Matcher matcher = match(text, "a time with a unit ms, s, m, h or d (500ms)");
    String unit = matcher.group(2);
    for (int i = 0; i < TIME_UNITS.length; i++) {
      if (unit.equals(TIME_UNITS[i])) {
        return Duration.ofMillis(multiply(matcher.group(1), TIME_MILLIS[i]));
      }
    }
    throw new ConfigException(
        unit.isEmpty()
            ? "without a unit: say ms, s, m, h or d"
            : "'" + unit + "' is not one of the units ms, s, m, h, d");
  }

  /** In the largest unit that divides {@code duration}; what is below a millisecond is cut off. */
  static String formatDuration(Duration duration) {
    long millis = duration.toMillis();
    int unit = 0;
    for (int i = 1; i < TIME_UNITS.length && millis != 0; i++) {
      unit = millis % TIME_MILLIS[i] == 0 ? i : unit;
    }
    return millis / TIME_MILLIS[unit] + TIME_UNITS[unit];
  }

  private static Matcher match(String text, String wanted) {
    Matcher matcher = NUMBER.matcher(text);
    if (!matcher.matches()) {
      throw new ConfigException("not " + wanted);
    }
    return matcher;
  }

  private static long multiply(String number, long factor) {
    try {
      return Math.multiplyExact(Long.parseLong(number), factor);
    } catch (ArithmeticException e) {
      throw new ConfigException("too large", e);
    }
  }
}
