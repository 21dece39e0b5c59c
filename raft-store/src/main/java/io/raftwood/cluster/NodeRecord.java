package io.raftwood.cluster;

import io.raftwood.peer.NodeAddress;
import io.raftwood.raft.PeerId;

/**
 * One node of the cluster.
 *
 * @param name stable, 1..64 characters of {@code [A-Za-z0-9_.-]}
 * @param http where clients reach it; as shown in {@code Sync} headers and the slot table
 * @param raft where the other nodes reach it
 * @param incarnation 32 hexadecimal digits, random, written into the node's empty data directory
 * @param index counts the incarnations of this name, from 0; part of its replicas' peer ids
 * @param starts counts the process starts of this incarnation; a start that reports a number not
 *     above this one runs on a disk that was rolled back
 */
public record NodeRecord(
    String name, NodeAddress http, NodeAddress raft, String incarnation, int index, long starts) {
  /** The peer id of all replicas of this node's present incarnation. */
  public PeerId peer() {
    return new PeerId(raft.host(), raft.port(), index);
  }
}
