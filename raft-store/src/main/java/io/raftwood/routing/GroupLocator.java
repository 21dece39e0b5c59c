package io.raftwood.routing;

import io.raftwood.peer.NodeAddress;
import java.util.List;
import java.util.Optional;

/** What routing needs to know of the cluster, from memory. Thread-safe; answers at once. */
public interface GroupLocator {
  /** The name of the group that owns {@code slot}; absent before the cluster map is known. */
  Optional<String> groupOf(int slot);

  /** The node that leads {@code group}, as far as other nodes have said. */
  Optional<String> leaderOf(String group);

  /** The nodes that should host {@code group}, in preference order. */
  List<String> hostsOf(String group);

  /** Where {@code node} is reached on its Raft port. */
  Optional<NodeAddress> raftAddressOf(String node);

  /** This node's name. */
  String self();
}
