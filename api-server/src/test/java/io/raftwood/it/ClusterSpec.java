package io.raftwood.it;

import java.util.Map;
import java.util.TreeMap;

/**
 * What cluster a test wants.
 *
 * @param nodes number of processes
 * @param dataGroups number of data groups
 * @param settings further settings by their dotted names, e.g. {@code raft.election-timeout}
 * @param environments what single nodes find in their environment, by the nodes' numbers
 * @param optimized whether the servers compile as in production. Without, they use the quick
 *     compiler only: a third less CPU in processes that live for a minute, but code that reorders
 *     less, so tests that look for races want the other
 */
record ClusterSpec(
    int nodes,
    int dataGroups,
    Map<String, String> settings,
    Map<Integer, Map<String, String>> environments,
    boolean optimized) {
  /** Copies the maps. */
  ClusterSpec {
    settings = Map.copyOf(settings);
    environments = Map.copyOf(environments);
  }

  /** Three nodes, one data group, elections after a second so that tests see many. */
  static ClusterSpec threeNodes() {
    return new ClusterSpec(3, 1, Map.of("raft.election-timeout", "1s"), Map.of(), false);
  }

  /** The same with another number of data groups. */
  ClusterSpec withDataGroups(int number) {
    return new ClusterSpec(nodes, number, settings, environments, optimized);
  }

  /** The same with one more setting. */
  ClusterSpec with(String name, String value) {
    Map<String, String> more = new TreeMap<>(settings);
    more.put(name, value);
    return new ClusterSpec(nodes, dataGroups, more, environments, optimized);
  }

  /** The same with another environment of one node. */
  ClusterSpec withEnvironment(int node, Map<String, String> environment) {
    Map<Integer, Map<String, String>> more = new TreeMap<>(environments);
    more.put(node, environment);
    return new ClusterSpec(nodes, dataGroups, settings, more, optimized);
  }

  /** The same with servers that compile as in production. */
  ClusterSpec fullyOptimized() {
    return new ClusterSpec(nodes, dataGroups, settings, environments, true);
  }
}
