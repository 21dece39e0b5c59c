package io.raftwood.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.ClusterResult;
import io.raftwood.cluster.Formation;
import io.raftwood.cluster.InitialPlacement;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.cluster.NodeStanding;
import io.raftwood.fixtures.Formations;
import io.raftwood.peer.NodeAddress;
import io.raftwood.raft.ReplicaStatus;
import io.raftwood.raft.ReplicaStatus.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The third of three nodes. */
class RemovalWatchTest {
  private static final Formation FORMATION = Formations.of(3, 1);
  private static final ClusterMap MAP = InitialPlacement.of(FORMATION);
  private static final NodeIdentity SELF =
      NodeIdentity.fresh("n3", Formations.incarnation(3), 2)
          .prepared(FORMATION)
          .formed(FORMATION, 0);

  private final ClusterDirectory directory = new ClusterDirectory();
  private final List<ClusterCommand> asked = new ArrayList<>();
  private final List<JoinOutcome.Refused> removed = new ArrayList<>();
  private long nanos;
  private final StatusBoard board = new StatusBoard(() -> nanos);
  private ClusterResult answer = new ClusterResult.RolledBack(2);
  private final RemovalWatch watch =
      new RemovalWatch(SELF, directory, board, commands(), () -> nanos, removed::add);

  RemovalWatchTest() {
    directory.offer(MAP);
  }

  @Test
  void nobodyIsAskedWhileTheMetaLeaderReports() {
    for (int i = 0; i < 60; i++) {
      report();
      pass();
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void whenTheMetaLeaderIsSilentTheMetaGroupIsAskedWhetherItKnowsTheNode() {
    report();
    for (int i = 0; i < 40; i++) {
      pass();
    }
    assertThat(asked)
        .hasSizeBetween(3, 6)
        .containsOnly(new ClusterCommand.RecordStart("n3", Formations.incarnation(3), 0));
    assertThat(removed).isEmpty();
    answer = new ClusterResult.UnknownNode("n3");
    for (int i = 0; i < 12; i++) {
      pass();
    }
    assertThat(removed).isNotEmpty();
    assertThat(removed.get(0).message()).contains("node 'n3' was removed from cluster");
  }

  @Test
  void aNodeThatLeavesAsksAlthoughTheMetaLeaderReports() {
    List<NodeRecord> nodes = new ArrayList<>(MAP.nodes());
    NodeRecord self = nodes.remove(2);
    nodes.add(
        new NodeRecord(
            "n3", self.http(), self.raft(), self.incarnation(), 0, 2, NodeStanding.LEAVING));
    directory.offer(new ClusterMap(MAP.clusterId(), 2, nodes, MAP.groups(), MAP.cache()));
    answer = new ClusterResult.UnknownNode("n3");
    for (int i = 0; i < 8; i++) {
      report();
      pass();
    }
    assertThat(removed).isNotEmpty();
  }

  private void pass() {
    nanos += Duration.ofMillis(500).toNanos();
    watch.tick();
  }

  private void report() {
    ReplicaStatus meta =
        new ReplicaStatus(
            "meta", Role.LEADER, Optional.of("n1"), 1, 5, 5, 5, 5, 0, List.of(), List.of());
    board.accept(
        new NodeReport(MAP.clusterId(), "n1", Formations.incarnation(1), 1, List.of(meta)));
  }

  private ClusterCommands commands() {
    NodeAddress first = MAP.nodes().get(0).raft();
    return new ClusterCommands(
        (address, kind, request, timeout) -> {
          asked.add(ClusterCommandRequest.decode(request).command());
          return CompletableFuture.completedFuture(
              ClusterCommandReply.Codec.encode(
                  new ClusterCommandReply.Decided(answer, Optional.empty())));
        },
        () -> Map.of("n1", first));
  }
}
