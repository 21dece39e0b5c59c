package io.raftwood.bench.torture.cluster;

import io.raftwood.bench.torture.check.CheckResult;
import io.raftwood.bench.torture.timeline.Waits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** All replicas of all groups must have the same content at one log entry. */
public final class ReplicaComparison {
  private static final String NAME = "replicas: equal state hashes";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private ReplicaComparison() {}

  /** Compares until every replica has answered; the first difference is final. */
  public static CheckResult check(TortureCluster cluster) {
    List<GroupHashes> last = new ArrayList<>();
    boolean complete =
        Waits.until(
            LIMIT,
            () -> {
              List<GroupHashes> groups = cluster.check(0);
              last.clear();
              last.addAll(groups);
              boolean unequal = groups.stream().anyMatch(GroupHashes::unequal);
              boolean all = groups.stream().allMatch(group -> group.complete(replicas(cluster)));
              return unequal || (all && groups.size() > cluster.groups());
            });
    if (last.stream().anyMatch(GroupHashes::unequal)) {
      return CheckResult.failed(NAME, last.toString());
    }
    return complete
        ? CheckResult.passed(NAME, shown(last))
        : CheckResult.unknown(NAME, "not all replicas answered within " + LIMIT + ": " + last);
  }

  /** Whether every group commits something without {@code dead}, which does not run. */
  public static boolean goesOnWithout(TortureCluster cluster, int dead) throws IOException {
    List<GroupHashes> groups = cluster.check((dead + 1) % cluster.size());
    return groups.size() > cluster.groups() && groups.stream().allMatch(one -> one.complete(1));
  }

  /** Whether {@code node} could read and hash every replica that it should have. */
  public static boolean everyReplicaHashed(TortureCluster cluster, int node) throws IOException {
    String name = cluster.name(node);
    List<String> hosted =
        cluster.placements().groups(node).stream()
            .filter(group -> group.wanted().contains(name))
            .map(GroupPlacement::group)
            .toList();
    return cluster.check(node).stream()
        .filter(group -> group.hashes().containsKey(name))
        .map(GroupHashes::group)
        .toList()
        .containsAll(hosted);
  }

  /** Groups have three replicas at most. */
  private static int replicas(TortureCluster cluster) {
    return Math.min(3, cluster.size());
  }

  private static String shown(List<GroupHashes> groups) {
    return groups.stream()
        .map(
            group ->
                group.group() + " at " + group.index() + " on " + group.hashes().size() + " nodes")
        .collect(Collectors.joining(", "));
  }
}
