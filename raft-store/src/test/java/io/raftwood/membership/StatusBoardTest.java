package io.raftwood.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.admin.ReplicaReport;
import io.raftwood.fixtures.Formations;
import io.raftwood.raft.ReplicaStatus;
import io.raftwood.raft.ReplicaStatus.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusBoardTest {
  private static final String CLUSTER = Formations.incarnation(1000);

  private long nanos;
  private final StatusBoard board = new StatusBoard(() -> nanos);

  @Test
  void theLeaderIsWhoSaysSoWithTheHighestTerm() {
    report("n1", 1, status("data-0", Role.LEADER, 5, 10, 10));
    nanos += 1_000_000;
    report("n2", 2, status("data-0", Role.LEADER, 4, 10, 10));
    assertThat(board.leaderOf("data-0")).contains("n1");
    report("n2", 2, status("data-0", Role.LEADER, 6, 10, 10));
    assertThat(board.leaderOf("data-0")).contains("n2");
    report("n2", 2, status("data-0", Role.FOLLOWER, 7, 10, 10));
    assertThat(board.leaderOf("data-0")).contains("n1");
    assertThat(board.leaderOf("data-1")).isEmpty();
  }

  @Test
  void anOldReportIsAHintButNotFresh() {
    report("n1", 1, status("data-0", Role.LEADER, 5, 10, 10));
    nanos += Duration.ofSeconds(4).toNanos();
    assertThat(board.leaderOf("data-0")).contains("n1");
    assertThat(board.leader("data-0", Duration.ofSeconds(3))).isEmpty();
    assertThat(board.report("n1", Duration.ofSeconds(3))).isEmpty();
    assertThat(board.replicas()).extracting(ReplicaReport::ageMillis).containsExactly(4000L);
  }

  @Test
  void rememberedCommitsNeverFallWithinAnIncarnation() {
    report("n1", 1, status("data-0", Role.FOLLOWER, 1, 100, 90));
    report("n1", 1, status("data-0", Role.FOLLOWER, 1, 50, 90));
    assertThat(commits("n1", 1)).isEqualTo(Map.of("data-0", 90L));
    report("n1", 1, status("data-0", Role.FOLLOWER, 1, 120, 200));
    assertThat(commits("n1", 1)).isEqualTo(Map.of("data-0", 120L));
  }

  @Test
  void anotherIncarnationStartsAfresh() {
    report("n1", 1, status("data-0", Role.FOLLOWER, 1, 100, 90));
    assertThat(commits("n1", 2)).isEmpty();
    report("n1", 2, status("data-0", Role.LEARNER, 1, 5, 5));
    assertThat(commits("n1", 2)).isEqualTo(Map.of("data-0", 5L));
    assertThat(commits("n1", 1)).isEmpty();
  }

  @Test
  void aGroupNoLongerHostedIsForgotten() {
    report("n1", 1, status("data-0", Role.FOLLOWER, 1, 9, 9), status("meta", Role.LEADER, 1, 3, 3));
    report("n1", 1, status("meta", Role.LEADER, 1, 3, 3));
    assertThat(commits("n1", 1)).isEqualTo(Map.of("meta", 3L));
  }

  private Map<String, Long> commits(String node, int incarnation) {
    return board.reportedCommits(node, Formations.incarnation(incarnation));
  }

  private void report(String node, int incarnation, ReplicaStatus... replicas) {
    board.accept(
        new NodeReport(CLUSTER, node, Formations.incarnation(incarnation), 1, List.of(replicas)));
  }

  private static ReplicaStatus status(
      String group, Role role, long term, long lastLogIndex, long commitIndex) {
    return new ReplicaStatus(
        group,
        role,
        Optional.empty(),
        term,
        lastLogIndex,
        commitIndex,
        commitIndex,
        0,
        0,
        List.of(),
        List.of());
  }
}
