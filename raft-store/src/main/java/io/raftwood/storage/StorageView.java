package io.raftwood.storage;

import io.raftwood.bytes.Bytes;
import java.util.Optional;

/** Read access to ordered byte keys. A reader cannot write, by type. */
public interface StorageView {
  /**
   * The value stored under {@code key}.
   *
   * @throws StorageException when the store cannot be read; a fault
   */
  Optional<Bytes> get(Bytes key);

  /**
   * The entries of {@code range} in ascending key order. The cursor shows one moment: that of the
   * call. It must be closed.
   */
  StorageCursor scan(KeyRange range);

  /** The entries of {@code range} in descending key order, else as {@link #scan}. */
  StorageCursor scanBackward(KeyRange range);

  /** The keys of {@code range} next to {@code point}, which may lie outside it, at one moment. */
  default Neighbours neighbours(KeyRange range, Bytes point) {
    return Neighbourhood.walk(this, range, point);
  }

  /**
   * This view at this moment, for an answer made of several reads. A view that does not change
   * while it is read (a snapshot; a batch, by its own thread) answers itself, so {@code moment}
   * must be closed before its view.
   */
  default StorageSnapshot moment() {
    return new StillView(this);
  }
}
