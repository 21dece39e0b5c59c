package io.raftwood.tree.structure;

import io.raftwood.bytes.Bytes;
import io.raftwood.storage.StorageException;
import io.raftwood.storage.StorageView;
import io.raftwood.tree.model.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** One live node, as the low-level calls show it, at one moment. Not thread-safe. */
public final class NodeView {
  private final NodeReader reader;
  private final TreeRecord record;
  private final NodeId id;
  private final NodeRow row;

  private NodeView(NodeReader reader, TreeRecord record, NodeId id, NodeRow row) {
    this.reader = reader;
    this.record = record;
    this.id = id;
    this.row = row;
  }

  /** The node of that id; absent if it never existed, died in a merge or its tree was dropped. */
  public static Optional<NodeView> find(StorageView view, NodeId id) {
    // The tree's row first: the nodes of a dropped tree are there until they are purged.
    Optional<TreeRecord> record = TreeCatalog.findRecord(view, id.tree());
    if (record.isEmpty()) {
      return Optional.empty();
    }
    NodeReader reader = new NodeReader(view, id.tree());
    return reader.find(id.node()).map(row -> new NodeView(reader, record.get(), id, row));
  }

  /** Whether a node of that id lives. */
  public static boolean lives(StorageView view, NodeId id) {
    return view.get(RowKeys.tree(id.tree())).isPresent()
        && view.get(RowKeys.node(id.tree(), id.node())).isPresent();
  }

  /** The children in key order; none for a leaf. */
  public List<NodeId> children() {
    if (row instanceof InnerRow inner) {
      return IntStream.range(0, inner.count())
          .mapToObj(i -> new NodeId(id.tree(), inner.child(i)))
          .toList();
    }
    return List.of();
  }

  /** The parent; absent for the root. */
  public Optional<NodeId> parent() {
    return place().parent;
  }

  /** A property: the system's by its meaning, a client's as it was set. */
  public Optional<Bytes> property(Bytes name) {
    switch (name.toUtf8()) {
      case "sys.tree":
        return Optional.of(record.id().name());
      case "sys.level":
        return Optional.of(Bytes.utf8(Integer.toString(row.level())));
      case "sys.count":
        return Optional.of(Bytes.utf8(Integer.toString(row.count())));
      case "sys.low":
        return Optional.of(row.low());
      case "sys.high":
        return place().high;
      default:
        return NodeProperties.find(reader.view(), id, name);
    }
  }

  /**
   * Where a node hangs.
   *
   * @param parent absent for the root
   * @param high the first key beyond its range; absent = no upper bound
   */
  private record Place(Optional<NodeId> parent, Optional<Bytes> high) {}

  /** Parents are not stored: descends with the node's lower bound until it is met. */
  private Place place() {
    if (id.node() == TreeRecord.ROOT) {
      return new Place(Optional.empty(), Optional.empty());
    }
    Optional<Bytes> high = Optional.empty();
    for (Descent.Step step : reader.descend(row.low()).steps()) {
      high = step.high().isPresent() ? step.high() : high;
      if (step.child() == id.node()) {
        return new Place(Optional.of(new NodeId(id.tree(), step.node())), high);
      }
    }
    throw new StorageException("node " + id + " hangs on no other");
  }
}
