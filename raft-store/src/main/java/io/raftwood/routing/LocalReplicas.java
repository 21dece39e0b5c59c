package io.raftwood.routing;

import io.raftwood.raft.RaftGroup;
import java.util.Optional;

/** The replicas that run on this node. Thread-safe. */
@FunctionalInterface
public interface LocalReplicas {
  /** This node's replica of {@code group}, if it runs. */
  Optional<RaftGroup> find(String group);
}
