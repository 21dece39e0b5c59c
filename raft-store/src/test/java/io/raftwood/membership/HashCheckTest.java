package io.raftwood.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.admin.GroupCheck;
import io.raftwood.admin.GroupCheck.ReplicaHash;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.InitialPlacement;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.fixtures.Formations;
import io.raftwood.peer.NodeAddress;
import io.raftwood.peer.PeerException;
import io.raftwood.peer.PeerTransport;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.StateHash;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HashCheckTest {
  private static final ClusterMap MAP = InitialPlacement.of(Formations.of(3, 1));

  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private final ClusterDirectory directory = new ClusterDirectory();
  private final Map<NodeAddress, Map<String, FakeReplica>> nodes = new HashMap<>();
  private final Map<NodeAddress, Integer> skips = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final HashCheck check =
      new HashCheck(directory, this::barrier, transport(), scheduler, ids::incrementAndGet);

  HashCheckTest() {
    directory.offer(MAP);
    for (NodeRecord node : MAP.nodes()) {
      Map<String, FakeReplica> replicas = new ConcurrentHashMap<>();
      MAP.groups().forEach(group -> replicas.put(group.name(), new FakeReplica(group.name())));
      nodes.put(node.raft(), replicas);
    }
  }

  @AfterEach
  void stop() {
    scheduler.shutdownNow();
  }

  @Test
  void equalReplicasOfEveryGroupAreEqual() throws Exception {
    List<GroupCheck> checks = run();
    assertThat(checks).extracting(GroupCheck::group).containsExactly("meta", "data-0");
    assertThat(checks).allMatch(GroupCheck::equal);
    assertThat(checks.get(0).replicas())
        .containsExactly(
            new ReplicaHash("n1", Optional.of("aa"), 7, ""),
            new ReplicaHash("n2", Optional.of("aa"), 7, ""),
            new ReplicaHash("n3", Optional.of("aa"), 7, ""));
  }

  @Test
  void anUnreachableNodeIsNamed() throws Exception {
    nodes.remove(MAP.nodes().get(2).raft());
    GroupCheck meta = run().get(0);
    assertThat(meta.equal()).isFalse();
    assertThat(meta.replicas().get(2))
        .isEqualTo(new ReplicaHash("n3", Optional.empty(), 0, "unreachable"));
  }

  @Test
  void aReplicaThatSkippedTheBarrierGetsAnother() throws Exception {
    skips.put(MAP.nodes().get(1).raft(), 2);
    assertThat(run().get(0).equal()).isTrue();
    assertThat(ids.get()).isEqualTo(4);
  }

  @Test
  void aReplicaThatSkipsEveryBarrierIsReported() throws Exception {
    skips.put(MAP.nodes().get(1).raft(), 1000);
    GroupCheck meta = run().get(0);
    assertThat(meta.equal()).isFalse();
    assertThat(meta.replicas().get(1).detail()).startsWith("retry: ");
    assertThat(ids.get()).isEqualTo(6);
  }

  @Test
  void aReplicaThatIsNotThereYetIsReported() throws Exception {
    nodes.get(MAP.nodes().get(1).raft()).remove("data-0");
    assertThat(run().get(1).replicas().get(1).detail()).contains("does not run yet");
  }

  @Test
  void aReplicaThatIsBehindIsAwaitedUntilTheDeadline() {
    nodes.get(MAP.nodes().get(1).raft()).get("meta").applied = -1;
    List<GroupCheck> checks = check.check(Deadline.after(Duration.ofMillis(300))).join();
    assertThat(checks.get(0).replicas().get(1).detail()).contains("not hashed before the deadline");
  }

  @Test
  void aGroupWithoutLeaderFailsTheCheck() {
    HashCheck without =
        new HashCheck(
            directory,
            (group, id, deadline) ->
                CompletableFuture.failedFuture(new GroupUnavailableException("no leader")),
            transport(),
            scheduler,
            ids::incrementAndGet);
    assertThatThrownBy(() -> without.check(Deadline.after(Duration.ofSeconds(1))).join())
        .hasCauseInstanceOf(GroupUnavailableException.class);
  }

  private List<GroupCheck> run() throws Exception {
    return check.check(Deadline.after(Duration.ofSeconds(20))).get(30, TimeUnit.SECONDS);
  }

  /** Every replica takes the barrier, but those that are behind or skip it. */
  private CompletableFuture<Long> barrier(String group, long id, Deadline deadline) {
    nodes.forEach(
        (address, replicas) -> {
          FakeReplica replica = replicas.get(group);
          if (replica == null || replica.applied < 0) {
            return;
          }
          replica.applied = 10 + id;
          int left = skips.merge(address, -1, Integer::sum);
          if (left < 0) {
            CompletableFuture<StateHash> hash = new CompletableFuture<>();
            replica.hashes.put(id, hash);
            var unused =
                scheduler.schedule(
                    () -> hash.complete(new StateHash("aa", 7)), 20, TimeUnit.MILLISECONDS);
          }
        });
    return CompletableFuture.completedFuture(10 + id);
  }

  private PeerTransport transport() {
    return (address, kind, request, timeout) -> {
      Map<String, FakeReplica> replicas = nodes.get(address);
      return replicas == null
          ? CompletableFuture.failedFuture(new PeerException("connection refused", false))
          : new StateHashService(
                  group -> Optional.ofNullable(replicas.get(group)).map(FakeReplica::hosted))
              .serve(request);
    };
  }
}
