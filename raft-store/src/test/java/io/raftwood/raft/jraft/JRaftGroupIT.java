package io.raftwood.raft.jraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.Await;
import io.raftwood.fixtures.InProcessCluster;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvCommandCodec;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.KvQueryCodec;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.KvResultCodec;
import io.raftwood.kv.RecordId;
import io.raftwood.raft.Answer;
import io.raftwood.raft.Command;
import io.raftwood.raft.Committed;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.KernelCommand;
import io.raftwood.raft.NotLeaderException;
import io.raftwood.raft.ProposalSettings;
import io.raftwood.raft.Query;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.ReplicaStatus;
import io.raftwood.raft.ReplicaStatus.Role;
import io.raftwood.raft.ReplicationException;
import io.raftwood.raft.StateHash;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replicas over real JRaft and RocksDB. */
class JRaftGroupIT {
  private static final JRaftGroupSettings SETTINGS =
      new JRaftGroupSettings(
          Duration.ofSeconds(1),
          Duration.ofMinutes(5),
          0,
          1L << 30,
          1000,
          Duration.ofSeconds(30),
          ProposalSettings.DEFAULT);

  @TempDir Path directory;

  @Test
  void oneReplicaAloneServes() {
    try (InProcessCluster cluster = new InProcessCluster(directory, 1, SETTINGS)) {
      int leader = cluster.awaitLeader();
      assertThat(put(cluster, leader, "k", "v")).isEqualTo(new KvResult.Stored(1));
      assertThat(get(cluster, leader, "k", ReadConsistency.LINEARIZABLE)).isEqualTo("v");
      cluster.stop(leader);
      cluster.start(leader);
      assertThat(cluster.awaitLeader()).isEqualTo(leader);
      assertThat(get(cluster, leader, "k", ReadConsistency.LINEARIZABLE)).isEqualTo("v");
      assertThat(cluster.faults).isEmpty();
    }
  }

  @Test
  void everyReplicaAnswersLinearizableReadsAndOnlyTheLeaderProposes() {
    try (InProcessCluster cluster = new InProcessCluster(directory, 3, SETTINGS)) {
      int leader = cluster.awaitLeader();
      assertThat(put(cluster, leader, "k", "one")).isEqualTo(new KvResult.Stored(1));
      assertThat(put(cluster, leader, "k", "two")).isEqualTo(new KvResult.Stored(2));
      for (int number = 0; number < 3; number++) {
        assertThat(get(cluster, number, "k", ReadConsistency.LINEARIZABLE)).isEqualTo("two");
      }
      int follower = (leader + 1) % 3;
      assertThatThrownBy(() -> put(cluster, follower, "k", "three"))
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(
              NotLeaderException.class, e -> assertThat(e.leader()).contains("node" + leader));
      assertThat(cluster.faults).isEmpty();
    }
  }

  @Test
  void leaseReadsAreAnsweredAtOnceAfterAReadIndexAndNotAfterATransfer() {
    try (InProcessCluster cluster = new InProcessCluster(directory, 3, SETTINGS)) {
      int leader = cluster.awaitLeader();
      put(cluster, leader, "k", "v");
      get(cluster, leader, "k", ReadConsistency.LINEARIZABLE);
      Answer answer = query(cluster, leader, "k", ReadConsistency.LEASE);
      assertThat(answer.consistency()).isEqualTo(ReadConsistency.LEASE);

      int target = (leader + 1) % 3;
      cluster.replica(leader).control().transferLeadership(cluster.peer(target)).join();
      Await.until(
          InProcessCluster.PATIENCE,
          cluster::describe,
          () -> cluster.replica(target).status().role() == Role.LEADER);
      put(cluster, target, "k", "w");
      assertThatThrownBy(() -> query(cluster, leader, "k", ReadConsistency.LEASE))
          .hasCauseInstanceOf(NotLeaderException.class);
      assertThat(get(cluster, leader, "k", ReadConsistency.LINEARIZABLE)).isEqualTo("w");
      assertThat(cluster.faults).isEmpty();
    }
  }

  @Test
  void aPlannedTransferLeavesNoOutcomeUnknown() throws InterruptedException {
    try (InProcessCluster cluster = new InProcessCluster(directory, 3, SETTINGS)) {
      int leader = cluster.awaitLeader();
      Writers writers = new Writers(cluster, 32);
      for (int transfer = 0; transfer < 10; transfer++) {
        int from = leader;
        int target = (leader + 1) % 3;
        writers.awaitMore(500);
        cluster.replica(from).control().transferLeadership(cluster.peer(target)).join();
        Await.until(
            InProcessCluster.PATIENCE,
            cluster::describe,
            () -> cluster.replica(target).status().role() == Role.LEADER);
        leader = target;
      }
      writers.awaitMore(500);
      assertThat(writers.stop()).as("failures that are not safe to repeat").isEmpty();
      assertThat(cluster.faults).isEmpty();
    }
  }

  @Test
  void aReplicaPastLogTruncationCatchesUpBySnapshotAndHashesAreEqual() {
    try (InProcessCluster cluster = new InProcessCluster(directory, 3, SETTINGS)) {
      int leader = cluster.awaitLeader();
      putMany(cluster, leader, 0, 200);
      int follower = (leader + 1) % 3;
      cluster.stop(follower);
      putMany(cluster, leader, 200, 400);
      cluster.replica(leader).control().snapshot().join();
      putMany(cluster, leader, 400, 500);
      // JRaft cuts the log up to the snapshot before the newest one.
      cluster.replica(leader).control().snapshot().join();
      putMany(cluster, leader, 500, 600);
      cluster.start(follower);
      Await.until(
          InProcessCluster.PATIENCE,
          cluster::describe,
          () ->
              cluster.replica(follower).status().snapshotIndex() > 0
                  || applied(cluster, follower) >= applied(cluster, leader));
      assertThat(get(cluster, follower, "k599", ReadConsistency.LINEARIZABLE)).isEqualTo("v599");
      assertThat(get(cluster, follower, "k300", ReadConsistency.LINEARIZABLE)).isEqualTo("v300");
      assertThat(Set.copyOf(hashes(cluster, leader, 7))).hasSize(1);
      assertThat(cluster.faults).isEmpty();
    }
  }

  @Test
  void aLearnerJoinsAndReplacesAVoter() {
    try (InProcessCluster cluster = new InProcessCluster(directory, 3, 1, SETTINGS)) {
      int leader = cluster.awaitLeader();
      putMany(cluster, leader, 0, 100);
      int dead = (leader + 1) % 3;
      cluster.stop(dead);
      cluster.start(3);
      cluster.replica(leader).control().addLearner(cluster.peer(3)).join();
      Await.until(
          InProcessCluster.PATIENCE,
          cluster::describe,
          () -> applied(cluster, 3) >= applied(cluster, leader));
      assertThat(cluster.replica(3).status().role()).isEqualTo(Role.LEARNER);
      List<io.raftwood.raft.PeerId> voters = new ArrayList<>();
      for (int number = 0; number < 4; number++) {
        if (number != dead) {
          voters.add(cluster.peer(number));
        }
      }
      cluster.replica(leader).control().changeVoters(voters).join();
      ReplicaStatus status = cluster.replica(leader).status();
      assertThat(status.voters()).containsExactlyInAnyOrderElementsOf(voters);
      assertThat(status.learners()).isEmpty();
      put(cluster, leader, "after", "change");
      assertThat(get(cluster, 3, "after", ReadConsistency.LINEARIZABLE)).isEqualTo("change");
      assertThat(cluster.faults).isEmpty();
    }
  }

  /** JRaft by itself waits for the next entry if the new voter answers before it is waited for. */
  @Test
  void votersComeAndGoInAnIdleGroupOnABusyMachine() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    int burners = 4 * Runtime.getRuntime().availableProcessors();
    ExecutorService busy = Executors.newFixedThreadPool(burners);
    try (InProcessCluster cluster = new InProcessCluster(directory, 3, SETTINGS)) {
      int leader = cluster.awaitLeader();
      putMany(cluster, leader, 0, 10);
      for (int i = 0; i < burners; i++) {
        busy.submit(
            () -> {
              while (!done.get()) {
                Thread.onSpinWait();
              }
            });
      }
      List<io.raftwood.raft.PeerId> all =
          List.of(cluster.peer(0), cluster.peer(1), cluster.peer(2));
      List<io.raftwood.raft.PeerId> two = new ArrayList<>(all);
      two.remove(cluster.peer((leader + 1) % 3));
      for (int round = 0; round < 30; round++) {
        changed(cluster, leader, two);
        changed(cluster, leader, all);
      }
    } finally {
      done.set(true);
      busy.shutdown();
    }
  }

  private static void changed(
      InProcessCluster cluster, int leader, List<io.raftwood.raft.PeerId> voters) throws Exception {
    cluster
        .replica(leader)
        .control()
        .changeVoters(voters)
        .get(InProcessCluster.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static long applied(InProcessCluster cluster, int number) {
    return cluster.replica(number).status().appliedIndex();
  }

  private static List<StateHash> hashes(InProcessCluster cluster, int leader, long barrier) {
    cluster
        .replica(leader)
        .propose(new KernelCommand.Barrier(barrier).toCommand(), deadline())
        .join();
    List<StateHash> hashes = new ArrayList<>();
    for (int number = 0; number < 3; number++) {
      BarrierSource source = new BarrierSource(cluster, number);
      hashes.add(
          Await.value(InProcessCluster.PATIENCE, cluster::describe, () -> source.at(barrier))
              .join());
    }
    return hashes;
  }

  /** Threads that write to whoever leads, and go on after what was certainly not applied. */
  private static final class Writers {
    private final InProcessCluster cluster;
    private final AtomicLong written = new AtomicLong();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    Writers(InProcessCluster cluster, int count) {
      this.cluster = cluster;
      for (int i = 0; i < count; i++) {
        String key = "w" + i;
        Thread thread = new Thread(() -> write(key), key);
        thread.start();
        threads.add(thread);
      }
    }

    private void write(String key) {
      for (int i = 0; !stopped; i++) {
        try {
          put(cluster, i % 3, key, "v" + i);
          written.incrementAndGet();
        } catch (CompletionException e) {
          ReplicationException failure = (ReplicationException) e.getCause();
          if (!failure.certainlyNotApplied()) {
            failures.add(failure);
          }
        }
      }
    }

    void awaitMore(long count) {
      long until = written.get() + count;
      Await.until(InProcessCluster.PATIENCE, cluster::describe, () -> written.get() >= until);
    }

    List<Throwable> stop() throws InterruptedException {
      stopped = true;
      for (Thread thread : threads) {
        thread.join();
      }
      return failures;
    }
  }

  private record BarrierSource(InProcessCluster cluster, int number) {
    java.util.Optional<CompletableFuture<StateHash>> at(long barrier) {
      return cluster.replica(number).hashes().find(barrier);
    }
  }

  private static void putMany(InProcessCluster cluster, int leader, int from, int to) {
    List<CompletableFuture<Committed>> pending = new ArrayList<>();
    for (int i = from; i < to; i++) {
      pending.add(cluster.replica(leader).propose(command("k" + i, "v" + i), deadline()));
    }
    pending.forEach(CompletableFuture::join);
  }

  private static KvResult put(InProcessCluster cluster, int number, String key, String value) {
    Committed committed = cluster.replica(number).propose(command(key, value), deadline()).join();
    return KvResultCodec.decode(committed.result());
  }

  private static Command command(String key, String value) {
    KvCommand put = new KvCommand.Put(RecordId.key(Bytes.utf8(key)), Bytes.utf8(value), 0, 0);
    return Command.of(KvCommand.FAMILY, KvCommandCodec.encode(put));
  }

  private static String get(
      InProcessCluster cluster, int number, String key, ReadConsistency consistency) {
    KvResult result = KvResultCodec.decode(query(cluster, number, key, consistency).result());
    return ((KvResult.Found) result).value().toUtf8();
  }

  private static Answer query(
      InProcessCluster cluster, int number, String key, ReadConsistency consistency) {
    Bytes payload = KvQueryCodec.encode(new KvQuery.Get(RecordId.key(Bytes.utf8(key))));
    return cluster
        .replica(number)
        .query(new Query(KvCommand.FAMILY, payload), consistency, deadline(), Runnable::run)
        .join();
  }

  private static Deadline deadline() {
    return Deadline.after(InProcessCluster.PATIENCE);
  }
}
