package io.raftwood.tree.structure;

import io.raftwood.bytes.Bytes;
import io.raftwood.storage.Keyspace;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageView;
import io.raftwood.tree.model.Fanout;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeId;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads every row of key space 7 and demands that together they are sound trees: invariants 1 to 5
 * and 8 of the contract's section 6.7, from inside, and that no row is there without a reason.
 */
public final class RowChecker {
  private final NavigableMap<Bytes, Bytes> rows = new TreeMap<>();
  private final Map<TreeId, Structure> trees = new TreeMap<>();
  private final Set<Bytes> explained = new HashSet<>();

  private RowChecker() {}

  /**
   * A sound tree.
   *
   * @param number the tree's number
   * @param height 1 for a root leaf
   * @param nodes all node numbers
   * @param leaves lower bound to number
   * @param keys number of entries
   * @param nextNode no node has this number or a larger one
   */
  public record Structure(
      long number,
      int height,
      Set<Long> nodes,
      NavigableMap<Bytes, Long> leaves,
      long keys,
      long nextNode) {
    /** The leaf whose range holds {@code key}. */
    public NodeId leafOf(Bytes key) {
      return new NodeId(number, leaves.floorEntry(key).getValue());
    }
  }

  /** All trees of {@code view}; fails if there is anything wrong with one. */
  public static Map<TreeId, Structure> check(StorageView view) {
    RowChecker checker = new RowChecker();
    try (StorageCursor cursor = view.scan(Keyspace.TREE.range())) {
      while (cursor.next()) {
        checker.rows.put(cursor.key(), cursor.value());
      }
    }
    checker.checkTrees();
    checker.checkLeftovers();
    return checker.trees;
  }

  private void checkTrees() {
    Bytes from = RowKeys.names().from();
    for (Bytes key : rows.subMap(from, RowKeys.names().to().orElseThrow()).keySet()) {
      TreePlace place = TreePlace.decode(rows.get(key));
      TreeId id = new TreeId(RowKeys.nameOf(key));
      explained.add(key);
      trees.put(id, new Walk(this, place.tree()).check(id, place.structure()));
    }
  }

  private static long numberAt(Bytes bytes, int offset) {
    return ByteBuffer.wrap(bytes.unsafeArray()).getLong(offset);
  }

  /** What no living tree explains must be a counter, or wait for its purge. */
  private void checkLeftovers() {
    Bytes purges = RowKeys.purges().from();
    for (Bytes key : rows.keySet()) {
      boolean counter = key.at(1) == RowKeys.sequence(0).at(1);
      if (!counter && !explained.contains(key) && !key.startsWith(purges)) {
        long tree = numberAt(key, 2);
        boolean awaited =
            rows.containsKey(RowKeys.purge(new NodeId(tree, TreePurge.WHOLE_TREE)))
                || awaitsNode(tree, key);
        demand(awaited, "nothing explains a row");
      }
    }
  }

  private boolean awaitsNode(long tree, Bytes key) {
    if (!key.startsWith(RowKeys.properties(tree).from())) {
      return false;
    }
    long node = numberAt(key, 10);
    return rows.containsKey(RowKeys.purge(new NodeId(tree, node)));
  }

  private static void demand(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError(what);
    }
  }

  /** The walk through one tree. */
  private static final class Walk {
    private final RowChecker checker;
    private final long tree;
    private final Set<Long> nodes = new TreeSet<>();
    private final NavigableMap<Bytes, Long> leaves = new TreeMap<>();
    private Fanout fanout = Fanout.DEFAULT;
    private long keys;

    Walk(RowChecker checker, long tree) {
      this.checker = checker;
      this.tree = tree;
    }

    Structure check(TreeId id, long structure) {
      Bytes treeKey = RowKeys.tree(tree);
      demand(checker.rows.containsKey(treeKey), "a name without a tree");
      checker.explained.add(treeKey);
      TreeRecord record = TreeRecord.decode(checker.rows.get(treeKey));
      TreeCounters counters = record.counters();
      fanout = record.fanout();
      demand(record.id().equals(id), "the tree has another name");
      demand(counters.structure() == structure, "name and tree say different structures");
      visit(TreeRecord.ROOT, counters.rootLevel(), Bytes.EMPTY, Optional.empty());
      demand(counters.nodes() == nodes.size(), "the count of nodes");
      demand(counters.entries() == keys, "the count of entries");
      demand(nodes.stream().allMatch(node -> node < counters.nextNode()), "a number to come");
      checkHeight(counters.rootLevel() + 1);
      explainProperties();
      return new Structure(
          tree, counters.rootLevel() + 1, nodes, leaves, keys, counters.nextNode());
    }

    private void visit(long node, int level, Bytes low, Optional<Bytes> high) {
      demand(nodes.add(node), "a node is reached twice");
      Bytes key = RowKeys.node(tree, node);
      Bytes stored = checker.rows.get(key);
      demand(stored != null, "a node is missing");
      checker.explained.add(key);
      NodeRow row = NodeRow.decode(stored);
      demand(row.level() == level, "the level of a node");
      demand(row.low().equals(low), "the lower bound of a node");
      demand(high.isEmpty() || low.compareTo(high.get()) < 0, "the range of a node");
      if (row instanceof InnerRow inner) {
        visitInner(node, inner, high);
      } else {
        visitLeaf(node, (LeafRow) row, high);
      }
    }

    private void visitInner(long node, InnerRow inner, Optional<Bytes> high) {
      int min = node == TreeRecord.ROOT ? 2 : fanout.innerMin();
      demand(
          inner.count() >= min && inner.count() <= fanout.innerMax(), "the size of an inner node");
      for (int i = 0; i < inner.count(); i++) {
        boolean last = i + 1 == inner.count();
        Optional<Bytes> next = last ? high : Optional.of(inner.separator(i + 1));
        visit(inner.child(i), inner.level() - 1, inner.separator(i), next);
      }
    }

    private void visitLeaf(long node, LeafRow leaf, Optional<Bytes> high) {
      int min = node == TreeRecord.ROOT ? 0 : fanout.leafMin();
      demand(leaf.count() >= min && leaf.count() <= fanout.leafMax(), "the size of a leaf");
      leaves.put(leaf.low(), node);
      Bytes from = RowKeys.entry(tree, leaf.low());
      Bytes to =
          high.isPresent()
              ? RowKeys.entry(tree, high.get())
              : RowKeys.entries(tree).to().orElseThrow();
      Set<Bytes> held = checker.rows.subMap(from, to).keySet();
      int count = 0;
      for (Bytes key : held) {
        checker.explained.add(key);
        count++;
      }
      demand(count == leaf.count(), "the count of a leaf");
      keys += count;
    }

    private void checkHeight(int height) {
      if (height >= 2) {
        double least = 2 * Math.pow(fanout.innerMin(), height - 2) * fanout.leafMin();
        demand(keys >= least, "the height for so few entries");
      }
    }

    private void explainProperties() {
      Bytes from = RowKeys.properties(tree).from();
      Bytes to = RowKeys.properties(tree).to().orElseThrow();
      for (Bytes key : checker.rows.subMap(from, to).keySet()) {
        if (nodes.contains(numberAt(key, 10))) {
          checker.explained.add(key);
        }
      }
    }
  }
}
