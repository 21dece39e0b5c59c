package io.raftwood.it;

import java.util.Map;
import java.util.TreeMap;

/**
 * What cluster a test wants.
 *
 * @param nodes number of processes
 * @param dataGroups number of data groups
 * @param settings further settings by their dotted names, e.g. {@code raft.election-timeout}
 */
record ClusterSpec(int nodes, int dataGroups, Map<String, String> settings) {
  /** Copies the map. */
  ClusterSpec {
    settings = Map.copyOf(settings);
  }

  /** Three nodes, one data group, elections after a second so that tests see many. */
  static ClusterSpec threeNodes() {
    return new ClusterSpec(3, 1, Map.of("raft.election-timeout", "1s"));
  }

  /** The same with another number of data groups. */
  ClusterSpec withDataGroups(int number) {
    return new ClusterSpec(nodes, number, settings);
  }

  /** The same with one more setting. */
  ClusterSpec with(String name, String value) {
    Map<String, String> more = new TreeMap<>(settings);
    more.put(name, value);
    return new ClusterSpec(nodes, dataGroups, more);
  }
}
