package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.KvStore;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A store in memory that can be told to fail, to be late or to answer stale. Thread-safe. */
final class FakeKvStore implements KvStore {
  private final Map<Bytes, KvResult.Found> records = new HashMap<>();
  private final List<KvCommand> commands = new ArrayList<>();
  private final List<Runnable> held = new ArrayList<>();
  private Optional<RuntimeException> failure = Optional.empty();
  private RequestOptions lastOptions;
  private boolean holding;
  private boolean stale;
  private boolean direct;
  private long index;

  /** From now on every request fails with {@code exception}. */
  synchronized void failWith(RuntimeException exception) {
    failure = Optional.of(exception);
  }

  /** From now on requests succeed again. */
  synchronized void recover() {
    failure = Optional.empty();
    stale = false;
  }

  /** From now on reads are marked stale. */
  synchronized void answerStale() {
    stale = true;
  }

  /** From now on futures are complete when they are returned, as with a lease. */
  synchronized void completeDirectly() {
    direct = true;
  }

  /** From now on requests are held back. */
  synchronized void hold() {
    holding = true;
  }

  /** Completes what was held back, and holds no more. */
  synchronized void letGo() {
    holding = false;
    held.forEach(Runnable::run);
    held.clear();
  }

  /** How many requests are held back. */
  synchronized int heldCount() {
    return held.size();
  }

  /** Commands executed so far. */
  synchronized List<KvCommand> commands() {
    return List.copyOf(commands);
  }

  /** The options of the last request. */
  synchronized RequestOptions lastOptions() {
    return lastOptions;
  }

  /** Puts a record in place. */
  synchronized void record(Bytes key, Bytes value, long version) {
    records.put(key, new KvResult.Found(version, 1, value));
  }

  /** Number of records. */
  synchronized int size() {
    return records.size();
  }

  /** The value of a record. */
  synchronized Optional<Bytes> value(Bytes key) {
    return Optional.ofNullable(records.get(key)).map(KvResult.Found::value);
  }

  @Override
  public synchronized CompletableFuture<Replicated<KvResult>> execute(
      KvCommand command, RequestOptions options) {
    return complete(options, () -> apply(command), false);
  }

  @Override
  public synchronized CompletableFuture<Replicated<KvResult>> query(
      KvQuery query, RequestOptions options) {
    return complete(options, () -> answer(query), true);
  }

  private CompletableFuture<Replicated<KvResult>> complete(
      RequestOptions options, Supplier<KvResult> work, boolean read) {
    lastOptions = options;
    CompletableFuture<Replicated<KvResult>> future = new CompletableFuture<>();
    Runnable completion =
        () -> {
          if (failure.isPresent()) {
            future.completeExceptionally(failure.get());
          } else {
            boolean isStale = read && stale && options.consistency() == ReadConsistency.LEASE;
            future.complete(new Replicated<>(work.get(), index, isStale));
          }
        };
    if (holding) {
      held.add(() -> options.executor().execute(completion));
    } else if (direct) {
      completion.run();
    } else {
      options.executor().execute(() -> locked(completion));
    }
    return future;
  }

  private synchronized void locked(Runnable work) {
    work.run();
  }

  private KvResult apply(KvCommand command) {
    index++;
    commands.add(command);
    return command.dispatch(
        new KvCommand.Handler<KvResult>() {
          @Override
          public KvResult put(KvCommand.Put put) {
            KvResult.Found before = records.get(put.key());
            long current = before == null ? 0 : before.version();
            if (put.expectedVersion() != 0 && put.expectedVersion() != current) {
              return new KvResult.VersionMismatch(current);
            }
            records.put(put.key(), new KvResult.Found(current + 1, index, put.value()));
            return new KvResult.Stored(current + 1);
          }

          @Override
          public KvResult delete(KvCommand.Delete delete) {
            KvResult.Found before = records.get(delete.key());
            if (before == null) {
              return new KvResult.Absent();
            }
            if (delete.expectedVersion() != 0 && delete.expectedVersion() != before.version()) {
              return new KvResult.VersionMismatch(before.version());
            }
            records.remove(delete.key());
            return new KvResult.Deleted(before.version());
          }

          @Override
          public KvResult purgeExpired(KvCommand.PurgeExpired purge) {
            return new KvResult.Purged(0, false);
          }
        });
  }

  private KvResult answer(KvQuery query) {
    return query.dispatch(
        new KvQuery.Handler<KvResult>() {
          @Override
          public KvResult get(KvQuery.Get get) {
            KvResult.Found found = records.get(get.key());
            return found == null ? new KvResult.Absent() : found;
          }

          @Override
          public KvResult exist(KvQuery.Exist exist) {
            KvResult.Found found = records.get(exist.key());
            return found == null
                ? new KvResult.Absent()
                : new KvResult.Exists(found.version(), found.modRevision());
          }
        });
  }
}
