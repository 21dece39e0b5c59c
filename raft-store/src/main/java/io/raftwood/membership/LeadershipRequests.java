package io.raftwood.membership;

import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.peer.PeerMessageKind;
import io.raftwood.peer.PeerTransport;
import io.raftwood.raft.PeerId;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the leader of a group, once and at once, to hand over to the group's first voter. If that
 * comes to nothing {@link LeaderPreference} tries again later. Thread-safe; nothing blocks.
 */
public final class LeadershipRequests implements Consumer<String> {
  private static final Logger LOG = LoggerFactory.getLogger(LeadershipRequests.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final long LAG = 1_000;

  private final ClusterDirectory directory;
  private final GroupObserver groups;
  private final PeerTransport transport;

  /** Asks by {@code transport} on what {@code groups} shows. */
  public LeadershipRequests(
      ClusterDirectory directory, GroupObserver groups, PeerTransport transport) {
    this.directory = directory;
    this.groups = groups;
    this.transport = transport;
  }

  /** Asks the leader of {@code group}, unless it is the first voter or that one lags. */
  @Override
  public void accept(String group) {
    directory.map().ifPresent(map -> map.group(group).ifPresent(record -> ask(map, record)));
  }

  private void ask(ClusterMap map, GroupRecord group) {
    Optional<GroupObservation> seen = groups.observe(map, group.name());
    Optional<NodeRecord> leader = groups.leader(map, group.name());
    Optional<PeerId> first = map.peerOf(group.name(), group.voters().get(0));
    if (seen.isEmpty() || leader.isEmpty() || first.isEmpty()) {
      return;
    }
    boolean can =
        !seen.get().leader().equals(first.get())
            && seen.get().actual().voters().contains(first.get())
            && seen.get().caughtUp(first.get(), LAG);
    if (can) {
      MembershipStepRequest request =
          new MembershipStepRequest(
              map.clusterId(),
              group.name(),
              seen.get().actual(),
              new MembershipStep.TransferLeadership(first.get()));
      transport
          .call(leader.get().raft(), PeerMessageKind.MEMBERSHIP_STEP, request.encode(), TIMEOUT)
          .whenComplete(
              (reply, failure) ->
                  LOG.info(
                      "leadership of {} asked of node '{}': {}",
                      group.name(),
                      leader.get().name(),
                      failure == null ? "answered" : failure.toString()));
    }
  }
}
