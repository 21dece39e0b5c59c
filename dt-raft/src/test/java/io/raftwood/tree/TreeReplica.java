package io.raftwood.tree;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.InMemoryTablet;
import io.raftwood.raft.ApplyContext;
import io.raftwood.raft.QueryContext;
import io.raftwood.storage.OverlayBatch;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageView;
import io.raftwood.storage.Tablet;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.model.TreeQuery;
import io.raftwood.tree.model.TreeResult;
import java.util.Optional;

/** A machine on a tablet, without Raft: commands and queries go through their codecs. */
final class TreeReplica {
  private final TreeMachine machine;
  private final Tablet tablet;
  private StorageBatch batch;
  private long revision;

  TreeReplica(Tablet tablet) {
    this(tablet, new TreeMachine());
  }

  TreeReplica(Tablet tablet, TreeMachine machine) {
    this.machine = machine;
    this.tablet = tablet;
    batch = tablet.newBatch();
  }

  TreeReplica() {
    this(new InMemoryTablet("g"));
  }

  TreeResult apply(TreeCommand command) {
    revision++;
    ApplyContext context = new ApplyContext(batch, revision, 0);
    return TreeResultCodec.decode(machine.apply(context, TreeCommandCodec.encode(command)));
  }

  TreeResult ask(TreeQuery query) {
    return TreeResultCodec.decode(
        machine.query(new QueryContext(batch, 0), TreeQueryCodec.encode(query)));
  }

  /** Another replica whose changes this one never sees; it must not be committed. */
  TreeReplica copy() {
    TreeReplica copy = new TreeReplica(tablet);
    copy.batch = new OverlayBatch(batch);
    copy.revision = revision;
    return copy;
  }

  /** Makes the batch's changes part of the tablet. */
  void commit() {
    tablet.commit(batch);
    batch = tablet.newBatch();
  }

  /** The state with the batch. */
  StorageView view() {
    return batch;
  }

  long revision() {
    return revision;
  }

  NodeId root(TreeId tree) {
    return ((TreeResult.Root) ask(new TreeQuery.GetRoot(tree))).node();
  }

  Optional<String> property(NodeId node, String name) {
    TreeResult result = ask(new TreeQuery.GetMetaProp(node, Bytes.utf8(name)));
    return ((TreeResult.Property) result).value().map(Bytes::toUtf8);
  }

  /** A property that may hold any bytes. */
  Optional<Bytes> bytesOf(NodeId node, String name) {
    return ((TreeResult.Property) ask(new TreeQuery.GetMetaProp(node, Bytes.utf8(name)))).value();
  }
}
