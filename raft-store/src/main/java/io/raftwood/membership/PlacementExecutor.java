package io.raftwood.membership;

import io.raftwood.cluster.CacheGroup;
import io.raftwood.cluster.CacheRoster;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.peer.PeerMessageKind;
import io.raftwood.peer.PeerTransport;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings every group to its wanted placement, one step at a time. Runs on every node and acts only
 * while this node leads the meta group; keeps nothing but which steps are under way, so that
 * another meta leader can go on at any point. {@link #tick} about every 500 ms, on one thread.
 */
public final class PlacementExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(PlacementExecutor.class);
  private static final Duration STEP_TIMEOUT = Duration.ofSeconds(30);
  private static final long PROMOTION_LAG = 100;

  private final BooleanSupplier leadsMeta;
  private final ClusterDirectory directory;
  private final GroupObserver groups;
  private final PeerTransport transport;
  private final Optional<LeaderPreference> preference;
  private final CacheSeats seats;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  /**
   * Acts while {@code leadsMeta}, on what {@code directory} and {@code groups} show.
   *
   * @param preference when leadership goes to the first voter; absent = never
   * @param seats is asked before a cache group's voters change
   */
  public PlacementExecutor(
      BooleanSupplier leadsMeta,
      ClusterDirectory directory,
      GroupObserver groups,
      PeerTransport transport,
      Optional<LeaderPreference> preference,
      CacheSeats seats) {
    this.preference = preference;
    this.seats = seats;
    this.leadsMeta = leadsMeta;
    this.directory = directory;
    this.groups = groups;
    this.transport = transport;
  }

  /** Starts at most one step for each group that has none under way; the meta group goes first. */
  public void tick() {
    Optional<ClusterMap> map = directory.map();
    if (map.isEmpty() || !leadsMeta.getAsBoolean()) {
      preference.ifPresent(LeaderPreference::forget);
      return;
    }
    for (GroupRecord group : map.get().groups()) {
      boolean started = !underWay.contains(group.name()) && reconcile(map.get(), group);
      if (started && group.name().equals(ClusterMap.META_GROUP)) {
        return;
      }
    }
  }

  private boolean reconcile(ClusterMap map, GroupRecord group) {
    Optional<GroupObservation> seen = groups.observe(map, group.name());
    Optional<MembershipStep> step = seen.flatMap(now -> next(map, group, now));
    Optional<NodeRecord> leader = groups.leader(map, group.name());
    if (step.isEmpty() || leader.isEmpty()) {
      return false;
    }
    underWay.add(group.name());
    LOG.info(
        "placement of {}: {} asked of node '{}'", group.name(), step.get(), leader.get().name());
    send(
        leader.get(),
        map,
        new MembershipStepRequest(
            map.clusterId(), group.name(), seen.orElseThrow().actual(), step.get()));
    return true;
  }

  private Optional<MembershipStep> next(ClusterMap map, GroupRecord group, GroupObservation seen) {
    GroupPlacement wanted = GroupPlacement.wanted(map, group);
    Optional<MembershipStep> transfer =
        preference.flatMap(rule -> rule.next(group.name(), wanted, seen));
    Optional<MembershipStep> step = PlacementStep.next(wanted, seen, PROMOTION_LAG);
    Optional<CacheGroup> cache = map.cache().group(group.name());
    return (cache.isEmpty() ? step : seats.admit(map, cache.get(), seen.actual(), step))
        .or(() -> transfer);
  }

  private void send(NodeRecord leader, ClusterMap map, MembershipStepRequest request) {
    transport
        .call(leader.raft(), PeerMessageKind.MEMBERSHIP_STEP, request.encode(), STEP_TIMEOUT)
        .thenApply(MembershipStepReply::decode)
        .whenComplete(
            (reply, failure) -> {
              underWay.remove(request.group());
              if (failure != null) {
                LOG.info("placement of {}: no answer: {}", request.group(), failure.toString());
              } else if (!reply.done()) {
                LOG.info("placement of {}: refused: {}", request.group(), reply.detail());
              } else if (CacheRoster.names(request.group())) {
                seats.done(map, request.group(), request.step());
              }
            });
  }
}
