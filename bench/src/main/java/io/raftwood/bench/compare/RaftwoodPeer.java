package io.raftwood.bench.compare;

import io.raftwood.bench.load.Dialect;
import io.raftwood.bench.load.ServerProcesses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Three nodes of this program, by {@code raftwood dev}. */
final class RaftwoodPeer implements Peer {
  private static final String MAIN_CLASS = "io.raftwood.cli.RaftwoodMain";
  private static final int NODES = 3;

  private final Path data;
  private final List<InetSocketAddress> endpoints;

  private RaftwoodPeer(Path data, int firstPort) {
    this.data = data;
    List<InetSocketAddress> all = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      all.add(new InetSocketAddress("127.0.0.1", firstPort + i));
    }
    endpoints = List.copyOf(all);
  }

  /** Starts a fresh cluster in {@code directory} and waits until it is ready. */
  static RaftwoodPeer start(Path directory) throws IOException, InterruptedException {
    int http = FreePorts.consecutive(2 * NODES);
    int raft = http + NODES;
    Path data = directory.resolve("raftwood");
    RaftwoodPeer peer = new RaftwoodPeer(data, http);
    dev(data, "--detach", "--http-port", String.valueOf(http), "--raft-port", String.valueOf(raft));
    return peer;
  }

  private static void dev(Path data, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN_CLASS, "dev"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--data", data.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("raftwood dev: " + output.strip());
    }
  }

  @Override
  public String name() {
    return "raftwood";
  }

  @Override
  public String durability() {
    return "3 nodes, acknowledged when a majority has synced its log";
  }

  @Override
  public List<InetSocketAddress> endpoints() {
    return endpoints;
  }

  @Override
  public ServerProcesses processes() {
    return ServerProcesses.of(data);
  }

  @Override
  public Dialect dialect() {
    return Dialect.HUSTDB;
  }

  @Override
  public boolean offers(Workload workload) {
    return true;
  }

  @Override
  public Optional<String> consistency(Workload workload) {
    return workload == Workload.GET_LINEARIZABLE ? Optional.of("linearizable") : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    try {
      dev(data, "stop");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
