package io.raftwood.bytes;

import java.util.Arrays;

/**
 * A growing buffer for the project's binary formats. Integers are big-endian, so that encoded keys
 * sort as their numbers do. Not thread-safe.
 */
public final class ByteWriter {
  private byte[] buffer;
  private int length;

  /** Starts with room for {@code capacity} bytes. */
  public ByteWriter(int capacity) {
    buffer = new byte[capacity];
  }

  /** Starts with room for 64 bytes. */
  public ByteWriter() {
    this(64);
  }

  /** Appends the low 8 bits of {@code value}. */
  public ByteWriter u8(int value) {
    reserve(1);
    buffer[length++] = (byte) value;
    return this;
  }

  /** Appends the low 16 bits of {@code value}, big-endian. */
  public ByteWriter u16(int value) {
    return u8(value >>> 8).u8(value);
  }

  /** Appends {@code value}, big-endian. */
  public ByteWriter u32(int value) {
    return u16(value >>> 16).u16(value);
  }

  /** Appends {@code value}, big-endian. */
  public ByteWriter u64(long value) {
    return u32((int) (value >>> 32)).u32((int) value);
  }

  /** Appends {@code value} as an unsigned LEB128 varint: 7 bits a byte, low bits first. */
  public ByteWriter varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      u8((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    return u8((int) rest);
  }

  /** Appends the bytes as they are. */
  public ByteWriter raw(Bytes bytes) {
    return raw(bytes.unsafeArray());
  }

  /** Appends the bytes as they are. */
  public ByteWriter raw(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
    return this;
  }

  /** Appends a varint length, then the bytes. */
  public ByteWriter sized(Bytes bytes) {
    return varint(bytes.length()).raw(bytes);
  }

  /** Appends the UTF-8 form of {@code text} as {@link #sized}. */
  public ByteWriter text(String text) {
    return sized(Bytes.utf8(text));
  }

  /** Number of bytes written so far. */
  public int length() {
    return length;
  }

  /** The bytes written so far; no copy is made when the capacity was guessed exactly. */
  public Bytes toBytes() {
    // A full buffer may be shared: whatever is written next moves to a larger one first.
    return Bytes.wrap(length == buffer.length ? buffer : Arrays.copyOf(buffer, length));
  }

  private void reserve(int more) {
    if (buffer.length - length < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }
}
