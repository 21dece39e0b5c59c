package io.raftwood.raft;

import io.raftwood.storage.StorageException;
import io.raftwood.storage.StorageSnapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * The state hashes that one replica took at its last barriers. A barrier's snapshot is taken on the
 * apply thread and hashed in the background. Thread-safe.
 */
public final class BarrierHashes {
  /** Barriers remembered; older ones are asked for again with a new barrier. */
  private static final int REMEMBERED = 8;

  private final Executor background;
  private final Consumer<RuntimeException> failed;
  private final Map<Long, CompletableFuture<StateHash>> byBarrier = new LinkedHashMap<>();

  /** Hashes run on {@code background}. */
  public BarrierHashes(Executor background) {
    this(background, failure -> {});
  }

  /** The same; {@code failed} is told why a state cannot be read. */
  public BarrierHashes(Executor background, Consumer<RuntimeException> failed) {
    this.background = background;
    this.failed = failed;
  }

  /** Takes over {@code snapshot}, hashes it and closes it. */
  public void take(long barrier, StorageSnapshot snapshot) {
    CompletableFuture<StateHash> hash = hash(snapshot);
    synchronized (byBarrier) {
      byBarrier.put(barrier, hash);
      if (byBarrier.size() > REMEMBERED) {
        byBarrier.remove(byBarrier.keySet().iterator().next());
      }
    }
  }

  /** A replica that is being stopped has no background any more; that must not be a fault. */
  private CompletableFuture<StateHash> hash(StorageSnapshot snapshot) {
    try {
      return CompletableFuture.supplyAsync(
          () -> {
            try (snapshot) {
              return StateHash.of(snapshot);
            } catch (StorageException e) {
              failed.accept(e);
              throw e;
            }
          },
          background);
    } catch (RejectedExecutionException e) {
      snapshot.close();
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * The hash taken at {@code barrier}: under way or done; absent if this replica has not applied
   * the barrier yet, skipped it by a snapshot, restarted since, or forgot it.
   */
  public Optional<CompletableFuture<StateHash>> find(long barrier) {
    synchronized (byBarrier) {
      return Optional.ofNullable(byBarrier.get(barrier));
    }
  }
}
