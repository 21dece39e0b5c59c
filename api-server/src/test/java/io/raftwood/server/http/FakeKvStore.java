package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.InMemoryTablet;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvCommandCodec;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.KvQueryCodec;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.KvResultCodec;
import io.raftwood.kv.KvStore;
import io.raftwood.kv.RecordId;
import io.raftwood.kv.machine.KvMachine;
import io.raftwood.raft.ApplyContext;
import io.raftwood.raft.Position;
import io.raftwood.raft.QueryContext;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import io.raftwood.storage.StorageBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The real machine on a tablet in memory, without Raft; can be told to fail, to be late or to
 * answer stale. Thread-safe.
 */
final class FakeKvStore implements KvStore {
  private static final KvMachine MACHINE = new KvMachine();

  private final InMemoryTablet tablet = new InMemoryTablet("data-0");
  private final InMemoryTablet second = new InMemoryTablet("data-0");
  private final List<KvCommand> commands = new ArrayList<>();
  private final List<Runnable> held = new ArrayList<>();
  private Optional<RuntimeException> failure = Optional.empty();
  private RequestOptions lastOptions;
  private boolean holding;
  private boolean stale;
  private boolean direct;
  private long clockMillis = 1_700_000_000_000L;
  private long index;
  private boolean onFirst = true;
  private boolean onSecond = true;

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

  /** Replicated time goes on. */
  synchronized void passTime(long millis) {
    clockMillis += millis;
    for (InMemoryTablet replica : List.of(tablet, second)) {
      StorageBatch batch = replica.newBatch();
      new Position(index, 1, index, clockMillis).write(batch);
      replica.commit(batch);
    }
  }

  /** From now on writes happen on one of the two replicas only, as they must never. */
  synchronized void onlyOn(int replica) {
    onFirst = replica == 0;
    onSecond = replica == 1;
  }

  /** From now on writes happen on both replicas again. */
  synchronized void onBoth() {
    onFirst = true;
    onSecond = true;
  }

  /** Answers from the second replica. */
  synchronized CompletableFuture<Replicated<KvResult>> queryOfSecond(
      KvQuery query, RequestOptions options) {
    return complete(options, () -> answer(second, query), true);
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

  /** Puts a key in place, by as many writes as its version says. */
  synchronized void record(Bytes key, Bytes value, long version) {
    for (long written = 0; written < version; written++) {
      apply(new KvCommand.Put(RecordId.key(key), value, 0, 0));
    }
    commands.clear();
  }

  /** Number of keys. */
  synchronized long size() {
    return ((KvResult.Totals) answer(new KvQuery.CountAll())).keys().count();
  }

  /** The value of a key. */
  synchronized Optional<Bytes> value(Bytes key) {
    KvResult found = answer(new KvQuery.Get(RecordId.key(key)));
    return found instanceof KvResult.Found
        ? Optional.of(((KvResult.Found) found).value())
        : Optional.empty();
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
    Optional<KvResult> other = apply(second, command, onSecond);
    return apply(tablet, command, onFirst).or(() -> other).orElseThrow();
  }

  private Optional<KvResult> apply(InMemoryTablet replica, KvCommand command, boolean really) {
    StorageBatch batch = replica.newBatch();
    Optional<KvResult> result = Optional.empty();
    if (really) {
      ApplyContext context = new ApplyContext(batch, index, clockMillis);
      Bytes encoded = MACHINE.apply(context, KvCommandCodec.encode(command));
      result = Optional.of(KvResultCodec.decode(encoded));
    }
    new Position(index, 1, index, clockMillis).write(batch);
    replica.commit(batch);
    return result;
  }

  private KvResult answer(KvQuery query) {
    return answer(tablet, query);
  }

  private KvResult answer(InMemoryTablet replica, KvQuery query) {
    QueryContext context = new QueryContext(replica, clockMillis);
    return KvResultCodec.decode(MACHINE.query(context, KvQueryCodec.encode(query)));
  }
}
