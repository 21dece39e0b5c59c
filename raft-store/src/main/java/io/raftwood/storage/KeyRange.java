package io.raftwood.storage;

import io.raftwood.bytes.Bytes;
import java.util.Optional;

/**
 * A range of keys.
 *
 * @param from the first key of the range (inclusive); empty = from the beginning
 * @param to the first key behind the range (exclusive); absent = to the end
 */
public record KeyRange(Bytes from, Optional<Bytes> to) {
  /** All keys. */
  public static final KeyRange ALL = new KeyRange(Bytes.EMPTY, Optional.empty());

  /** From {@code from} (inclusive) to {@code to} (exclusive). */
  public static KeyRange of(Bytes from, Bytes to) {
    return new KeyRange(from, Optional.of(to));
  }

  /** All keys that begin with {@code prefix}. */
  public static KeyRange prefix(Bytes prefix) {
    return new KeyRange(prefix, successorOfPrefix(prefix));
  }

  /** Whether no key can lie in the range, because it ends where it begins or before. */
  public boolean isEmpty() {
    return to.isPresent() && to.get().compareTo(from) <= 0;
  }

  /** Whether {@code key} lies in the range. */
  public boolean contains(Bytes key) {
    return key.compareTo(from) >= 0 && (to.isEmpty() || key.compareTo(to.get()) < 0);
  }

  private static Optional<Bytes> successorOfPrefix(Bytes prefix) {
    byte[] bytes = prefix.toArray();
    for (int last = bytes.length - 1; last >= 0; last--) {
      if (bytes[last] != (byte) 0xff) {
        bytes[last]++;
        return Optional.of(Bytes.wrap(bytes).slice(0, last + 1));
      }
    }
    return Optional.empty();
  }
}
