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
  private static final KvCommand.Handler<Bytes> COMMAND_KEY = new CommandKey();
  private static final KvQuery.Handler<Bytes> QUERY_KEY = new QueryKey();

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
            Slot.of(command.dispatch(COMMAND_KEY)),
            KvMachine.FAMILY,
            KvCommandCodec.encode(command),
            options)
        .thenApply(ReplicatedKvStore::decode);
  }

  @Override
  public CompletableFuture<Replicated<KvResult>> query(KvQuery query, RequestOptions options) {
    return transit
        .read(
            Slot.of(query.dispatch(QUERY_KEY)),
            new Query(KvMachine.FAMILY, KvQueryCodec.encode(query)),
            options)
        .thenApply(ReplicatedKvStore::decode);
  }

  private static Replicated<KvResult> decode(Replicated<Bytes> answer) {
    return new Replicated<>(
        KvResultCodec.decode(answer.value()), answer.appliedIndex(), answer.stale());
  }

  /** The text whose hash routes a command (contract 3.2). */
  private static final class CommandKey implements KvCommand.Handler<Bytes> {
    @Override
    public Bytes put(KvCommand.Put command) {
      return command.key();
    }

    @Override
    public Bytes delete(KvCommand.Delete command) {
      return command.key();
    }

    /** Proposed by each group's leader for its own group, never routed. */
    @Override
    public Bytes purgeExpired(KvCommand.PurgeExpired command) {
      throw new IllegalArgumentException("a purge is not routed");
    }
  }

  /** The text whose hash routes a query. */
  private static final class QueryKey implements KvQuery.Handler<Bytes> {
    @Override
    public Bytes get(KvQuery.Get query) {
      return query.key();
    }

    @Override
    public Bytes exist(KvQuery.Exist query) {
      return query.key();
    }
  }
}
