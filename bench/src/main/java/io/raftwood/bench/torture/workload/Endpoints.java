package io.raftwood.bench.torture.workload;

import io.raftwood.bench.torture.timeline.Timeline;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;

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
    return new Session(this, workload, new Random(seed * 1_000_003 + workload.hashCode() + client));
  }
}
