package io.raftwood.tree.model;

import io.raftwood.bytes.Bytes;

/**
 * A key and its value.
 *
 * @param key 1..{@link TreeLimits#KEY_BYTES_MAX} bytes
 * @param value 0..{@link TreeLimits#VALUE_BYTES_MAX} bytes
 */
public record TreeEntry(Bytes key, Bytes value) {
  /** What the entry counts against limits in bytes. */
  public int bytes() {
    return key.length() + value.length();
  }
}
