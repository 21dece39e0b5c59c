package io.raftwood.bench.torture.network;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * Everything that hinders packets at one moment. Clients are never hindered, except by slow nodes.
 *
 * @param cut directions in which nothing passes
 * @param lossPercent share of the packets between nodes that is dropped, by the receiving node
 * @param slow nodes whose interface is slow
 */
public record LinkRules(Set<Link> cut, Map<Integer, Integer> lossPercent, Set<Integer> slow) {
  /** Nothing is hindered. */
  public static final LinkRules NONE = new LinkRules(Set.of(), Map.of(), Set.of());

  /** Copies the collections. */
  public LinkRules {
    cut = Set.copyOf(cut);
    lossPercent = Map.copyOf(lossPercent);
    slow = Set.copyOf(slow);
  }

  /**
   * What the packet filter of node {@code node} must say, as input of {@code nft -f -}.
   *
   * @param nodes number of nodes
   * @param address the IPv4 address of each
   */
  String filter(int node, int nodes, IntFunction<String> address) {
    StringBuilder text = new StringBuilder("add table inet torture\nflush table inet torture\n");
    text.append("add chain inet torture input { type filter hook input priority 0; }\n");
    Set<Integer> senders = new TreeSet<>();
    cut.stream().filter(link -> link.to() == node).forEach(link -> senders.add(link.from()));
    for (int sender : senders) {
      text.append(rule(address.apply(sender))).append("drop\n");
    }
    int loss = lossPercent.getOrDefault(node, 0);
    for (int peer = 0; loss > 0 && peer < nodes; peer++) {
      if (peer != node) {
        text.append(rule(address.apply(peer)))
            .append("numgen random mod 100 < ")
            .append(loss)
            .append(" drop\n");
      }
    }
    return text.toString();
  }

  private static String rule(String sender) {
    return "add rule inet torture input ip saddr " + sender + " ";
  }
}
