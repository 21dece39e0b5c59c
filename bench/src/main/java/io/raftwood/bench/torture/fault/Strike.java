package io.raftwood.bench.torture.fault;

import io.raftwood.bench.torture.cluster.TortureCluster;
import io.raftwood.bench.torture.network.Links;
import io.raftwood.bench.torture.timeline.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a fault works with.
 *
 * @param cluster the nodes
 * @param links between them
 * @param random all choices
 * @param length how long it should last
 */
record Strike(TortureCluster cluster, Links links, Random random, Duration length) {
  /** Any node. */
  int anyNode() {
    return random.nextInt(cluster.size());
  }

  /** The leader of one of the data groups; any node if none is known. */
  int leader() {
    return cluster.leader(anyGroup()).orElseGet(this::anyNode);
  }

  /** A leader in two of three cases. */
  int oftenLeader() {
    return random.nextInt(3) < 2 ? leader() : anyNode();
  }

  /** One of the data groups. */
  String anyGroup() {
    return "data-" + random.nextInt(cluster.groups());
  }

  /** A smallest majority of the nodes. */
  List<Integer> majority() {
    return allShuffled().subList(0, cluster.size() / 2 + 1);
  }

  /** All nodes, in random order. */
  List<Integer> allShuffled() {
    List<Integer> all =
        IntStream.range(0, cluster.size()).boxed().collect(Collectors.toCollection(ArrayList::new));
    Collections.shuffle(all, random);
    return all;
  }

  /** A node's name, or several. */
  String names(List<Integer> nodes) {
    return nodes.stream().sorted().map(cluster::name).collect(Collectors.joining(" "));
  }

  /** Lets the fault last. */
  void last() {
    Waits.pause(length);
  }

  /** Lets a random time up to {@code limit} pass. */
  void moment(Duration limit) {
    Waits.pause(Duration.ofMillis(random.nextInt((int) limit.toMillis() + 1)));
  }
}
