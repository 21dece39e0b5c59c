package io.raftwood.tree.structure;

import io.raftwood.bytes.Bytes;
import io.raftwood.storage.StorageBatch;
import io.raftwood.tree.model.NodeId;
import java.util.Optional;

/**
 * Puts the items of a {@link TreeDump} back, row by row, so that numbers and structure are equal. A
 * tree can be reached once its end is put; from then on its items change nothing. Pure functions of
 * the batch.
 */
public final class TreeRestore {
  private TreeRestore() {}

  /** What became of an item. */
  public enum Outcome {
    /** It is there. */
    WRITTEN,
    /** The tree, or what the item says, is there already. */
    KEPT,
    /** Another tree has the name. */
    NAME_TAKEN
  }

  /** Puts {@code item}. */
  public static Outcome put(StorageBatch batch, TreeItem item) {
    if (item instanceof TreeItem.Sequence sequence) {
      return put(batch, sequence);
    }
    if (item instanceof TreeItem.Tree tree) {
      return put(batch, tree);
    }
    if (item instanceof TreeItem.Entry entry) {
      Bytes row = new EntryRow(entry.version(), entry.value()).encode();
      return put(batch, entry.tree(), RowKeys.entry(entry.tree(), entry.key()), row);
    }
    if (item instanceof TreeItem.Property property) {
      NodeId node = property.node();
      Bytes key = RowKeys.property(node, property.name());
      return put(batch, node.tree(), key, NodeProperties.row(property.value()));
    }
    return putNode(batch, item);
  }

  private static Outcome putNode(StorageBatch batch, TreeItem item) {
    if (item instanceof TreeItem.Leaf leaf) {
      NodeId node = leaf.node();
      Bytes row = new LeafRow(leaf.low(), leaf.count()).encode();
      return put(batch, node.tree(), RowKeys.node(node.tree(), node.node()), row);
    }
    TreeItem.Inner inner = (TreeItem.Inner) item;
    NodeId node = inner.node();
    Bytes row =
        InnerRow.of(
                inner.level(),
                inner.children().stream()
                    .map(child -> new InnerRow.Child(child.separator(), child.node()))
                    .toList())
            .encode();
    return put(batch, node.tree(), RowKeys.node(node.tree(), node.node()), row);
  }

  private static Outcome put(StorageBatch batch, long tree, Bytes key, Bytes row) {
    if (batch.get(RowKeys.tree(tree)).isPresent()) {
      return Outcome.KEPT;
    }
    batch.put(key, row);
    return Outcome.WRITTEN;
  }

  private static Outcome put(StorageBatch batch, TreeItem.Sequence sequence) {
    Bytes key = RowKeys.sequence(sequence.slot());
    Optional<Long> present = batch.get(key).map(TreeCatalog::number);
    if (present.isPresent() && present.get() >= sequence.last()) {
      return Outcome.KEPT;
    }
    batch.put(key, TreeCatalog.numberRow(sequence.last()));
    return Outcome.WRITTEN;
  }

  private static Outcome put(StorageBatch batch, TreeItem.Tree tree) {
    long number = tree.root().tree();
    if (batch.get(RowKeys.tree(number)).isPresent()) {
      return Outcome.KEPT;
    }
    if (batch.get(RowKeys.name(tree.id().name())).isPresent()) {
      return Outcome.NAME_TAKEN;
    }
    if (tree.whole()) {
      TreeRecord record = new TreeRecord(tree.id(), tree.fanout(), tree.created(), tree.counters());
      TreePlace place = new TreePlace(number, tree.counters().structure());
      batch.put(RowKeys.name(tree.id().name()), place.encode());
      batch.put(RowKeys.tree(number), record.encode());
    }
    return Outcome.WRITTEN;
  }
}
