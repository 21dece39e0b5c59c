package io.raftwood.tree.structure;

import io.raftwood.bytes.Bytes;
import io.raftwood.storage.StorageBatch;
import io.raftwood.tree.model.NodeId;
import java.util.Optional;

/**
 * Changes one tree within one batch. {@link #save} must be called at the end: until then the tree's
 * own row is behind. Not thread-safe; apply thread only.
 */
public final class OrderedTree {
  private final StorageBatch batch;
  private final long tree;
  private final NodeWriter nodes;

  /** The tree of that number, which must live. */
  public OrderedTree(StorageBatch batch, long tree, StructureObserver observer) {
    this.batch = batch;
    this.tree = tree;
    nodes = new NodeWriter(batch, tree, observer);
  }

  /** What is stored under {@code key}. */
  public Optional<Bytes> value(Bytes key) {
    return batch.get(RowKeys.entry(tree, key)).map(row -> EntryRow.decode(row).value());
  }

  /**
   * Adds a key that is not there.
   *
   * @return the leaf that holds it, splits included; absent if the key was there (nothing changed)
   */
  public Optional<NodeId> insert(Bytes key, EntryRow entry) {
    Bytes rowKey = RowKeys.entry(tree, key);
    if (batch.get(rowKey).isPresent()) {
      return Optional.empty();
    }
    batch.put(rowKey, entry.encode());
    nodes.entryAdded();
    return Optional.of(new NodeId(tree, countIn(key)));
  }

  private long countIn(Bytes key) {
    Descent path = nodes.reader().descend(key);
    LeafRow before = nodes.reader().leaf(path.leaf());
    LeafRow leaf = new LeafRow(before.low(), before.count() + 1);
    if (leaf.count() > nodes.fanout().leafMax()) {
      return new NodeSplit(nodes).splitLeaf(path, leaf, key);
    }
    nodes.put(path.leaf(), leaf);
    return path.leaf();
  }

  /** Gives a key that is there another value. */
  public void replace(Bytes key, EntryRow entry) {
    batch.put(RowKeys.entry(tree, key), entry.encode());
  }

  /** Removes a key that is there. */
  public void delete(Bytes key) {
    batch.delete(RowKeys.entry(tree, key));
    nodes.entryRemoved();
    Descent path = nodes.reader().descend(key);
    LeafRow before = nodes.reader().leaf(path.leaf());
    LeafRow leaf = new LeafRow(before.low(), before.count() - 1);
    nodes.put(path.leaf(), leaf);
    if (path.leaf() != TreeRecord.ROOT && leaf.count() < nodes.fanout().leafMin()) {
      new NodeMerge(nodes).mendLeaf(path);
    }
  }

  /** Writes the tree's own row. */
  public void save() {
    nodes.save();
  }
}
