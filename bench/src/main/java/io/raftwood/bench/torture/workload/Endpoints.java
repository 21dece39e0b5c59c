package io.raftwood.bench.torture.workload;

import io.raftwood.bench.torture.timeline.Timeline;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Where and how workloads reach the cluster.
 *
 * @param nodes the nodes' HTTP sockets
 * @param timeout of one request
 * @param timeline every request is noted there
 * @param seed of all choices
 */
public record Endpoints(
    List<InetSocketAddress> nodes, Duration timeout, Timeline timeline, long seed) {
  /** Copies the list. */
  public Endpoints {
    nodes = List.copyOf(nodes);
  }

  /** A client's connections. */
  Session session(String workload, int client) {
    long own = new SplittableRandom(seed + 31L * workload.hashCode() + client).nextLong();
    return new Session(this, workload, new Random(own));
  }
}
