package io.raftwood.tree.structure;

import io.raftwood.bytes.Bytes;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageException;
import io.raftwood.tree.model.Fanout;
import io.raftwood.tree.model.NodeId;

/**
 * Changes the nodes of one tree within one batch, and counts. The counts are written by {@link
 * #save}. Not thread-safe.
 */
final class NodeWriter {
  private final StorageBatch batch;
  private final long tree;
  private final NodeReader reader;
  private final TreeRecord stored;
  private final StructureObserver observer;
  private long nextNode;
  private int rootLevel;
  private long entries;
  private long nodes;
  private long structure;

  NodeWriter(StorageBatch batch, long tree, StructureObserver observer) {
    this.batch = batch;
    this.tree = tree;
    this.observer = observer;
    reader = new NodeReader(batch, tree);
    stored = TreeCatalog.record(batch, tree);
    TreeCounters counters = stored.counters();
    nextNode = counters.nextNode();
    rootLevel = counters.rootLevel();
    entries = counters.entries();
    nodes = counters.nodes();
    structure = counters.structure();
  }

  NodeReader reader() {
    return reader;
  }

  Fanout fanout() {
    return stored.fanout();
  }

  void put(long node, NodeRow row) {
    if (row.level() > 0) {
      structure++;
    }
    batch.put(RowKeys.node(tree, node), row.encode());
  }

  /** Writes the root, which is where its level shows. */
  void putRoot(NodeRow row) {
    // A leaf that takes the place of an inner node changes these as well.
    structure++;
    rootLevel = row.level();
    put(TreeRecord.ROOT, row);
  }

  /** A number for a new node. */
  long allocate() {
    nodes++;
    return nextNode++;
  }

  /** Removes a node for ever. Its properties cannot be reached any more and go later. */
  void kill(long node) {
    nodes--;
    batch.delete(RowKeys.node(tree, node));
    NodeId id = new NodeId(tree, node);
    try (StorageCursor cursor = batch.scan(RowKeys.properties(id))) {
      if (cursor.next()) {
        TreePurge.ask(batch, id);
      }
    }
  }

  void entryAdded() {
    entries++;
  }

  void entryRemoved() {
    entries--;
  }

  void splitHappened(int level) {
    observer.split(level);
  }

  void mergeHappened(int level) {
    observer.merged(level);
  }

  /** The key that has {@code count} others between it and {@code low} (inclusive). */
  Bytes keyBehind(Bytes low, int count) {
    try (StorageCursor cursor = batch.scan(RowKeys.entriesFrom(tree, low))) {
      for (int passed = 0; cursor.next(); passed++) {
        if (passed == count) {
          return RowKeys.keyOf(cursor.key());
        }
      }
    }
    throw new StorageException("tree " + tree + " has fewer entries than its leaves say");
  }

  /** Writes the counts if they have changed. */
  void save() {
    TreeCounters counters = new TreeCounters(nextNode, rootLevel, entries, nodes, structure);
    if (structure != stored.counters().structure()) {
      batch.put(RowKeys.name(stored.id().name()), new TreePlace(tree, structure).encode());
    }
    if (!counters.equals(stored.counters())) {
      TreeRecord record = new TreeRecord(stored.id(), stored.fanout(), stored.created(), counters);
      batch.put(RowKeys.tree(tree), record.encode());
    }
  }
}
