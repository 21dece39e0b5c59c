/**
 * Messages between nodes beside Raft's own: the port and the envelope.
 *
 * <p>Belongs here: how one node asks another (bytes in, bytes out, over the Raft port) and the list
 * of message kinds. Does not belong here: what the messages mean (their packages register a {@link
 * io.raftwood.peer.PeerService}), JRaft or Bolt types (see {@code raft.jraft}).
 */
package io.raftwood.peer;
