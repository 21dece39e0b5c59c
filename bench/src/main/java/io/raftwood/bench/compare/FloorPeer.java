package io.raftwood.bench.compare;

import io.raftwood.bench.load.Dialect;
import io.raftwood.bench.load.FloorProcess;
import io.raftwood.bench.load.ServerProcesses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** An empty handler on Raftwood's HTTP library: what no request can be cheaper than. */
final class FloorPeer implements Peer {
  private final FloorProcess server;

  private FloorPeer(FloorProcess server) {
    this.server = server;
  }

  /** Starts it. */
  static FloorPeer start() throws IOException {
    return new FloorPeer(FloorProcess.start());
  }

  @Override
  public String name() {
    return "http-floor";
  }

  @Override
  public String durability() {
    return "one process that stores nothing";
  }

  @Override
  public List<InetSocketAddress> endpoints() {
    return List.of(server.endpoint());
  }

  @Override
  public ServerProcesses processes() {
    return server.processes();
  }

  @Override
  public Dialect dialect() {
    return Dialect.HUSTDB;
  }

  @Override
  public boolean offers(Workload workload) {
    return workload == Workload.GET_PLAIN;
  }

  @Override
  public Optional<String> consistency(Workload workload) {
    return Optional.empty();
  }

  @Override
  public void close() {
    server.close();
  }
}
