package io.raftwood.cluster;

import io.raftwood.peer.NodeAddress;
import io.raftwood.raft.PeerId;

/**
 * One node of the cluster.
 *
 * @param name stable, 1..64 characters of {@code [A-Za-z0-9_.-]}
 * @param http where clients reach it; as shown in {@code Sync} headers and the slot table
 * @param raft where the other nodes reach it
 * @param incarnation 32 hexadecimal digits, random, written into the node's empty data directory;
 *     {@link #NONE} for a node that was added and has not registered itself yet
 * @param index counts the incarnations of this name and at this Raft address, from 0, over removals
 *     too; part of its replicas' peer ids
 * @param starts counts the process starts of this incarnation; a start that reports a number not
 *     above this one runs on a disk that was rolled back
 * @param standing whether it stays, is being emptied, or goes
 */
public record NodeRecord(
    String name,
    NodeAddress http,
    NodeAddress raft,
    String incarnation,
    int index,
    long starts,
    NodeStanding standing) {
  /** The incarnation of a node that has none yet. */
  public static final String NONE = "0".repeat(32);

  /** An active node. */
  public NodeRecord(
      String name, NodeAddress http, NodeAddress raft, String incarnation, int index, long starts) {
    this(name, http, raft, incarnation, index, starts, NodeStanding.ACTIVE);
  }

  /** The peer id of all replicas of this node's present incarnation. */
  public PeerId peer() {
    return new PeerId(raft.host(), raft.port(), index);
  }

  /** Whether it has ever registered itself: before that it can host nothing. */
  public boolean registered() {
    return !incarnation.equals(NONE);
  }

  /** Whether it may be given replicas that it does not have. */
  public boolean takesReplicas() {
    return registered() && standing == NodeStanding.ACTIVE;
  }

  NodeRecord with(NodeStanding changed) {
    return new NodeRecord(name, http, raft, incarnation, index, starts, changed);
  }

  NodeRecord withLife(String newIncarnation, int newIndex, long newStarts) {
    return new NodeRecord(name, http, raft, newIncarnation, newIndex, newStarts, standing);
  }
}
