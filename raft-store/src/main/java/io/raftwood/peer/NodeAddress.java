package io.raftwood.peer;

/**
 * Host and port of a listener.
 *
 * @param host host name or IPv4 address
 * @param port 1..65535
 */
public record NodeAddress(String host, int port) {
  /** Checks the bounds. */
  public NodeAddress {
    if (host.isEmpty() || port < 1 || port > 65535) {
      throw new IllegalArgumentException("not host:port: " + host + ":" + port);
    }
  }

  /** {@code host:port}. */
  @Override
  public String toString() {
    return host + ":" + port;
  }

  /**
   * Parses {@code host:port}.
   *
   * @throws IllegalArgumentException when {@code text} has another form
   */
  public static NodeAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("not host:port: " + text);
    }
    try {
      return new NodeAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not host:port: " + text, e);
    }
  }
}
