package io.raftwood.bench.torture.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.bench.torture.machine.SystemCommand;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What there is on this machine; the part that needs root says why it is left out. */
class NetworksTest {
  private static final int FIRST_PORT = 25_000;

  @Test
  void loopbackGivesEachNodeTwoPortsAndRefusesToHinder() throws IOException {
    try (Network network = Networks.open(Networks.Choice.LOOPBACK, 5, FIRST_PORT)) {
      Set<Integer> ports = new HashSet<>();
      for (int node = 0; node < 5; node++) {
        ports.add(network.address(node).httpPort());
        ports.add(network.address(node).raftPort());
        assertThat(network.enter(node)).isEmpty();
      }
      assertThat(ports).hasSize(10).allMatch(port -> port >= FIRST_PORT);
      assertThat(network.limitation()).contains("loopback was asked for");
      network.apply(LinkRules.NONE);
      LinkRules cut = new LinkRules(Link.both(0, 1), Map.of(), Set.of());
      assertThatThrownBy(() -> network.apply(cut)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void portsInUseAreLeftOut() throws IOException {
    int free;
    try (Network network = Networks.open(Networks.Choice.LOOPBACK, 1, FIRST_PORT)) {
      free = network.address(0).httpPort();
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), free));
      try (Network network = Networks.open(Networks.Choice.LOOPBACK, 1, free)) {
        assertThat(network.address(0).httpPort()).isGreaterThan(free);
      }
    }
  }

  @Test
  void namespacesCanBeCutOneWayAndAreGoneAfterwards() throws Exception {
    Network network = Networks.open(Networks.Choice.AUTO, 2, FIRST_PORT);
    try {
      Assumptions.assumeTrue(network.limitation().isEmpty(), network.description());
      assertThat(pings(network, 0, 1)).as("whole").isTrue();
      network.apply(new LinkRules(Set.of(new Link(0, 1)), Map.of(), Set.of()));
      assertThat(pings(network, 0, 1)).as("node 1 does not hear node 0").isFalse();
      network.apply(LinkRules.NONE);
      assertThat(pings(network, 1, 0)).as("healed").isTrue();
    } finally {
      network.close();
    }
    assertThat(SystemCommand.run("ip netns list")).doesNotContain(Namespaces.prefix());
  }

  /** Whether a TCP connection is made and answered with a byte. */
  private static boolean pings(Network network, int from, int to) throws Exception {
    String java = ProcessHandle.current().info().command().orElse("java");
    Process server = peer(network, to, java, "serve", network.address(to).host());
    try {
      assertThat(server.getInputStream().read()).isEqualTo('r');
      Process client = peer(network, from, java, "call", network.address(to).host());
      return client.waitFor() == 0;
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  private static Process peer(Network network, int node, String java, String role, String host)
      throws IOException {
    List<String> words = new ArrayList<>(network.enter(node));
    words.addAll(List.of(java, "-cp", System.getProperty("java.class.path"), Peer.class.getName()));
    words.addAll(List.of(role, host));
    return new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** One end of a connection, as a process. */
  static final class Peer {
    private static final int PORT = 7070;

    private Peer() {}

    /** Serves one byte for ever, or asks for one; exit code 0 if it came within a second. */
    public static void main(String[] args) throws IOException {
      if (args[0].equals("serve")) {
        try (ServerSocket socket = new ServerSocket()) {
          socket.bind(new InetSocketAddress(args[1], PORT));
          System.out.write('r');
          System.out.flush();
          try (Socket caller = socket.accept()) {
            caller.getOutputStream().write('x');
          }
        }
        return;
      }
      try (Socket socket = new Socket()) {
        int limit = (int) Duration.ofSeconds(1).toMillis();
        socket.connect(new InetSocketAddress(args[1], PORT), limit);
        socket.setSoTimeout(limit);
        InputStream in = socket.getInputStream();
        System.exit(in.read() == 'x' ? 0 : 1);
      }
    }
  }
}
