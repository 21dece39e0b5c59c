/**
 * How nodes become and stay members of a cluster: identity on disk, the handshake at start, reports
 * between nodes, and carrying out the wanted placement.
 *
 * <p>Belongs here: decisions as pure rules ({@link io.raftwood.membership.JoinRules}, {@link
 * io.raftwood.membership.PlacementStep}), the messages of the ports in {@code peer}, and drivers
 * that a scheduler ticks. Does not belong here: the cluster map and its machine (see {@code
 * cluster}), JRaft (see {@code raft.jraft}), threads of its own: services run on network threads
 * and do not block, {@code tick} methods run on the scheduler they are given.
 */
package io.raftwood.membership;
