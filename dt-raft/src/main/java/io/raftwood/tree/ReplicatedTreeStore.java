package io.raftwood.tree;

import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.raft.Query;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import io.raftwood.raft.Slot;
import io.raftwood.raft.Transit;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.model.TreeQuery;
import io.raftwood.tree.model.TreeResult;
import java.util.concurrent.CompletableFuture;

/** The trees over replicated groups: encodes, sends by slot, decodes. */
public final class ReplicatedTreeStore implements TreeStore {
  private static final TreeCommand.Handler<Integer> COMMAND_SLOT = new CommandSlot();
  private static final TreeQuery.Handler<Integer> QUERY_SLOT = new QuerySlot();

  private final Transit transit;

  /** A store that reaches groups through {@code transit}. */
  public ReplicatedTreeStore(Transit transit) {
    this.transit = transit;
  }

  @Override
  public CompletableFuture<Replicated<TreeResult>> execute(
      TreeCommand command, RequestOptions options) {
    int slot = command.dispatch(COMMAND_SLOT);
    return transit
        .write(slot, TreeMachine.FAMILY, TreeCommandCodec.encode(command), options)
        .thenApply(ReplicatedTreeStore::decode);
  }

  @Override
  public CompletableFuture<Replicated<TreeResult>> query(TreeQuery query, RequestOptions options) {
    return read(query.dispatch(QUERY_SLOT), query, options);
  }

  @Override
  public CompletableFuture<Replicated<TreeResult.Trees>> list(
      int slot, TreeQuery.ListTrees query, RequestOptions options) {
    return read(slot, query, options).thenApply(ReplicatedTreeStore::trees);
  }

  private CompletableFuture<Replicated<TreeResult>> read(
      int slot, TreeQuery query, RequestOptions options) {
    return transit
        .read(slot, new Query(TreeMachine.FAMILY, TreeQueryCodec.encode(query)), options)
        .thenApply(ReplicatedTreeStore::decode);
  }

  private static Replicated<TreeResult> decode(Replicated<Bytes> answer) {
    return new Replicated<>(
        TreeResultCodec.decode(answer.value()), answer.appliedIndex(), answer.stale());
  }

  private static Replicated<TreeResult.Trees> trees(Replicated<TreeResult> answer) {
    if (answer.value() instanceof TreeResult.Trees trees) {
      return new Replicated<>(trees, answer.appliedIndex(), answer.stale());
    }
    throw new MalformedBytesException("a listing was answered with " + answer.value());
  }

  private static int slotOf(TreeId tree) {
    return Slot.of(tree.name());
  }

  private static final class CommandSlot implements TreeCommand.Handler<Integer> {
    @Override
    public Integer create(TreeCommand.Create command) {
      return slotOf(command.tree());
    }

    @Override
    public Integer drop(TreeCommand.Drop command) {
      return slotOf(command.tree());
    }

    @Override
    public Integer insert(TreeCommand.Insert command) {
      return slotOf(command.tree());
    }

    @Override
    public Integer delete(TreeCommand.Delete command) {
      return slotOf(command.tree());
    }

    @Override
    public Integer setCas(TreeCommand.SetCas command) {
      return slotOf(command.tree());
    }

    @Override
    public Integer casMetaProp(TreeCommand.CasMetaProp command) {
      return command.node().slot();
    }

    @Override
    public Integer load(TreeCommand.Load command) {
      return slotOf(command.tree());
    }

    /** Proposed by each group's leader for its own group, never routed. */
    @Override
    public Integer purge(TreeCommand.Purge command) {
      throw new IllegalArgumentException("a purge is not routed");
    }
  }

  private static final class QuerySlot implements TreeQuery.Handler<Integer> {
    @Override
    public Integer get(TreeQuery.Get query) {
      return slotOf(query.tree());
    }

    @Override
    public Integer seek(TreeQuery.Seek query) {
      return slotOf(query.tree());
    }

    @Override
    public Integer range(TreeQuery.Range query) {
      return slotOf(query.tree());
    }

    @Override
    public Integer getInfo(TreeQuery.GetInfo query) {
      return slotOf(query.tree());
    }

    @Override
    public Integer listTrees(TreeQuery.ListTrees query) {
      throw new IllegalArgumentException("a listing belongs to no slot");
    }

    @Override
    public Integer getRoot(TreeQuery.GetRoot query) {
      return slotOf(query.tree());
    }

    @Override
    public Integer getDownNodes(TreeQuery.GetDownNodes query) {
      return query.node().slot();
    }

    @Override
    public Integer getUpNode(TreeQuery.GetUpNode query) {
      return query.node().slot();
    }

    @Override
    public Integer getMetaProp(TreeQuery.GetMetaProp query) {
      return query.node().slot();
    }
  }
}
