package io.raftwood.bench.torture.network;

import java.net.InetSocketAddress;

/**
 * Where a node listens.
 *
 * @param host an IPv4 address
 * @param httpPort of the HTTP API
 * @param raftPort of Raft
 */
public record NodeAddress(String host, int httpPort, int raftPort) {
  /** The HTTP API's socket. */
  public InetSocketAddress http() {
    return new InetSocketAddress(host, httpPort);
  }

  /** {@code host:port} of the HTTP API. */
  public String httpText() {
    return host + ":" + httpPort;
  }

  /** {@code host:port} of Raft. */
  public String raftText() {
    return host + ":" + raftPort;
  }
}
