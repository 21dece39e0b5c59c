package io.raftwood.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.InitialPlacement;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.fixtures.Formations;
import io.raftwood.peer.PeerTransport;
import io.raftwood.raft.PeerId;
import io.raftwood.raft.ReplicaStatus;
import io.raftwood.raft.ReplicaStatus.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Three nodes, the third replaced; the leader of both groups is the fake replica on the first. */
class PlacementExecutorTest {
  private static final ClusterMap BEFORE = InitialPlacement.of(Formations.of(3, 1));
  private static final String FRESH = Formations.incarnation(50);
  private static final ClusterMap MAP = replaced();
  private static final PeerId ONE = MAP.nodes().get(0).peer();
  private static final PeerId TWO = MAP.nodes().get(1).peer();
  private static final PeerId OLD = BEFORE.nodes().get(2).peer();
  private static final PeerId NEW = MAP.nodes().get(2).peer();
  private static final GroupPlacement ACTUAL =
      new GroupPlacement(List.of(ONE, TWO, OLD), List.of());

  private final Map<String, FakeReplica> replicas = new HashMap<>();
  private final ClusterDirectory directory = new ClusterDirectory();
  private final MembershipSteps steps =
      new MembershipSteps(
          () -> Optional.of(MAP.clusterId()),
          group -> Optional.ofNullable(replicas.get(group)).map(FakeReplica::hosted));
  private final List<MembershipStepReply> replies = new ArrayList<>();
  private long nanos;
  private boolean leadsMeta = true;
  private final StatusBoard board = new StatusBoard(() -> nanos);
  private final List<ClusterCommand> told = new ArrayList<>();
  private final GroupObserver groups = new GroupObserver(directory, board);
  private final PlacementExecutor executor =
      new PlacementExecutor(
          () -> leadsMeta,
          directory,
          groups,
          transport(),
          Optional.empty(),
          new CacheSeats(told::add));

  PlacementExecutorTest() {
    directory.offer(MAP);
    for (String group : List.of("meta", "data-0")) {
      FakeReplica replica = new FakeReplica(group);
      replica.configuration = ACTUAL;
      replicas.put(group, replica);
    }
  }

  @Test
  void theReplacementIsAddedToTheMetaGroupFirst() {
    reportAll();
    executor.tick();
    assertThat(asked("meta")).containsExactly("add " + NEW);
    assertThat(asked("data-0")).isEmpty();
  }

  @Test
  void bothGroupsEndWithTheReplacementAsVoter() {
    for (int i = 0;
        i < 12 && !(groups.settled(MAP, "meta") && groups.settled(MAP, "data-0"));
        i++) {
      reportAll();
      executor.tick();
      replicas.values().forEach(PlacementExecutorTest::obey);
      reportAll();
    }
    assertThat(groups.settled(MAP, "meta")).isTrue();
    assertThat(groups.settled(MAP, "data-0")).isTrue();
    assertThat(asked("meta")).containsExactly("add " + NEW, "voters " + List.of(ONE, TWO, NEW));
    assertThat(asked("data-0")).isEqualTo(asked("meta"));
  }

  @Test
  void onlyTheMetaLeaderActs() {
    leadsMeta = false;
    reportAll();
    executor.tick();
    assertThat(asked("meta")).isEmpty();
  }

  @Test
  void nothingIsDoneOnOldReports() {
    reportAll();
    nanos += Duration.ofSeconds(4).toNanos();
    executor.tick();
    assertThat(asked("meta")).isEmpty();
  }

  @Test
  void aStepUnderWayIsNotRepeated() {
    replicas.get("meta").controlAnswer = new CompletableFuture<>();
    reportAll();
    executor.tick();
    executor.tick();
    executor.tick();
    assertThat(asked("meta")).hasSize(1);
    assertThat(asked("data-0")).containsOnly("add " + NEW);
  }

  @Test
  void aStepFromAnotherConfigurationIsRefused() {
    reportAll();
    replicas.get("meta").configuration = new GroupPlacement(List.of(ONE, TWO), List.of());
    executor.tick();
    assertThat(asked("meta")).isEmpty();
    assertThat(replies).extracting(MembershipStepReply::done).containsExactly(false);
    assertThat(replies.get(0).detail()).contains("has changed");
  }

  @Test
  void aReplicaThatDoesNotLeadRefuses() {
    reportAll();
    replicas.get("meta").role = Role.FOLLOWER;
    executor.tick();
    assertThat(asked("meta")).isEmpty();
    assertThat(replies.get(0).detail()).contains("does not lead");
  }

  @Test
  void aFailedStepIsTriedAgain() {
    replicas.get("meta").controlAnswer =
        CompletableFuture.failedFuture(new IllegalStateException("busy"));
    reportAll();
    executor.tick();
    executor.tick();
    assertThat(asked("meta")).hasSize(2);
    assertThat(replies.get(0)).isEqualTo(new MembershipStepReply(false, "busy"));
  }

  private PeerTransport transport() {
    return (address, kind, request, timeout) ->
        steps
            .serve(request)
            .thenApply(
                bytes -> {
                  replies.add(MembershipStepReply.decode(bytes));
                  return bytes;
                });
  }

  private List<String> asked(String group) {
    return replicas.get(group).asked;
  }

  /** What the last step asked for comes true. */
  private static void obey(FakeReplica replica) {
    if (replica.asked.size() == 1) {
      replica.configuration = new GroupPlacement(ACTUAL.voters(), List.of(NEW));
    } else if (replica.asked.size() == 2) {
      replica.configuration = new GroupPlacement(List.of(ONE, TWO, NEW), List.of());
    }
  }

  private void reportAll() {
    for (NodeRecord node : MAP.nodes()) {
      List<ReplicaStatus> status =
          replicas.values().stream().map(replica -> status(replica, node)).toList();
      board.accept(
          new NodeReport(MAP.clusterId(), node.name(), node.incarnation(), MAP.epoch(), status));
    }
  }

  private static ReplicaStatus status(FakeReplica replica, NodeRecord node) {
    boolean leads = node.peer().equals(ONE);
    return new ReplicaStatus(
        replica.group(),
        leads ? Role.LEADER : Role.FOLLOWER,
        Optional.of("n1"),
        1,
        100,
        100,
        100,
        100,
        0,
        replica.configuration.voters(),
        replica.configuration.learners());
  }

  private static ClusterMap replaced() {
    NodeRecord third = BEFORE.nodes().get(2);
    NodeRecord fresh = new NodeRecord(third.name(), third.http(), third.raft(), FRESH, 1, 0);
    return new ClusterMap(
        BEFORE.clusterId(),
        2,
        List.of(BEFORE.nodes().get(0), BEFORE.nodes().get(1), fresh),
        BEFORE.groups());
  }
}
