package io.raftwood.bench.torture.network;

import java.util.Set;

/**
 * One direction between two nodes, numbered from 0.
 *
 * @param from who sends
 * @param to who would receive
 */
public record Link(int from, int to) {
  /** Both directions between two nodes. */
  public static Set<Link> both(int one, int other) {
    return Set.of(new Link(one, other), new Link(other, one));
  }
}
