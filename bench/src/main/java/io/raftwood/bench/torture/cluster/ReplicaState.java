package io.raftwood.bench.torture.cluster;

/**
 * What a node says of a replica.
 *
 * @param node whose replica
 * @param group its group
 * @param role in capitals, as the node says it
 * @param term its term
 * @param appliedIndex its applied index
 */
public record ReplicaState(String node, String group, String role, long term, long appliedIndex) {
  /** Whether it leads. */
  public boolean leads() {
    return role.equals("LEADER");
  }
}
