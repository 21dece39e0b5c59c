package io.raftwood.storage;

import io.raftwood.bytes.Bytes;
import java.util.Optional;

/** Finds neighbours with two cursors: for views that know nothing better. Pure functions. */
final class Neighbourhood {
  private Neighbourhood() {}

  static Neighbours walk(StorageView view, KeyRange range, Bytes point) {
    try (StorageSnapshot moment = view.moment();
        StorageCursor down = moment.scanBackward(below(range, point));
        StorageCursor up = moment.scan(from(range, point))) {
      Optional<Bytes> below = next(down);
      Optional<Bytes> found = next(up);
      boolean exact = found.filter(point::equals).isPresent();
      return new Neighbours(below, exact, exact ? next(up) : found);
    }
  }

  private static Optional<Bytes> next(StorageCursor cursor) {
    return cursor.next() ? Optional.of(cursor.key()) : Optional.empty();
  }

  private static KeyRange below(KeyRange range, Bytes point) {
    boolean cut = range.to().isEmpty() || point.compareTo(range.to().get()) < 0;
    return cut ? new KeyRange(range.from(), Optional.of(point)) : range;
  }

  private static KeyRange from(KeyRange range, Bytes point) {
    return point.compareTo(range.from()) > 0 ? new KeyRange(point, range.to()) : range;
  }
}
