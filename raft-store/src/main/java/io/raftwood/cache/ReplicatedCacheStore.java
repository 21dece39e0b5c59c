package io.raftwood.cache;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.Query;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import io.raftwood.raft.Slot;
import io.raftwood.raft.Transit;
import java.util.concurrent.CompletableFuture;

/** The cache over replicated groups: encodes, sends by cache slot, decodes. */
public final class ReplicatedCacheStore implements CacheStore {
  private static final CacheCommand.Handler<Integer> COMMAND_SLOT = new CommandSlot();
  private static final CacheQuery.Handler<Integer> QUERY_SLOT = new QuerySlot();

  private final Transit transit;

  /** A store that reaches the cache's groups through {@code transit}, whose slots are theirs. */
  public ReplicatedCacheStore(Transit transit) {
    this.transit = transit;
  }

  @Override
  public CompletableFuture<Replicated<CacheResult>> execute(
      CacheCommand command, RequestOptions options) {
    return transit
        .write(
            command.dispatch(COMMAND_SLOT),
            CacheCommand.FAMILY,
            CacheCommandCodec.encode(command),
            options)
        .thenApply(ReplicatedCacheStore::decode);
  }

  @Override
  public CompletableFuture<Replicated<CacheResult>> query(
      CacheQuery query, RequestOptions options) {
    return transit
        .read(
            query.dispatch(QUERY_SLOT),
            new Query(CacheCommand.FAMILY, CacheQueryCodec.encode(query)),
            options)
        .thenApply(ReplicatedCacheStore::decode);
  }

  private static Replicated<CacheResult> decode(Replicated<Bytes> answer) {
    return new Replicated<>(
        CacheResultCodec.decode(answer.value()), answer.appliedIndex(), answer.stale());
  }

  /** The cache slot that routes a command: its key's or field's (contract 3.2). */
  private static final class CommandSlot implements CacheCommand.Handler<Integer> {
    @Override
    public Integer put(CacheCommand.Put command) {
      return command.id().slot();
    }

    @Override
    public Integer append(CacheCommand.Append command) {
      return Slot.of(command.key());
    }

    @Override
    public Integer delete(CacheCommand.Delete command) {
      return command.id().slot();
    }

    @Override
    public Integer expire(CacheCommand.Expire command) {
      return Slot.of(command.key());
    }

    @Override
    public Integer persist(CacheCommand.Persist command) {
      return Slot.of(command.key());
    }

    @Override
    public Integer increment(CacheCommand.Increment command) {
      return command.id().slot();
    }

    @Override
    public Integer incrementDecimal(CacheCommand.IncrementDecimal command) {
      return command.id().slot();
    }

    @Override
    public Integer setBudget(CacheCommand.SetBudget command) {
      throw ofLeaders(command);
    }

    @Override
    public Integer purge(CacheCommand.Purge command) {
      throw ofLeaders(command);
    }

    @Override
    public Integer evict(CacheCommand.Evict command) {
      throw ofLeaders(command);
    }

    /** Proposed by each group's leader for its own group, never routed. */
    private static IllegalArgumentException ofLeaders(CacheCommand command) {
      return new IllegalArgumentException("not routed: " + command);
    }
  }

  /** The cache slot that routes a query. */
  private static final class QuerySlot implements CacheQuery.Handler<Integer> {
    @Override
    public Integer get(CacheQuery.Get query) {
      return query.id().slot();
    }

    @Override
    public Integer exist(CacheQuery.Exist query) {
      return query.id().slot();
    }

    @Override
    public Integer timeLeft(CacheQuery.TimeLeft query) {
      return Slot.of(query.key());
    }

    @Override
    public Integer figures(CacheQuery.Figures query) {
      throw new IllegalArgumentException("asked of a group");
    }
  }
}
