package io.raftwood.membership;

import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.GroupRecord;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Which replicas on this node are of no use any more: the map does not want them, and the group's
 * leader has said for {@link #CALM} that it has none here. Never those of the meta group. For one
 * thread.
 */
public final class ReplicaRetirement {
  /** So long the leader must have said so: longer than a report may be old. */
  static final Duration CALM = Duration.ofSeconds(5);

  private final String self;
  private final ClusterDirectory directory;
  private final GroupObserver groups;
  private final LongSupplier nanoClock;
  private final Map<String, Long> since = new HashMap<>();

  /** Judges the replicas on the node {@code self} by what {@code groups} sees of the groups. */
  public ReplicaRetirement(
      String self, ClusterDirectory directory, GroupObserver groups, LongSupplier nanoClock) {
    this.self = self;
    this.directory = directory;
    this.groups = groups;
    this.nanoClock = nanoClock;
  }

  /** Those of {@code hosted}, which have replicas here, that are to be deleted here. */
  public List<String> due(Collection<String> hosted) {
    since.keySet().retainAll(hosted);
    long now = nanoClock.getAsLong();
    return hosted.stream().filter(group -> lasted(group, now)).sorted().toList();
  }

  private boolean lasted(String group, long now) {
    if (!useless(group)) {
      since.remove(group);
      return false;
    }
    return now - since.computeIfAbsent(group, name -> now) >= CALM.toNanos();
  }

  private boolean useless(String group) {
    Optional<GroupRecord> wanted = directory.map().flatMap(map -> map.group(group));
    return !group.equals(ClusterMap.META_GROUP)
        && wanted.filter(record -> !record.hostedBy(self)).isPresent()
        && directory
            .node(self)
            .flatMap(node -> groups.actual(group).filter(actual -> !actual.on(node.raft())))
            .isPresent();
  }
}
