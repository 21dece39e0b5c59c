package io.raftwood.bench.torture.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All nodes on 127.0.0.1, told apart by their ports: nothing can come between them. */
final class LoopbackNetwork implements Network {
  private static final String HOST = "127.0.0.1";
  // Below the ports that systems give to outgoing connections: one of those could take the port
  // of a node that is down.
  private static final int PORT_MAX = 32_000;

  private final String reason;
  private final List<NodeAddress> addresses;

  private LoopbackNetwork(String reason, List<NodeAddress> addresses) {
    this.reason = reason;
    this.addresses = addresses;
  }

  /**
   * Finds free ports.
   *
   * @param firstPort where to look for them first
   * @param reason why it is not a network of namespaces
   */
  static LoopbackNetwork open(int nodes, int firstPort, String reason) throws IOException {
    List<NodeAddress> addresses = new ArrayList<>();
    int port = firstPort;
    while (addresses.size() < nodes) {
      int http = nextFree(port);
      int raft = nextFree(http + 1);
      addresses.add(new NodeAddress(HOST, http, raft));
      port = raft + 1;
    }
    return new LoopbackNetwork(reason, addresses);
  }

  @Override
  public String description() {
    return "loopback (" + reason + ")";
  }

  @Override
  public Optional<String> limitation() {
    return Optional.of(reason);
  }

  @Override
  public NodeAddress address(int node) {
    return addresses.get(node);
  }

  @Override
  public List<String> enter(int node) {
    return List.of();
  }

  @Override
  public void apply(LinkRules rules) throws IOException {
    if (!rules.equals(LinkRules.NONE)) {
      throw new IOException("no faults of the network: " + reason);
    }
  }

  @Override
  public void close() {
    // Nothing was made.
  }

  private static int nextFree(int from) throws IOException {
    for (int port = from; port < PORT_MAX; port++) {
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("no free port from " + from + " to " + PORT_MAX);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
