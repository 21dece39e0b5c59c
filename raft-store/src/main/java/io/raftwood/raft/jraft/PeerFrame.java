package io.raftwood.raft.jraft;

/**
 * What travels on the Raft port beside JRaft's own messages: bytes, written and read by {@link
 * PeerFrameSerializer}, never by an object serializer. The two types exist because Bolt chooses
 * processors and serializers by class name.
 */
final class PeerFrame {
  private PeerFrame() {}

  /**
   * A request.
   *
   * @param kind a {@link io.raftwood.peer.PeerMessageKind} tag
   * @param content the message
   */
  record Request(int kind, byte[] content) {}

  /**
   * An answer.
   *
   * @param failed whether {@code content} is an error text instead of an answer
   * @param content the answer
   */
  record Response(boolean failed, byte[] content) {}
}
