package io.raftwood.membership;

import io.raftwood.admin.SyncStatus;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.raft.ReplicaStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Which voters lag behind, from what the nodes report. A voter lags while nothing has been heard of
 * it for the bound's time, while its group does not run on it, while it has not applied what its
 * leader reported as committed that long ago, or while it is further behind than the bound's
 * entries. Every node finds that out for all groups, so any node answers alike; a node that is cut
 * off from a voter says that it lags, though others may reach it.
 *
 * <p>{@link #tick} about twice a second on one thread; the rest is thread-safe and cheap.
 */
public final class VoterLag implements SyncStatus {
  private final ClusterDirectory directory;
  private final StatusBoard board;
  private final LongSupplier nanoClock;
  private final Bounds bounds;
  private final long startNanos;
  private final Map<String, CommitHistory> commits = new HashMap<>();
  private final Map<String, Map<String, OwedEntries>> owed = new HashMap<>();
  private volatile Map<String, List<String>> laggingByGroup = Map.of();
  private volatile List<Count> counts = List.of();

  /**
   * How far behind is not up to date.
   *
   * @param entries more log entries than this
   * @param time longer than this
   */
  public record Bounds(long entries, Duration time) {}

  /** Watches the cluster of {@code directory} by the reports on {@code board}. */
  public VoterLag(
      ClusterDirectory directory, StatusBoard board, LongSupplier nanoClock, Bounds bounds) {
    this.directory = directory;
    this.board = board;
    this.nanoClock = nanoClock;
    this.bounds = bounds;
    this.startNanos = nanoClock.getAsLong();
  }

  @Override
  public List<String> lagging(int slot) {
    Map<String, List<String>> now = laggingByGroup;
    return now.isEmpty()
        ? List.of()
        : directory
            .groupOfSlot(slot)
            .map(group -> now.getOrDefault(group.name(), List.of()))
            .orElse(List.of());
  }

  @Override
  public List<Count> counts() {
    return counts;
  }

  /** Looks at the reports. */
  public void tick() {
    directory.map().ifPresent(this::look);
  }

  private void look(ClusterMap map) {
    Map<String, List<String>> found = new HashMap<>();
    for (GroupRecord group : map.groups()) {
      if (group.endSlot() > group.firstSlot()) {
        List<String> lagging = lagging(group);
        if (!lagging.isEmpty()) {
          found.put(group.name(), addresses(map, lagging));
        }
      }
    }
    laggingByGroup = Map.copyOf(found);
    counts = map.nodes().stream().map(this::count).toList();
  }

  /** The names of the voters of {@code group} that lag. */
  private List<String> lagging(GroupRecord group) {
    long now = nanoClock.getAsLong();
    OptionalLong commit = commitOf(group.name());
    CommitHistory history =
        commits.computeIfAbsent(group.name(), name -> new CommitHistory(bounds.time()));
    commit.ifPresent(index -> history.add(now, index));
    List<String> lagging = new ArrayList<>();
    for (String node : group.voters()) {
      Optional<Long> applied = applied(node, group.name());
      boolean lags =
          applied.isEmpty()
              ? now - startNanos > bounds.time().toNanos()
              : applied.get() < history.dueAt(now)
                  || history.latest() - applied.get() > bounds.entries();
      OwedEntries entries =
          owed.computeIfAbsent(node, name -> new HashMap<>())
              .computeIfAbsent(group.name(), name -> new OwedEntries());
      applied.ifPresent(entries::applied);
      if (commit.isPresent()) {
        entries.committed(commit.getAsLong(), lags);
      }
      if (lags) {
        lagging.add(node);
      }
    }
    return lagging;
  }

  private OptionalLong commitOf(String group) {
    return board
        .leader(group, bounds.time())
        .flatMap(report -> report.replica(group))
        .map(replica -> OptionalLong.of(replica.commitIndex()))
        .orElse(OptionalLong.empty());
  }

  private Optional<Long> applied(String node, String group) {
    return board
        .report(node, bounds.time())
        .flatMap(report -> report.replica(group))
        .map(ReplicaStatus::appliedIndex);
  }

  private static List<String> addresses(ClusterMap map, List<String> names) {
    return names.stream().flatMap(name -> map.node(name).stream()).map(VoterLag::http).toList();
  }

  private static String http(NodeRecord node) {
    return node.http().toString();
  }

  private Count count(NodeRecord node) {
    long owedEntries = 0;
    long delivered = 0;
    for (OwedEntries entries : owed.getOrDefault(node.name(), Map.of()).values()) {
      owedEntries += entries.owed();
      delivered += entries.delivered();
    }
    return new Count(http(node), owedEntries, delivered);
  }
}
