package io.raftwood.bench.torture.cluster;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What cluster is wanted.
 *
 * @param nodes number of nodes
 * @param groups number of data groups
 * @param settings further settings of all nodes, by their dotted names
 * @param jvmFlags flags of the servers' JVMs beside the usual ones
 */
public record ClusterShape(
    int nodes, int groups, Map<String, String> settings, List<String> jvmFlags) {
  /** Copies the collections. */
  public ClusterShape {
    settings = new TreeMap<>(settings);
    jvmFlags = List.copyOf(jvmFlags);
  }
}
