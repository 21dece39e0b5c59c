package io.raftwood.bench.torture.network;

import io.raftwood.bench.torture.machine.SystemCommand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network namespace for each node, joined by a bridge in one more. This process reaches it by one
 * interface in its own namespace. Addresses are of 198.18.0.0/15, the range for tests of networks.
 */
final class NamespaceNetwork implements Network {
  private static final int HTTP_PORT = 8082;
  private static final int RAFT_PORT = 9082;
  private static final int SUBNETS = 250;
  private static final String SLOW_BY_DELAY = "netem delay 75ms 50ms";
  private static final String SLOW_BY_RATE = "tbf rate 256kbit burst 16kb latency 400ms";
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String prefix = Namespaces.prefix();
  private final String host = "rwt" + ProcessHandle.current().pid() % 100_000_000L;
  private final int nodes;
  private final String subnet;
  private final List<String> made = new ArrayList<>();
  private final Set<Integer> slow = new TreeSet<>();
  private String slowness = SLOW_BY_DELAY;
  private boolean closed;

  private NamespaceNetwork(int nodes, String subnet) {
    this.nodes = nodes;
    this.subnet = subnet;
  }

  /** Makes one; there can be one at a time for each process. */
  static NamespaceNetwork open(int nodes) throws IOException {
    Namespaces.deleteAbandoned();
    NamespaceNetwork network = new NamespaceNetwork(nodes, freeSubnet());
    try {
      network.build();
      return network;
    } catch (IOException e) {
      network.close();
      throw e;
    }
  }

  @Override
  public String description() {
    String how = slowness.equals(SLOW_BY_DELAY) ? "delay" : "rate, as the kernel has no netem";
    return "network namespaces, " + subnet + "0/24, slow links by " + how;
  }

  @Override
  public Optional<String> limitation() {
    return Optional.empty();
  }

  @Override
  public NodeAddress address(int node) {
    return new NodeAddress(subnet + (node + 1), HTTP_PORT, RAFT_PORT);
  }

  @Override
  public List<String> enter(int node) {
    return Namespaces.enter(name(node));
  }

  @Override
  public synchronized void apply(LinkRules rules) throws IOException {
    if (closed) {
      return;
    }
    for (int node = 0; node < nodes; node++) {
      List<String> words = new ArrayList<>(enter(node));
      words.addAll(List.of("nft", "-f", "-"));
      SystemCommand.run(words, rules.filter(node, nodes, one -> address(one).host()));
      if (rules.slow().contains(node) && slow.add(node)) {
        SystemCommand.run("tc -n " + name(node) + " qdisc replace dev eth0 root " + slowness);
      } else if (!rules.slow().contains(node) && slow.remove(node)) {
        SystemCommand.run("tc -n " + name(node) + " qdisc del dev eth0 root");
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    for (String namespace : made) {
      try {
        Namespaces.delete(namespace);
      } catch (IOException e) {
        // The next run deletes it: it is abandoned then.
      }
    }
    made.clear();
  }

  private void build() throws IOException {
    String hub = prefix + "-net";
    add(hub);
    ip(hub, "link add br0 type bridge");
    ip(hub, "link set br0 up");
    for (int node = 0; node < nodes; node++) {
      add(name(node));
      ip(hub, "link add v" + node + " type veth peer name eth0 netns " + name(node));
      ip(hub, "link set v" + node + " master br0 up");
      ip(name(node), "addr add " + address(node).host() + "/24 dev eth0");
      ip(name(node), "link set eth0 up");
    }
    long pid = ProcessHandle.current().pid();
    ip(hub, "link add vhost type veth peer name " + host + " netns " + pid);
    ip(hub, "link set vhost master br0 up");
    SystemCommand.run("ip addr add " + subnet + "254/24 dev " + host);
    SystemCommand.run("ip link set " + host + " up");
    chooseSlowness();
    apply(LinkRules.NONE);
  }

  private void add(String namespace) throws IOException {
    SystemCommand.run("ip netns add " + namespace);
    made.add(namespace);
    ip(namespace, "link set lo up");
  }

  private void chooseSlowness() {
    try {
      SystemCommand.run("tc -n " + name(0) + " qdisc replace dev eth0 root " + SLOW_BY_DELAY);
      SystemCommand.run("tc -n " + name(0) + " qdisc del dev eth0 root");
    } catch (IOException e) {
      slowness = SLOW_BY_RATE;
    }
  }

  private String name(int node) {
    return prefix + "-n" + (node + 1);
  }

  private static void ip(String namespace, String words) throws IOException {
    SystemCommand.run("ip -n " + namespace + " " + words);
  }

  private static String freeSubnet() throws IOException {
    String used = SystemCommand.run("ip -o -4 addr show");
    int start = (int) (ProcessHandle.current().pid() % SUBNETS) + COUNT.getAndIncrement();
    for (int i = 0; i < SUBNETS; i++) {
      String subnet = "198.18." + ((start + i) % SUBNETS + 1) + ".";
      if (!used.contains(" " + subnet)) {
        return subnet;
      }
    }
    throw new IOException("all of 198.18.0.0/16 is in use");
  }
}
