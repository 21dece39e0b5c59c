package io.raftwood.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.admin.SyncStatus.Count;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.fixtures.Formations;
import io.raftwood.raft.ReplicaStatus;
import io.raftwood.raft.ReplicaStatus.Role;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Time passes in steps of half a second, in each of which every node that runs reports. */
class VoterLagTest {
  private static final String CLUSTER = "c".repeat(32);
  private static final int SLOT = 7;

  private final ClusterDirectory directory = new ClusterDirectory();
  private long nanos = 1_000_000_000_000L;
  private final StatusBoard board = new StatusBoard(() -> nanos);
  private final VoterLag lag =
      new VoterLag(
          directory, board, () -> nanos, new VoterLag.Bounds(1_000, Duration.ofSeconds(3)));

  private final Map<String, Long> applied = new HashMap<>();
  private long commit = 100;

  @BeforeEach
  void begin() {
    directory.offer(
        new ClusterMap(
            CLUSTER,
            1,
            List.of(Formations.node(1), Formations.node(2), Formations.node(3)),
            List.of(
                new GroupRecord("meta", 0, 0, List.of("n1", "n2", "n3"), List.of()),
                new GroupRecord("data-0", 0, 1024, List.of("n3", "n1", "n2"), List.of()))));
    for (String node : List.of("n1", "n2", "n3")) {
      applied.put(node, commit);
    }
  }

  @Test
  void nobodyLagsWhileAllAreUpToDateOrNearlySo() {
    steps(10);
    assertThat(lag.lagging(SLOT)).isEmpty();
    for (int i = 0; i < 20; i++) {
      commit += 400;
      applied.put("n1", commit);
      applied.put("n2", commit - 300);
      applied.put("n3", commit - 400);
      steps(1);
      assertThat(lag.lagging(SLOT)).isEmpty();
    }
    assertThat(lag.counts()).containsExactly(count(1, 0, 0), count(2, 0, 0), count(3, 0, 0));
  }

  @Test
  void aNodeThatHasNotReportedYetIsGivenTime() {
    applied.remove("n2");
    steps(6);
    assertThat(lag.lagging(SLOT)).isEmpty();
    steps(2);
    assertThat(lag.lagging(SLOT)).containsExactly(http(2));
  }

  @Test
  void aSilentNodeLagsAndIsOwedWhatIsCommittedUntilItHasIt() {
    steps(10);
    applied.remove("n2");
    write(30);
    steps(5);
    assertThat(lag.lagging(SLOT)).isEmpty();
    steps(4);
    assertThat(lag.lagging(SLOT)).containsExactly(http(2));
    assertThat(lag.counts()).contains(count(2, 30, 0));
    write(12);
    steps(1);
    assertThat(lag.counts()).contains(count(2, 42, 0));
    applied.put("n2", 120L);
    steps(1);
    assertThat(lag.lagging(SLOT)).containsExactly(http(2));
    assertThat(lag.counts()).contains(count(2, 42, 20));
    applied.put("n2", commit);
    steps(1);
    assertThat(lag.lagging(SLOT)).isEmpty();
    write(500);
    steps(1);
    applied.put("n2", commit);
    steps(10);
    assertThat(lag.counts()).contains(count(1, 0, 0), count(2, 42, 42), count(3, 0, 0));
  }

  @Test
  void aNodeThatReportsAndDoesNotApplyLags() {
    steps(10);
    commit += 5;
    applied.put("n1", commit);
    applied.put("n3", commit);
    steps(6);
    assertThat(lag.lagging(SLOT)).isEmpty();
    steps(2);
    assertThat(lag.lagging(SLOT)).containsExactly(http(2));
  }

  @Test
  void aNodeThatIsFarBehindLagsAtOnce() {
    steps(10);
    commit += 1_001;
    applied.put("n1", commit);
    steps(1);
    assertThat(lag.lagging(SLOT)).containsExactly(http(3), http(2));
  }

  @Test
  void anEmptiedNodeIsNotOwedAgainWhatItHad() {
    steps(10);
    applied.remove("n2");
    write(30);
    steps(9);
    applied.put("n2", 0L);
    steps(1);
    assertThat(lag.lagging(SLOT)).containsExactly(http(2));
    applied.put("n2", commit);
    steps(1);
    assertThat(lag.lagging(SLOT)).isEmpty();
    assertThat(lag.counts()).contains(count(2, 30, 30));
  }

  @Test
  void whatANodeLackedBeforeItWasHeardOfIsNotCounted() {
    applied.remove("n2");
    steps(10);
    write(7);
    steps(1);
    assertThat(lag.counts()).contains(count(2, 7, 0));
    applied.put("n2", commit);
    steps(1);
    assertThat(lag.counts()).contains(count(2, 7, 7));
  }

  @Test
  void withoutAClusterMapNothingIsKnown() {
    VoterLag blank =
        new VoterLag(
            new ClusterDirectory(),
            board,
            () -> nanos,
            new VoterLag.Bounds(1, Duration.ofSeconds(1)));
    blank.tick();
    assertThat(blank.lagging(SLOT)).isEmpty();
    assertThat(blank.counts()).isEmpty();
  }

  /** The others apply it at once. */
  private void write(long entries) {
    commit += entries;
    applied.put("n1", commit);
    applied.put("n3", commit);
  }

  private void steps(int number) {
    for (int i = 0; i < number; i++) {
      nanos += 500_000_000L;
      applied.forEach(this::report);
      lag.tick();
    }
  }

  /** n1 leads, and has committed whatever it has applied. */
  private void report(String node, long appliedIndex) {
    boolean leads = node.equals("n1");
    ReplicaStatus status =
        new ReplicaStatus(
            "data-0",
            leads ? Role.LEADER : Role.FOLLOWER,
            Optional.of("n1"),
            1,
            commit,
            leads ? commit : appliedIndex,
            appliedIndex,
            0,
            0,
            List.of(),
            List.of());
    int number = node.charAt(1) - '0';
    board.accept(new NodeReport(CLUSTER, node, Formations.incarnation(number), 1, List.of(status)));
  }

  private static String http(int number) {
    return "127.0.0.1:" + (8080 + number);
  }

  private static Count count(int number, long owed, long delivered) {
    return new Count(http(number), owed, delivered);
  }
}
