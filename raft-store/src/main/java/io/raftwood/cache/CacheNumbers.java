package io.raftwood.cache;

import io.raftwood.bytes.Bytes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Numbers as the cache reads and writes them: strictly, without blanks. Pure functions. */
public final class CacheNumbers {
  /** Longest text of a number, in bytes. */
  public static final int TEXT_BYTES_MAX = 400;

  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,19}");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?");
  private static final int FRACTION_DIGITS = 17;

  /** Numbers have at most so many digits before the point, as a double's largest has. */
  private static final int WHOLE_DIGITS_MAX = 309;

  private CacheNumbers() {}

  /** A signed 64-bit number; empty if {@code text} is none. */
  public static OptionalLong whole(Bytes text) {
    Optional<String> digits = matching(WHOLE, text);
    if (digits.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(digits.get()));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * A decimal number with an optional exponent; empty if {@code text} is none: neither an infinity
   * nor a hexadecimal number is, nor is one beyond {@link #inRange}.
   */
  public static Optional<BigDecimal> decimal(Bytes text) {
    return matching(DECIMAL, text).map(BigDecimal::new).filter(CacheNumbers::inRange);
  }

  /** Whether {@code number} has at most 309 digits before the point. */
  public static boolean inRange(BigDecimal number) {
    return number.signum() == 0 || number.precision() - number.scale() <= WHOLE_DIGITS_MAX;
  }

  /** {@code number} without padding. */
  public static Bytes format(long number) {
    return Bytes.utf8(Long.toString(number));
  }

  /**
   * {@code number} with at most 17 digits behind the point (half to even), no exponent, no trailing
   * zeros.
   */
  public static Bytes format(BigDecimal number) {
    BigDecimal rounded = number.setScale(FRACTION_DIGITS, RoundingMode.HALF_EVEN);
    return Bytes.utf8(rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString());
  }

  private static Optional<String> matching(Pattern pattern, Bytes text) {
    if (text.length() > TEXT_BYTES_MAX) {
      return Optional.empty();
    }
    String characters = new String(text.unsafeArray(), StandardCharsets.ISO_8859_1);
    return pattern.matcher(characters).matches() ? Optional.of(characters) : Optional.empty();
  }
}
