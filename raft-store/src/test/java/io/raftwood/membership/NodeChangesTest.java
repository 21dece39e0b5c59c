package io.raftwood.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.admin.ChangeAnswer;
import io.raftwood.admin.ChangeAnswer.Verdict;
import io.raftwood.admin.NodeChange;
import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.ClusterResult;
import io.raftwood.cluster.GroupPreference;
import io.raftwood.cluster.InitialPlacement;
import io.raftwood.cluster.NodeMark;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.cluster.NodeStanding;
import io.raftwood.fixtures.Formations;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.PeerId;
import io.raftwood.raft.ReplicaStatus;
import io.raftwood.raft.ReplicaStatus.Role;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Four nodes; data-0 on the first three, led by the first. */
class NodeChangesTest {
  private static final ClusterMap MAP = InitialPlacement.of(Formations.of(4, 1));
  private static final List<PeerId> PEERS = MAP.nodes().stream().map(NodeRecord::peer).toList();

  private final ClusterDirectory directory = new ClusterDirectory();
  private final StatusBoard board = new StatusBoard(() -> 0);
  private final GroupObserver groups = new GroupObserver(directory, board);
  private final List<ClusterCommand> proposed = new ArrayList<>();
  private final List<String> handedOver = new ArrayList<>();
  private final Deque<ClusterResult> results = new ArrayDeque<>();
  private final NodeChanges changes =
      new NodeChanges(
          directory,
          groups,
          (command, deadline) -> {
            proposed.add(command);
            return CompletableFuture.completedFuture(
                results.isEmpty() ? new ClusterResult.Accepted(2, true) : results.poll());
          },
          handedOver::add);

  NodeChangesTest() {
    directory.offer(MAP);
    report(PEERS.subList(0, 3));
  }

  @Test
  void aDrainIsOneCommandFromTheEpochItWasPlannedOn() {
    ChangeAnswer answer = make(new NodeChange.Drain("n2"));
    assertThat(answer.verdict()).isEqualTo(Verdict.MADE);
    assertThat(proposed)
        .containsExactly(
            new ClusterCommand.ChangePlacement(
                List.of(new NodeMark("n2", NodeStanding.DRAINING)),
                List.of(
                    new GroupPreference("data-0", List.of("n1", "n4", "n3")),
                    new GroupPreference("cache-0", List.of("n1", "n4", "n3"))),
                MAP.epoch()));
    assertThat(handedOver).isEmpty();
  }

  @Test
  void aMapThatMovedOnIsPlannedAgain() {
    results.add(new ClusterResult.EpochMismatch(5));
    assertThat(make(new NodeChange.Drain("n2")).epoch()).isEqualTo(2);
    assertThat(proposed).hasSize(2);
    for (int i = 0; i < 9; i++) {
      results.add(new ClusterResult.EpochMismatch(5));
    }
    assertThat(make(new NodeChange.Drain("n2")).verdict()).isEqualTo(Verdict.UNDER_WAY);
  }

  @Test
  void aChangeThatCrossesAnotherIsRefusedUnlessForced() {
    report(PEERS.subList(0, 2));
    ChangeAnswer answer = make(new NodeChange.Drain("n2"));
    assertThat(answer.verdict()).isEqualTo(Verdict.UNDER_WAY);
    assertThat(answer.message()).contains("a change of data-0 is under way");
    assertThat(proposed).isEmpty();
    assertThat(changes.make(new NodeChange.Drain("n2"), true, soon()).join().verdict())
        .isEqualTo(Verdict.MADE);
  }

  @Test
  void onlyADrainedNodeIsRemoved() {
    assertThat(make(new NodeChange.Remove("n3")).message())
        .isEqualTo("node n3 should host data-0: drain it first");
    report(PEERS);
    assertThat(make(new NodeChange.Remove("n4")).message())
        .isEqualTo("node n4 still has replicas of data-0: wait until it is drained");
    report(PEERS.subList(0, 3));
    assertThat(make(new NodeChange.Remove("n4")).verdict()).isEqualTo(Verdict.MADE);
    results.add(new ClusterResult.UnknownNode("n9"));
    assertThat(make(new NodeChange.Remove("n9")).verdict()).isEqualTo(Verdict.NO_SUCH_NODE);
  }

  @Test
  void leadershipIsAskedForAtOnceEvenIfItIsWantedAlready() {
    make(new NodeChange.Lead("data-0", "n3"));
    make(new NodeChange.Lead("data-0", "n1"));
    assertThat(handedOver).containsExactly("data-0", "data-0");
  }

  @Test
  void whatTheMapRefusesIsSaid() {
    results.add(new ClusterResult.InvalidPlacement("no"));
    ChangeAnswer answer = make(NodeChange.Add.at("n5", "h:1", "h:2"));
    assertThat(answer).isEqualTo(ChangeAnswer.not(Verdict.REFUSED, "no"));
  }

  private ChangeAnswer make(NodeChange change) {
    return changes.make(change, false, soon()).join();
  }

  private static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(5));
  }

  /** All nodes are up; the first leads, and data-0 has these voters. */
  private void report(List<PeerId> data) {
    for (NodeRecord node : MAP.nodes()) {
      List<ReplicaStatus> own =
          node.name().equals("n1")
              ? List.of(status("meta", PEERS), status("data-0", data))
              : List.of();
      board.accept(new NodeReport(MAP.clusterId(), node.name(), node.incarnation(), 1, own));
    }
  }

  private static ReplicaStatus status(String group, List<PeerId> voters) {
    return new ReplicaStatus(
        group, Role.LEADER, Optional.of("n1"), 1, 5, 5, 5, 5, 0, voters, List.of());
  }
}
