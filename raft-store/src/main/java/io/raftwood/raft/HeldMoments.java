package io.raftwood.raft;

import io.raftwood.bytes.Bytes;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Moments of a tablet that readers hold for longer than a call. The tablet can be closed only when
 * none is left, so they can be taken back. Thread-safe.
 */
final class HeldMoments {
  private final Set<Held> open = ConcurrentHashMap.newKeySet();

  /** Holds {@code moment} until it is closed, or all are released. */
  StorageSnapshot hold(StorageSnapshot moment) {
    Held held = new Held(moment);
    open.add(held);
    return held;
  }

  /** Closes all that are held now; waits for reads under way, not for cursors. */
  void releaseAll() {
    List.copyOf(open).forEach(Held::close);
  }

  private final class Held implements StorageSnapshot {
    private final StorageSnapshot moment;
    private final AtomicBoolean released = new AtomicBoolean();

    Held(StorageSnapshot moment) {
      this.moment = moment;
    }

    @Override
    public Optional<Bytes> get(Bytes key) {
      return present().get(key);
    }

    @Override
    public StorageCursor scan(KeyRange range) {
      return present().scan(range);
    }

    @Override
    public StorageCursor scanBackward(KeyRange range) {
      return present().scanBackward(range);
    }

    private StorageSnapshot present() {
      if (released.get()) {
        throw new IllegalStateException("the moment was taken back");
      }
      return moment;
    }

    @Override
    public void close() {
      if (released.compareAndSet(false, true)) {
        open.remove(this);
        moment.close();
      }
    }
  }
}
