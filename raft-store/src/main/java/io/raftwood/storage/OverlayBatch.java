package io.raftwood.storage;

import io.raftwood.bytes.Bytes;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A batch kept as a sorted overlay above a view: what every implementation of the port uses to let
 * a batch read its own writes. Not thread-safe.
 */
public final class OverlayBatch implements StorageBatch {
  private final StorageView base;
  private final NavigableMap<Bytes, Optional<Bytes>> overlay = new TreeMap<>();

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
    return changed != null ? changed : base.get(key);
  }

  @Override
  public StorageCursor scan(KeyRange range) {
    return new MergedCursor(base.scan(range), slice(range), 1);
  }

  @Override
  public StorageCursor scanBackward(KeyRange range) {
    return new MergedCursor(base.scanBackward(range), slice(range).descendingMap(), -1);
  }

  /** A copy, so that the batch may be changed while a cursor walks. */
  private NavigableMap<Bytes, Optional<Bytes>> slice(KeyRange range) {
    if (range.isEmpty()) {
      return new TreeMap<>();
    }
    NavigableMap<Bytes, Optional<Bytes>> tail = overlay.tailMap(range.from(), true);
    return new TreeMap<>(range.to().isPresent() ? tail.headMap(range.to().get(), false) : tail);
  }

  /** Merges the base's entries with the overlay's; on equal keys the overlay wins. */
  private static final class MergedCursor implements StorageCursor {
    private final StorageCursor base;
    private final Iterator<Map.Entry<Bytes, Optional<Bytes>>> changes;
    private final int direction;
    private boolean started;
    private boolean baseValid;
    private Optional<Map.Entry<Bytes, Optional<Bytes>>> change = Optional.empty();
    private Bytes key = Bytes.EMPTY;
    private Bytes value = Bytes.EMPTY;

    MergedCursor(StorageCursor base, NavigableMap<Bytes, Optional<Bytes>> changes, int direction) {
      this.base = base;
      this.changes = changes.entrySet().iterator();
      this.direction = direction;
    }

    @Override
    public boolean next() {
      if (!started) {
        // Not in the constructor: the caller could not close a cursor that it did not get.
        started = true;
        baseValid = base.next();
        change = nextChange();
      }
      while (baseValid || change.isPresent()) {
        if (takeOne()) {
          return true;
        }
      }
      return false;
    }

    /** Consumes the smaller head; {@code false} if that was a deletion. */
    private boolean takeOne() {
      int order = compareHeads();
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
      change = nextChange();
      key = head.getKey();
      value = head.getValue().orElse(Bytes.EMPTY);
      return head.getValue().isPresent();
    }

    private int compareHeads() {
      if (change.isEmpty()) {
        return -1;
      }
      return baseValid ? direction * base.key().compareTo(change.get().getKey()) : 1;
    }

    private Optional<Map.Entry<Bytes, Optional<Bytes>>> nextChange() {
      return changes.hasNext() ? Optional.of(changes.next()) : Optional.empty();
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
