package io.raftwood.storage;

import io.raftwood.bytes.Bytes;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A batch kept as a sorted overlay above a view: what every implementation of the port uses to let
 * a batch read its own writes. Not thread-safe.
 *
 * <p>Small rows are read from the view once: the commands of one log entry meet in the same ones,
 * such as a tree's root.
 */
public final class OverlayBatch implements StorageBatch {
  /** Larger rows are not kept: hundreds of commands may each read one of many mebibytes. */
  static final int KEPT_BYTES_MAX = 4096;

  private final StorageView base;
  private final NavigableMap<Bytes, Optional<Bytes>> overlay = new TreeMap<>();
  private final Map<Bytes, Optional<Bytes>> read = new HashMap<>();

  /** An empty batch above {@code base}, which must not change while the batch is in use. */
  public OverlayBatch(StorageView base) {
    this.base = base;
  }

  @Override
  public void put(Bytes key, Bytes value) {
    overlay.put(key, Optional.of(value));
  }

  @Override
  public void delete(Bytes key) {
    overlay.put(key, Optional.empty());
  }

  @Override
  public int changes() {
    return overlay.size();
  }

  /** Hands every change to one of the two consumers, in ascending key order. */
  public void forEach(BiConsumer<Bytes, Bytes> put, Consumer<Bytes> delete) {
    overlay.forEach(
        (key, value) -> {
          if (value.isPresent()) {
            put.accept(key, value.get());
          } else {
            delete.accept(key);
          }
        });
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    Optional<Bytes> changed = overlay.get(key);
    return changed != null ? changed : unchanged(key);
  }

  private Optional<Bytes> unchanged(Bytes key) {
    Optional<Bytes> kept = read.get(key);
    if (kept != null) {
      return kept;
    }
    Optional<Bytes> found = base.get(key);
    if (found.map(Bytes::length).orElse(0) <= KEPT_BYTES_MAX) {
      read.put(key, found);
    }
    return found;
  }

  @Override
  public StorageCursor scan(KeyRange range) {
    return new MergedCursor(base.scan(range), range, false);
  }

  @Override
  public StorageCursor scanBackward(KeyRange range) {
    return new MergedCursor(base.scanBackward(range), range, true);
  }

  /**
   * Merges the base's entries with the overlay's; on equal keys the overlay wins. The overlay is
   * looked up at each step and never read ahead: whether an earlier change of the batch is already
   * in the base or still in the overlay must make no difference to what a cursor shows.
   */
  private final class MergedCursor implements StorageCursor {
    private final StorageCursor base;
    private final KeyRange range;
    private final boolean backward;
    private boolean started;
    private boolean baseValid;
    private Bytes key = Bytes.EMPTY;
    private Bytes value = Bytes.EMPTY;

    MergedCursor(StorageCursor base, KeyRange range, boolean backward) {
      this.base = base;
      this.range = range;
      this.backward = backward;
    }

    @Override
    public boolean next() {
      Optional<Map.Entry<Bytes, Optional<Bytes>>> change = started ? changeBehind(key) : first();
      if (!started) {
        // Not in the constructor: the caller could not close a cursor that it did not get.
        started = true;
        baseValid = base.next();
      }
      while (baseValid || change.isPresent()) {
        if (take(change)) {
          return true;
        }
        change = changeBehind(key);
      }
      return false;
    }

    /** Consumes the nearer head; {@code false} if that was a deletion. */
    private boolean take(Optional<Map.Entry<Bytes, Optional<Bytes>>> change) {
      int order = compareHeads(change);
      if (order < 0) {
        key = base.key();
        value = base.value();
        baseValid = base.next();
        return true;
      }
      Map.Entry<Bytes, Optional<Bytes>> head = change.orElseThrow();
      if (order == 0) {
        baseValid = base.next();
      }
      key = head.getKey();
      value = head.getValue().orElse(Bytes.EMPTY);
      return head.getValue().isPresent();
    }

    private int compareHeads(Optional<Map.Entry<Bytes, Optional<Bytes>>> change) {
      if (change.isEmpty()) {
        return -1;
      }
      if (!baseValid) {
        return 1;
      }
      int order = base.key().compareTo(change.get().getKey());
      return backward ? -order : order;
    }

    private Optional<Map.Entry<Bytes, Optional<Bytes>>> first() {
      if (range.isEmpty()) {
        return Optional.empty();
      }
      if (!backward) {
        return inRange(overlay.ceilingEntry(range.from()));
      }
      return inRange(
          range.to().isPresent() ? overlay.lowerEntry(range.to().get()) : overlay.lastEntry());
    }

    private Optional<Map.Entry<Bytes, Optional<Bytes>>> changeBehind(Bytes last) {
      return inRange(backward ? overlay.lowerEntry(last) : overlay.higherEntry(last));
    }

    private Optional<Map.Entry<Bytes, Optional<Bytes>>> inRange(
        Map.Entry<Bytes, Optional<Bytes>> entry) {
      return Optional.ofNullable(entry).filter(found -> range.contains(found.getKey()));
    }

    @Override
    public Bytes key() {
      return key;
    }

    @Override
    public Bytes value() {
      return value;
    }

    @Override
    public void close() {
      base.close();
    }
  }
}
