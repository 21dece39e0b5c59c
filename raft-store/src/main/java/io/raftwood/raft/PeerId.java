package io.raftwood.raft;

/**
 * A replica's identity within its group: the node's Raft address and the index of the node's
 * incarnation. A node that lost its disk comes back with the next index, so that it can never vote
 * in the name of what it forgot.
 *
 * @param host host name or IP address of the Raft port
 * @param port the Raft port, 1..65535
 * @param index the incarnation's number in the cluster map, from 0
 */
public record PeerId(String host, int port, int index) {
  /** Checks the bounds. */
  public PeerId {
    if (host.isEmpty() || port < 1 || port > 65535 || index < 0) {
      throw new IllegalArgumentException("not a peer: " + host + ":" + port + ":" + index);
    }
  }

  /** {@code host:port:index}. */
  @Override
  public String toString() {
    return host + ":" + port + ":" + index;
  }

  /**
   * Parses {@code host:port:index} ({@code :index} may be absent = 0).
   *
   * @throws IllegalArgumentException when {@code text} has another form
   */
  public static PeerId parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length < 2 || parts.length > 3) {
      throw new IllegalArgumentException("not host:port:index: " + text);
    }
    int index = parts.length == 3 ? Integer.parseInt(parts[2]) : 0;
    return new PeerId(parts[0], Integer.parseInt(parts[1]), index);
  }
}
