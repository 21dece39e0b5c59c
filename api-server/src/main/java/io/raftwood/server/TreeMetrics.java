package io.raftwood.server;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.raftwood.raft.ReplicaStatus.Role;
import io.raftwood.tree.TreeHeights;
import io.raftwood.tree.TreeObserver;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeResult;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What {@code /metrics} tells of trees, by group, never by tree. What replicas apply is counted
 * since the start of the process, replayed entries included.
 */
final class TreeMetrics {
  private final Counter commands;
  private final Counter splits;
  private final Counter merges;
  private final Map<String, TreeHeights> heights = new ConcurrentHashMap<>();

  /** Registers the counters in {@code registry}. */
  TreeMetrics(PrometheusRegistry registry) {
    commands =
        counter(
            registry, "commands", "Commands on trees applied here.", "group", "command", "result");
    splits = counter(registry, "splits", "Tree nodes cut in two here.", "group", "node");
    merges = counter(registry, "merges", "Pairs of tree nodes made one here.", "group", "node");
  }

  private static Counter counter(
      PrometheusRegistry registry, String name, String help, String... labels) {
    return Counter.builder()
        .name("raftwood_tree_" + name + "_total")
        .help(help)
        .labelNames(labels)
        .withoutExemplars()
        .register(registry);
  }

  /** Shows the heights of those groups that {@code replicas} lead. */
  void register(PrometheusRegistry registry, ReplicaHost replicas) {
    GaugeWithCallback.builder()
        .name("raftwood_tree_height")
        .help("Levels of the highest tree, where this node leads the group.")
        .labelNames("group")
        .callback(
            callback ->
                replicas.replicas().stream()
                    .filter(replica -> replica.status().role() == Role.LEADER)
                    .filter(replica -> heights.containsKey(replica.group()))
                    .forEach(
                        replica ->
                            callback.call(heights.get(replica.group()).highest(), replica.group())))
        .register(registry);
  }

  /** Knows how high the trees of {@code group} are while this node leads it. */
  TreeHeights heights(String group) {
    return heights.computeIfAbsent(group, name -> new TreeHeights());
  }

  /** Counts what the replica of {@code group} applies. */
  TreeObserver observer(String group) {
    return new GroupCounters(
        group,
        splits.labelValues(group, "leaf"),
        splits.labelValues(group, "inner"),
        merges.labelValues(group, "leaf"),
        merges.labelValues(group, "inner"));
  }

  private final class GroupCounters implements TreeObserver {
    private final String group;
    private final CounterDataPoint leafSplits;
    private final CounterDataPoint innerSplits;
    private final CounterDataPoint leafMerges;
    private final CounterDataPoint innerMerges;
    private final Map<Ending, CounterDataPoint> endings = new ConcurrentHashMap<>();

    GroupCounters(
        String group,
        CounterDataPoint leafSplits,
        CounterDataPoint innerSplits,
        CounterDataPoint leafMerges,
        CounterDataPoint innerMerges) {
      this.group = group;
      this.leafSplits = leafSplits;
      this.innerSplits = innerSplits;
      this.leafMerges = leafMerges;
      this.innerMerges = innerMerges;
    }

    @Override
    public void applied(TreeCommand command, TreeResult result) {
      endings
          .computeIfAbsent(
              new Ending(command.getClass(), result.getClass()),
              ending -> commands.labelValues(group, ending.commandName(), ending.resultName()))
          .inc();
    }

    @Override
    public void split(int level) {
      (level == 0 ? leafSplits : innerSplits).inc();
    }

    @Override
    public void merged(int level) {
      (level == 0 ? leafMerges : innerMerges).inc();
    }
  }

  /** How a command ended: both types are closed families, so there are few of these. */
  private record Ending(Class<?> command, Class<?> result) {
    /** As the call is written: {@code setcas}. */
    String commandName() {
      return command.getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** As outcomes are written: {@code key-exists}. */
    String resultName() {
      return result.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
  }
}
