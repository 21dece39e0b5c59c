package io.raftwood.membership;

import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.cluster.PlacementPlanner;
import io.raftwood.raft.PeerId;
import io.raftwood.raft.ReplicaStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How the groups stand, as fresh reports tell. Thread-safe; nothing blocks. */
public final class GroupObserver {
  private static final Duration FRESH = Duration.ofSeconds(3);

  private final ClusterDirectory directory;
  private final StatusBoard board;

  /** Looks at {@code board}. */
  public GroupObserver(ClusterDirectory directory, StatusBoard board) {
    this.directory = directory;
    this.board = board;
  }

  /** The configuration of {@code group} as its leader reports it; empty if none does. */
  public Optional<GroupPlacement> actual(String group) {
    return directory.map().flatMap(map -> observe(map, group)).map(GroupObservation::actual);
  }

  /** Whether {@code group}'s configuration is known and as {@code map} wants it. */
  public boolean settled(ClusterMap map, String group) {
    return map.group(group)
        .flatMap(
            record ->
                observe(map, group)
                    .map(seen -> GroupPlacement.wanted(map, record).sameAs(seen.actual())))
        .orElse(false);
  }

  /** Plans changes of the placement on {@code map}. */
  public PlacementPlanner planner(ClusterMap map) {
    return new PlacementPlanner(map, live(map));
  }

  /** The nodes that have reported lately. */
  Set<String> live(ClusterMap map) {
    return map.nodes().stream()
        .map(NodeRecord::name)
        .filter(node -> live(map, node))
        .collect(Collectors.toSet());
  }

  /** Whether {@code node} has reported lately, as the incarnation that {@code map} lists. */
  private boolean live(ClusterMap map, String node) {
    return board.report(node, FRESH).flatMap(report -> present(map, report)).isPresent();
  }

  /** The node that leads {@code group}. */
  Optional<NodeRecord> leader(ClusterMap map, String group) {
    return board.leader(group, FRESH).flatMap(report -> present(map, report));
  }

  /** The node that sent {@code report}, if it is the incarnation that the map lists. */
  private static Optional<NodeRecord> present(ClusterMap map, NodeReport report) {
    return map.node(report.node()).filter(node -> node.incarnation().equals(report.incarnation()));
  }

  /** How {@code group} stands; empty while no leader reports. */
  Optional<GroupObservation> observe(ClusterMap map, String group) {
    Optional<NodeReport> report = board.leader(group, FRESH);
    Optional<NodeRecord> leader = report.flatMap(found -> present(map, found));
    Optional<ReplicaStatus> status = report.flatMap(found -> found.replica(group));
    Optional<PeerId> peer = leader.flatMap(node -> map.peerOf(group, node.name()));
    if (peer.isEmpty() || status.isEmpty()) {
      return Optional.empty();
    }
    ReplicaStatus leading = status.get();
    return Optional.of(
        new GroupObservation(
            new GroupPlacement(leading.voters(), leading.learners()),
            peer.get(),
            leading.commitIndex(),
            appliedIndexes(map, group)));
  }

  private Map<PeerId, Long> appliedIndexes(ClusterMap map, String group) {
    Map<PeerId, Long> applied = new HashMap<>();
    for (NodeRecord node : map.nodes()) {
      board
          .report(node.name(), FRESH)
          .filter(report -> report.incarnation().equals(node.incarnation()))
          .flatMap(report -> report.replica(group))
          .filter(replica -> replica.role() != ReplicaStatus.Role.STOPPED)
          .ifPresent(
              replica ->
                  map.peerOf(group, node.name())
                      .ifPresent(peer -> applied.put(peer, replica.appliedIndex())));
    }
    return applied;
  }
}
