package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.cache.CacheCommand;
import io.raftwood.cache.CacheCommandCodec;
import io.raftwood.cache.CacheQuery;
import io.raftwood.cache.CacheQueryCodec;
import io.raftwood.cache.CacheResult;
import io.raftwood.cache.CacheResultCodec;
import io.raftwood.cache.CacheStore;
import io.raftwood.cache.machine.CacheActivity;
import io.raftwood.cache.machine.CacheMachine;
import io.raftwood.fixtures.InMemoryTablet;
import io.raftwood.raft.ApplyContext;
import io.raftwood.raft.QueryContext;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import io.raftwood.storage.StorageBatch;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The real machine on a tablet in memory, without Raft; can be told to fail. Thread-safe. */
final class FakeCacheStore implements CacheStore {
  private final CacheMachine machine = new CacheMachine(new CacheActivity(10));
  private final InMemoryTablet tablet = new InMemoryTablet("cache-0-e1");
  private Optional<RuntimeException> failure = Optional.empty();
  private List<String> lagging = List.of();
  private long clockMillis = 1_700_000_000_000L;
  private long index;

  /** From now on every request fails with {@code exception}. */
  synchronized void failWith(RuntimeException exception) {
    failure = Optional.of(exception);
  }

  /** From now on these nodes' copies are not up to date. */
  synchronized void lag(String... nodes) {
    lagging = List.of(nodes);
  }

  /** Replicated time goes on. */
  synchronized void passTime(long millis) {
    clockMillis += millis;
  }

  /** The nodes named last. */
  synchronized List<String> lagging() {
    return lagging;
  }

  @Override
  public synchronized CompletableFuture<Replicated<CacheResult>> execute(
      CacheCommand command, RequestOptions options) {
    return answer(() -> apply(command), options);
  }

  @Override
  public synchronized CompletableFuture<Replicated<CacheResult>> query(
      CacheQuery query, RequestOptions options) {
    return answer(
        () ->
            CacheResultCodec.decode(
                machine.query(
                    new QueryContext(tablet, clockMillis), CacheQueryCodec.encode(query))),
        options);
  }

  private CacheResult apply(CacheCommand command) {
    StorageBatch batch = tablet.newBatch();
    Bytes encoded = CacheCommandCodec.encode(command);
    index++;
    Bytes result = machine.apply(new ApplyContext(batch, index, clockMillis), encoded);
    tablet.commit(batch);
    return CacheResultCodec.decode(result);
  }

  private CompletableFuture<Replicated<CacheResult>> answer(
      Supplier<CacheResult> result, RequestOptions options) {
    CompletableFuture<Replicated<CacheResult>> future = new CompletableFuture<>();
    Optional<RuntimeException> failed = failure;
    if (failed.isPresent()) {
      options.executor().execute(() -> future.completeExceptionally(failed.get()));
    } else {
      Replicated<CacheResult> answer = new Replicated<>(result.get(), index, false);
      options.executor().execute(() -> future.complete(answer));
    }
    return future;
  }
}
