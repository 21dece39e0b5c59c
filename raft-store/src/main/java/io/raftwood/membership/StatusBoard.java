package io.raftwood.membership;

import io.raftwood.admin.NodeVitals;
import io.raftwood.admin.ReplicaReport;
import io.raftwood.cluster.CacheRoster;
import io.raftwood.raft.ReplicaStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The latest report of every node, this one included, with the time of its receipt. Thread-safe; no
 * method blocks.
 */
public final class StatusBoard {
  private final LongSupplier nanoClock;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  /** An empty board that measures age with {@code nanoClock}, monotonic nanoseconds. */
  public StatusBoard(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** Takes {@code report} down as the latest of its node. */
  public void accept(NodeReport report) {
    long now = nanoClock.getAsLong();
    entries.compute(
        report.node(),
        (node, before) -> new Entry(report, now, commits(report, Optional.ofNullable(before))));
  }

  /** The latest report of {@code node} if it is not older than {@code maxAge}. */
  public Optional<NodeReport> report(String node, Duration maxAge) {
    return Optional.ofNullable(entries.get(node))
        .filter(entry -> age(entry) <= maxAge.toNanos())
        .map(Entry::report);
  }

  /** Every replica of the latest reports, by node name, then in reported order. */
  public List<ReplicaReport> replicas() {
    List<ReplicaReport> replicas = new ArrayList<>();
    entries.values().stream()
        .sorted(Comparator.comparing(entry -> entry.report().node()))
        .forEach(
            entry -> {
              long ageMillis = Duration.ofNanos(age(entry)).toMillis();
              for (ReplicaStatus status : entry.report().replicas()) {
                replicas.add(new ReplicaReport(entry.report().node(), ageMillis, status));
              }
            });
    return List.copyOf(replicas);
  }

  /** Process and disk of every node, by name, as the latest reports tell. */
  public List<NodeVitals> vitals() {
    return entries.values().stream()
        .sorted(Comparator.comparing(entry -> entry.report().node()))
        .map(
            entry ->
                new NodeVitals(
                    entry.report().node(),
                    Duration.ofNanos(age(entry)).toMillis(),
                    entry.report().figures()))
        .toList();
  }

  /**
   * The node that leads {@code group} as far as the reports tell: of all that said so last, the one
   * with the highest term, of these the freshest. A hint: it may be gone.
   */
  public Optional<String> leaderOf(String group) {
    return leader(group, Duration.ofNanos(Long.MAX_VALUE)).map(NodeReport::node);
  }

  /** The report of the node that leads {@code group}, if it is not older than {@code maxAge}. */
  public Optional<NodeReport> leader(String group, Duration maxAge) {
    return entries.values().stream()
        .filter(entry -> leads(entry, group) && age(entry) <= maxAge.toNanos())
        .max(
            Comparator.<Entry>comparingLong(entry -> term(entry, group))
                .thenComparingLong(entry -> -age(entry)))
        .map(Entry::report);
  }

  /**
   * For every group the highest log index that this incarnation of {@code node} reported as
   * committed and on its own disk; empty for an incarnation that never reported here. A group that
   * the node has stopped hosting is forgotten; cache groups, which may forget, are left out.
   */
  public Map<String, Long> reportedCommits(String node, String incarnation) {
    return Optional.ofNullable(entries.get(node))
        .filter(entry -> entry.report().incarnation().equals(incarnation))
        .map(Entry::commits)
        .orElse(Map.of());
  }

  private long age(Entry entry) {
    return Math.max(0, nanoClock.getAsLong() - entry.receivedNanos());
  }

  private static boolean leads(Entry entry, String group) {
    return entry
        .report()
        .replica(group)
        .filter(replica -> replica.role() == ReplicaStatus.Role.LEADER)
        .isPresent();
  }

  private static long term(Entry entry, String group) {
    return entry.report().replica(group).map(ReplicaStatus::term).orElse(0L);
  }

  private static Map<String, Long> commits(NodeReport report, Optional<Entry> before) {
    Map<String, Long> known =
        before
            .filter(entry -> entry.report().incarnation().equals(report.incarnation()))
            .map(Entry::commits)
            .orElse(Map.of());
    Map<String, Long> commits = new HashMap<>();
    for (ReplicaStatus replica : report.replicas()) {
      if (CacheRoster.names(replica.group())) {
        continue;
      }
      long durable = Math.min(replica.commitIndex(), replica.lastLogIndex());
      commits.put(replica.group(), Math.max(durable, known.getOrDefault(replica.group(), 0L)));
    }
    return Map.copyOf(commits);
  }

  /**
   * What is kept of one node.
   *
   * @param commits per group, the highest durable commit index of this incarnation
   */
  private record Entry(NodeReport report, long receivedNanos, Map<String, Long> commits) {}
}
