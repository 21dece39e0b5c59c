package io.raftwood.admin;

import io.raftwood.raft.ReplicaStatus;

/**
 * What is known of one replica.
 *
 * @param node the name of the node that hosts it
 * @param ageMillis how old the knowledge is; 0 for this node's own replicas
 * @param status what the replica last said
 */
public record ReplicaReport(String node, long ageMillis, ReplicaStatus status) {}
