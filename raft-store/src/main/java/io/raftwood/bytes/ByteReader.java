package io.raftwood.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link ByteWriter} wrote. Total: every malformed input ends in {@link
 * MalformedBytesException}, never in an index error or an unbounded allocation. Not thread-safe.
 */
public final class ByteReader {
  private final byte[] array;
  private int position;

  /** Reads {@code bytes} from the beginning. */
  public ByteReader(Bytes bytes) {
    array = bytes.unsafeArray();
  }

  /** Number of bytes not read yet. */
  public int remaining() {
    return array.length - position;
  }

  /** Reads 0..255. */
  public int u8() {
    need(1);
    return array[position++] & 0xff;
  }

  /** Reads 0..65535, big-endian. */
  public int u16() {
    return u8() << 8 | u8();
  }

  /** Reads 32 bits, big-endian. */
  public int u32() {
    return u16() << 16 | u16();
  }

  /** Reads 64 bits, big-endian. */
  public long u64() {
    return (long) u32() << 32 | (u32() & 0xffffffffL);
  }

  /** Reads an unsigned LEB128 varint of at most 10 bytes. */
  public long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = u8();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new MalformedBytesException("varint longer than 10 bytes");
  }

  /** Reads a varint that counts something, 0..{@code max}. */
  public int count(int max) {
    long value = varint();
    if (value < 0 || value > max) {
      throw new MalformedBytesException("count " + value + " is not within 0.." + max);
    }
    return (int) value;
  }

  /** Reads exactly {@code count} bytes. */
  public Bytes raw(int count) {
    need(count);
    Bytes bytes = Bytes.wrap(Arrays.copyOfRange(array, position, position + count));
    position += count;
    return bytes;
  }

  /** Reads a varint length, then that many bytes. */
  public Bytes sized() {
    return raw(count(remaining()));
  }

  /** Reads a {@link #sized} UTF-8 text; malformed UTF-8 is refused. */
  public String text() {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(sized().unsafeArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedBytesException("text is not UTF-8");
    }
  }

  /** Reads all that is left. */
  public Bytes rest() {
    return raw(remaining());
  }

  /** Demands that everything was read. */
  public void expectEnd() {
    if (remaining() != 0) {
      throw new MalformedBytesException(remaining() + " bytes too many");
    }
  }

  private void need(int count) {
    if (count < 0 || remaining() < count) {
      throw new MalformedBytesException(
          "needs " + count + " bytes at " + position + ", has " + remaining());
    }
  }
}
