package io.raftwood.kv;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.Query;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import io.raftwood.raft.Slot;
import io.raftwood.raft.Transit;
import java.util.concurrent.CompletableFuture;

/** The record store over replicated groups: encodes, sends by slot, decodes. */
public final class ReplicatedKvStore implements KvStore {
  private static final KvCommand.Handler<Integer> COMMAND_SLOT = new CommandSlot();
  private static final KvQuery.Handler<Integer> QUERY_SLOT = new QuerySlot();

  private final Transit transit;

  /** A store that reaches groups through {@code transit}. */
  public ReplicatedKvStore(Transit transit) {
    this.transit = transit;
  }

  @Override
  public CompletableFuture<Replicated<KvResult>> execute(
      KvCommand command, RequestOptions options) {
    return transit
        .write(
            command.dispatch(COMMAND_SLOT),
            KvCommand.FAMILY,
            KvCommandCodec.encode(command),
            options)
        .thenApply(ReplicatedKvStore::decode);
  }

  @Override
  public CompletableFuture<Replicated<KvResult>> query(KvQuery query, RequestOptions options) {
    return transit
        .read(
            query.dispatch(QUERY_SLOT),
            new Query(KvCommand.FAMILY, KvQueryCodec.encode(query)),
            options)
        .thenApply(ReplicatedKvStore::decode);
  }

  static Replicated<KvResult> decode(Replicated<Bytes> answer) {
    return new Replicated<>(
        KvResultCodec.decode(answer.value()), answer.appliedIndex(), answer.stale());
  }

  /** The slot that routes a command (contract 3.2). */
  private static final class CommandSlot implements KvCommand.Handler<Integer> {
    @Override
    public Integer put(KvCommand.Put command) {
      return command.id().slot();
    }

    @Override
    public Integer setScore(KvCommand.SetScore command) {
      return command.id().slot();
    }

    @Override
    public Integer increment(KvCommand.Increment command) {
      return command.id().slot();
    }

    @Override
    public Integer delete(KvCommand.Delete command) {
      return command.id().slot();
    }

    /** Proposed by each group's leader for its own group, never routed. */
    @Override
    public Integer purgeExpired(KvCommand.PurgeExpired command) {
      throw new IllegalArgumentException("a purge is not routed");
    }
  }

  /** The slot that routes a query; those asked of a group have none. */
  private static final class QuerySlot implements KvQuery.Handler<Integer> {
    @Override
    public Integer get(KvQuery.Get query) {
      return query.id().slot();
    }

    @Override
    public Integer exist(KvQuery.Exist query) {
      return query.id().slot();
    }

    /** Asked of one replica, see {@link CompareStore}. */
    @Override
    public Integer observe(KvQuery.Observe query) {
      throw askedOfGroup(query);
    }

    @Override
    public Integer rangeByRank(KvQuery.RangeByRank query) {
      return Slot.of(query.table());
    }

    @Override
    public Integer rangeByScore(KvQuery.RangeByScore query) {
      return Slot.of(query.table());
    }

    @Override
    public Integer listRecords(KvQuery.ListRecords query) {
      throw askedOfGroup(query);
    }

    @Override
    public Integer listTable(KvQuery.ListTable query) {
      throw askedOfGroup(query);
    }

    @Override
    public Integer scan(KvQuery.Scan query) {
      throw askedOfGroup(query);
    }

    @Override
    public Integer countAll(KvQuery.CountAll query) {
      throw askedOfGroup(query);
    }

    @Override
    public Integer countTable(KvQuery.CountTable query) {
      throw askedOfGroup(query);
    }

    @Override
    public Integer countTables(KvQuery.CountTables query) {
      throw askedOfGroup(query);
    }

    private static IllegalArgumentException askedOfGroup(KvQuery query) {
      return new IllegalArgumentException("asked of a group, see KvGroups: " + query);
    }
  }
}
