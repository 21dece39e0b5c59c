package io.raftwood.bench.compare;

import io.raftwood.bench.client.HttpReply;
import io.raftwood.bench.client.HustdbClient;
import io.raftwood.bench.load.Dialect;
import io.raftwood.bench.load.ServerProcesses;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Three members of etcd (Debian: etcd-server), asked through their JSON gateway. */
final class EtcdPeer implements Peer {
  private static final int MEMBERS = 3;
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration ASK = Duration.ofSeconds(2);
  private static final long PAUSE_MILLIS = 100;
  private static final long STOP_SECONDS = 10;

  /** A read of nothing: answered once the members have a leader. */
  private static final byte[] PROBE = "{\"key\":\"cHJvYmU=\"}".getBytes(StandardCharsets.US_ASCII);

  private final List<Process> members = new ArrayList<>();
  private final int firstPort;

  private EtcdPeer(int firstPort) {
    this.firstPort = firstPort;
  }

  /** The program, if it is installed. */
  static Optional<Path> program() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(directory -> Path.of(directory, "etcd"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts a fresh cluster in {@code directory} and waits until it answers. */
  static EtcdPeer start(Path program, Path directory) throws IOException, InterruptedException {
    EtcdPeer peer = new EtcdPeer(FreePorts.consecutive(2 * MEMBERS));
    try {
      for (int member = 0; member < MEMBERS; member++) {
        peer.members.add(peer.startMember(program, directory, member));
      }
      peer.awaitReady();
      return peer;
    } catch (IOException | InterruptedException | RuntimeException e) {
      peer.close();
      throw e;
    }
  }

  private Process startMember(Path program, Path directory, int member) throws IOException {
    String all =
        IntStream.range(0, MEMBERS)
            .mapToObj(other -> "m" + other + "=" + peerUrl(other))
            .collect(Collectors.joining(","));
    String client = "http://127.0.0.1:" + (firstPort + member);
    return new ProcessBuilder(
            program.toString(),
            "--name=m" + member,
            "--data-dir=" + directory.resolve("etcd-m" + member),
            "--listen-client-urls=" + client,
            "--advertise-client-urls=" + client,
            "--listen-peer-urls=" + peerUrl(member),
            "--initial-advertise-peer-urls=" + peerUrl(member),
            "--initial-cluster=" + all,
            "--logger=zap")
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("etcd-m" + member + ".log").toFile())
        .start();
  }

  private String peerUrl(int member) {
    return "http://127.0.0.1:" + (firstPort + MEMBERS + member);
  }

  private void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    for (InetSocketAddress endpoint : endpoints()) {
      while (!answers(endpoint)) {
        if (System.nanoTime() - deadline > 0) {
          throw new IOException("etcd did not answer at " + endpoint + " within 30 s: see its log");
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    }
  }

  private static boolean answers(InetSocketAddress endpoint) {
    try (HustdbClient client = new HustdbClient(endpoint, ASK)) {
      HttpReply reply = client.request("POST", "/v3/kv/range", PROBE);
      return reply.status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public String name() {
    return "etcd";
  }

  @Override
  public String durability() {
    return "3 members, acknowledged when a majority has synced its log; JSON gateway";
  }

  @Override
  public List<InetSocketAddress> endpoints() {
    return IntStream.range(0, MEMBERS)
        .mapToObj(member -> new InetSocketAddress("127.0.0.1", firstPort + member))
        .toList();
  }

  @Override
  public ServerProcesses processes() {
    return new ServerProcesses(members.stream().map(Process::pid).toList());
  }

  @Override
  public Dialect dialect() {
    return Dialect.ETCD;
  }

  @Override
  public boolean offers(Workload workload) {
    return true;
  }

  @Override
  public Optional<String> consistency(Workload workload) {
    return workload == Workload.GET_PLAIN ? Optional.of("local") : Optional.empty();
  }

  @Override
  public void close() {
    members.forEach(Process::destroy);
    try {
      for (Process member : members) {
        if (!member.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
          member.destroyForcibly();
        }
      }
    } catch (InterruptedException e) {
      members.forEach(Process::destroyForcibly);
      Thread.currentThread().interrupt();
    }
  }
}
