package io.raftwood.bench.torture.cluster;

import java.util.Map;
import java.util.TreeMap;

/**
 * What cluster is wanted.
 *
 * @param nodes number of nodes
 * @param groups number of data groups
 * @param settings further settings of all nodes, by their dotted names
 */
public record ClusterShape(int nodes, int groups, Map<String, String> settings) {
  /** Copies the map. */
  public ClusterShape {
    settings = new TreeMap<>(settings);
  }
}
