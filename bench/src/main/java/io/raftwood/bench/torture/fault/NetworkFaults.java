package io.raftwood.bench.torture.fault;

import io.raftwood.bench.torture.network.Link;
import io.raftwood.bench.torture.timeline.Waits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Faults of the network between nodes. Each says whom it struck; healing is done by others. */
final class NetworkFaults {
  private NetworkFaults() {}

  /** Cuts one node off. */
  static String isolate(Strike strike, int node) throws IOException {
    Set<Link> links = new HashSet<>(hearing(strike, node));
    links.addAll(heard(strike, node));
    return cut(strike, links, strike.cluster().name(node));
  }

  /** A node hears nobody. */
  static String deafen(Strike strike) throws IOException {
    int node = strike.oftenLeader();
    return cut(strike, hearing(strike, node), strike.cluster().name(node));
  }

  /** A node is heard by nobody. */
  static String mute(Strike strike) throws IOException {
    int node = strike.oftenLeader();
    return cut(strike, heard(strike, node), strike.cluster().name(node));
  }

  /** Every node hears those that make a majority with it and come next in a ring. */
  static String majorityRing(Strike strike) throws IOException {
    List<Integer> ring = strike.allShuffled();
    Set<Link> links = new HashSet<>();
    int size = ring.size();
    for (int i = 0; i < size; i++) {
      for (int distance = size / 2 + 1; distance < size; distance++) {
        links.add(new Link(ring.get((i + distance) % size), ring.get(i)));
      }
    }
    return cut(strike, links, "ring " + names(strike, ring));
  }

  /** Two halves, and one node that hears both. */
  static String bridge(Strike strike) throws IOException {
    List<Integer> all = strike.allShuffled();
    int half = (all.size() - 1) / 2;
    Set<Link> links = new HashSet<>();
    for (int one : all.subList(1, 1 + half)) {
      for (int other : all.subList(1 + half, all.size())) {
        links.addAll(Link.both(one, other));
      }
    }
    return cut(strike, links, "over " + strike.cluster().name(all.get(0)));
  }

  /** Loses packets everywhere. */
  static String losePackets(Strike strike) throws IOException {
    int percent = 5 + strike.random().nextInt(30);
    for (int node = 0; node < strike.cluster().size(); node++) {
      strike.links().lose(node, percent);
    }
    strike.last();
    return percent + " %";
  }

  /** Makes a node's interface slow. */
  static String slowLink(Strike strike) throws IOException {
    int node = strike.oftenLeader();
    strike.links().slow(node);
    strike.last();
    return strike.cluster().name(node);
  }

  /** Breaks a random part of all links one by one, then mends them in another order. */
  static String swizzleClog(Strike strike) throws IOException {
    List<Link> links = new ArrayList<>();
    for (int node = 0; node < strike.cluster().size(); node++) {
      links.addAll(hearing(strike, node));
    }
    Collections.shuffle(links, strike.random());
    List<Link> chosen =
        new ArrayList<>(links.subList(0, 1 + strike.random().nextInt(links.size())));
    Duration step = strike.length().dividedBy(2L * chosen.size());
    for (Link link : chosen) {
      strike.links().cut(Set.of(link));
      Waits.pause(step);
    }
    Collections.shuffle(chosen, strike.random());
    for (Link link : chosen) {
      strike.links().restore(Set.of(link));
      Waits.pause(step);
    }
    return chosen.size() + " of " + links.size() + " links";
  }

  private static String cut(Strike strike, Set<Link> links, String whom) throws IOException {
    strike.links().cut(links);
    strike.last();
    return whom;
  }

  private static Set<Link> hearing(Strike strike, int node) {
    Set<Link> links = new HashSet<>();
    for (int other = 0; other < strike.cluster().size(); other++) {
      if (other != node) {
        links.add(new Link(other, node));
      }
    }
    return links;
  }

  private static Set<Link> heard(Strike strike, int node) {
    Set<Link> links = new HashSet<>();
    hearing(strike, node).forEach(link -> links.add(new Link(link.to(), link.from())));
    return links;
  }

  private static String names(Strike strike, List<Integer> nodes) {
    return String.join(" ", nodes.stream().map(strike.cluster()::name).toList());
  }
}
