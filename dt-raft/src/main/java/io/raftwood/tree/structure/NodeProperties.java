package io.raftwood.tree.structure;

import io.raftwood.bytes.Bytes;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageView;
import io.raftwood.tree.model.NodeId;
import java.util.Optional;

/** What clients have written on nodes. Lives as long as the node id does. Pure functions. */
public final class NodeProperties {
  private NodeProperties() {}

  /** A live node's property, if it was ever set. */
  public static Optional<Bytes> find(StorageView view, NodeId node, Bytes name) {
    return view.get(RowKeys.property(node, name)).map(NodeProperties::value);
  }

  /** Sets a live node's property. */
  public static void put(StorageBatch batch, NodeId node, Bytes name, Bytes value) {
    batch.put(RowKeys.property(node, name), row(value));
  }

  static Bytes row(Bytes value) {
    return RowFormat.start(1 + value.length()).raw(value).toBytes();
  }

  static Bytes value(Bytes row) {
    return RowFormat.read("property", row, reader -> reader.rest());
  }
}
