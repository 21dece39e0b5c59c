package io.raftwood.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable byte string, ordered by unsigned lexicographic comparison (RocksDB's default order).
 *
 * <p>Thread-safe. Arrays handed to {@link #wrap} must not be changed afterwards; arrays obtained
 * from {@link #unsafeArray} must not be changed at all.
 */
public final class Bytes implements Comparable<Bytes> {
  /** The empty byte string. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] array;

  private Bytes(byte[] array) {
    this.array = array;
  }

  /** Wraps {@code array} without copying; the caller gives up the right to change it. */
  public static Bytes wrap(byte[] array) {
    return array.length == 0 ? EMPTY : new Bytes(array);
  }

  /** Copies {@code array}. */
  public static Bytes copyOf(byte[] array) {
    return wrap(array.clone());
  }

  /** The UTF-8 form of {@code text}. */
  public static Bytes utf8(String text) {
    return wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes given as ints, each 0..255; meant for tests and constants. */
  public static Bytes of(int... values) {
    byte[] array = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      array[i] = (byte) values[i];
    }
    return wrap(array);
  }

  /**
   * Parses lower- or upper-case hexadecimal digits.
   *
   * @throws IllegalArgumentException when {@code hex} is not an even number of hexadecimal digits
   */
  public static Bytes fromHex(String hex) {
    return wrap(HexFormat.of().parseHex(hex));
  }

  /** Number of bytes. */
  public int length() {
    return array.length;
  }

  /** Whether there are no bytes. */
  public boolean isEmpty() {
    return array.length == 0;
  }

  /** The byte at {@code index} as 0..255. */
  public int at(int index) {
    return array[index] & 0xff;
  }

  /** A copy of the content. */
  public byte[] toArray() {
    return array.clone();
  }

  /** The content itself, not a copy; it must not be changed. For hand-over to native calls. */
  public byte[] unsafeArray() {
    return array;
  }

  /** The bytes from {@code from} (inclusive) to {@code to} (exclusive). */
  public Bytes slice(int from, int to) {
    return from == 0 && to == array.length ? this : wrap(Arrays.copyOfRange(array, from, to));
  }

  /** The bytes from {@code from} (inclusive) to the end. */
  public Bytes slice(int from) {
    return slice(from, array.length);
  }

  /** This followed by {@code tail}. */
  public Bytes concat(Bytes tail) {
    byte[] joined = Arrays.copyOf(array, array.length + tail.array.length);
    System.arraycopy(tail.array, 0, joined, array.length, tail.array.length);
    return wrap(joined);
  }

  /** Whether this begins with {@code prefix}. */
  public boolean startsWith(Bytes prefix) {
    return array.length >= prefix.array.length
        && Arrays.equals(array, 0, prefix.array.length, prefix.array, 0, prefix.array.length);
  }

  /** Decodes as UTF-8; malformed input becomes U+FFFD. For messages, never for keys. */
  public String toUtf8() {
    return new String(array, StandardCharsets.UTF_8);
  }

  /** Lower-case hexadecimal digits. */
  public String toHex() {
    return HexFormat.of().formatHex(array);
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(array, other.array);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes && Arrays.equals(array, ((Bytes) other).array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  /** Hexadecimal, cut after 32 bytes. */
  @Override
  public String toString() {
    return array.length <= 32 ? toHex() : slice(0, 32).toHex() + "..(" + array.length + " bytes)";
  }
}
