package io.raftwood.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.cluster.InitialPlacement;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.cluster.NodeStanding;
import io.raftwood.fixtures.Formations;
import io.raftwood.raft.PeerId;
import io.raftwood.raft.ReplicaStatus;
import io.raftwood.raft.ReplicaStatus.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Four nodes, the first leads everything; the last has been told to leave. */
class DepartureTest {
  private static final ClusterMap BEFORE = InitialPlacement.of(Formations.of(4, 1));
  private static final ClusterMap MAP = leaving();
  private static final List<PeerId> PEERS = MAP.nodes().stream().map(NodeRecord::peer).toList();

  private final ClusterDirectory directory = new ClusterDirectory();
  private final List<ClusterCommand> told = new ArrayList<>();
  private long nanos;
  private final StatusBoard board = new StatusBoard(() -> nanos);
  private final GroupObserver groups = new GroupObserver(directory, board);
  private boolean leadsMeta = true;
  private final NodeDepartures departures =
      new NodeDepartures(() -> leadsMeta, directory, groups, told::add);
  private final ReplicaRetirement retirement =
      new ReplicaRetirement("n4", directory, groups, () -> nanos);

  DepartureTest() {
    directory.offer(MAP);
  }

  @Test
  void aNodeIsForgottenWhenNoGroupHasAReplicaOfIt() {
    report(PEERS, PEERS.subList(0, 3));
    departures.tick();
    report(PEERS.subList(0, 3), PEERS);
    departures.tick();
    assertThat(told).isEmpty();
    report(PEERS.subList(0, 3), PEERS.subList(0, 3));
    leadsMeta = false;
    departures.tick();
    assertThat(told).isEmpty();
    leadsMeta = true;
    departures.tick();
    assertThat(told).containsExactly(new ClusterCommand.ForgetNode("n4"));
  }

  @Test
  void aNodeIsNotForgottenOnOldReports() {
    report(PEERS.subList(0, 3), PEERS.subList(0, 3));
    nanos += Duration.ofSeconds(4).toNanos();
    departures.tick();
    assertThat(told).isEmpty();
  }

  @Test
  void aReplicaIsRetiredWhenItsLeaderHasNoneHereForAWhile() {
    for (int i = 0; i < 6; i++) {
      report(PEERS, PEERS.subList(0, 3));
      assertThat(due()).isEmpty();
      nanos += Duration.ofMillis(900).toNanos();
    }
    report(PEERS, PEERS.subList(0, 3));
    assertThat(due()).containsExactly("data-0");
    report(PEERS, PEERS);
    assertThat(due()).isEmpty();
    report(PEERS, PEERS.subList(0, 3));
    assertThat(due()).isEmpty();
  }

  @Test
  void aReplicaThatIsWantedOrOfTheMetaGroupStays() {
    ReplicaRetirement first = new ReplicaRetirement("n1", directory, groups, () -> nanos);
    for (int i = 0; i < 9; i++) {
      report(PEERS.subList(1, 3), PEERS.subList(1, 3));
      assertThat(first.due(List.of("meta", "data-0"))).isEmpty();
      nanos += Duration.ofSeconds(1).toNanos();
    }
  }

  private List<String> due() {
    return retirement.due(List.of("meta", "data-0"));
  }

  /** The first node reports what it leads. */
  private void report(List<PeerId> meta, List<PeerId> data) {
    board.accept(
        new NodeReport(
            MAP.clusterId(),
            "n1",
            Formations.incarnation(1),
            1,
            List.of(status("meta", meta), status("data-0", data))));
  }

  private static ReplicaStatus status(String group, List<PeerId> voters) {
    return new ReplicaStatus(
        group, Role.LEADER, Optional.of("n1"), 1, 5, 5, 5, 5, 0, voters, List.of());
  }

  private static ClusterMap leaving() {
    List<NodeRecord> nodes =
        BEFORE.nodes().stream()
            .map(
                node ->
                    node.name().equals("n4")
                        ? new NodeRecord(
                            node.name(),
                            node.http(),
                            node.raft(),
                            node.incarnation(),
                            0,
                            0,
                            NodeStanding.LEAVING)
                        : node)
            .toList();
    List<GroupRecord> groups = BEFORE.groups();
    return new ClusterMap(BEFORE.clusterId(), 2, nodes, groups, BEFORE.cache());
  }
}
