package io.raftwood.raft.jraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

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
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.OverloadedException;
import io.raftwood.raft.ProposalSettings;
import io.raftwood.raft.Query;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.ReplicationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replicas that lose their quorum, are stopped, or are flooded. */
class QuorumLossIT {
  private static final String KEY = "k";

  @TempDir Path directory;

  @Test
  void aLeaderCutOffFromItsQuorumServesLeaseReadsOnlyWhileItsLeaseHolds() {
    try (InProcessCluster cluster = cluster(ProposalSettings.DEFAULT)) {
      int leader = cluster.awaitLeader();
      put(cluster.replica(leader), "old").join();
      read(cluster.replica(leader), ReadConsistency.LINEARIZABLE).join();
      assertThat(read(cluster.replica(leader), ReadConsistency.LEASE)).isCompleted();
      cluster.stop((leader + 1) % 3);
      cluster.stop((leader + 2) % 3);
      Await.until(
          InProcessCluster.PATIENCE,
          cluster::describe,
          () -> {
            CompletableFuture<Answer> read = read(cluster.replica(leader), ReadConsistency.LEASE);
            return catchThrowable(read::join) != null;
          });
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(read(cluster.replica(leader), ReadConsistency.LEASE)::join)
            .hasCauseInstanceOf(ReplicationException.class);
      }
      assertThat(value(read(cluster.replica(leader), ReadConsistency.LOCAL).join()))
          .isEqualTo("old");

      cluster.stop(leader);
      cluster.start((leader + 1) % 3);
      cluster.start((leader + 2) % 3);
      int next = cluster.awaitLeader();
      assertThat(next).isNotEqualTo(leader);
      put(cluster.replica(next), "new").join();
      cluster.start(leader);
      Await.until(
          InProcessCluster.PATIENCE,
          cluster::describe,
          () -> {
            neverOld(cluster.replica(leader), ReadConsistency.LEASE);
            return neverOld(cluster.replica(leader), ReadConsistency.LINEARIZABLE);
          });
      assertThat(cluster.faults).isEmpty();
    }
  }

  @Test
  void aRestartOfAllThreeKeepsEverythingThatWasAcknowledged() {
    try (InProcessCluster cluster = cluster(ProposalSettings.DEFAULT)) {
      JRaftGroup leader = cluster.replica(cluster.awaitLeader());
      List<CompletableFuture<Committed>> puts = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        puts.add(put(leader, "v" + i));
      }
      puts.forEach(CompletableFuture::join);
      for (int number = 0; number < 3; number++) {
        cluster.stop(number);
      }
      for (int number = 0; number < 3; number++) {
        cluster.start(number);
      }
      JRaftGroup next = cluster.replica(cluster.awaitLeader());
      assertThat(value(read(next, ReadConsistency.LINEARIZABLE).join())).isEqualTo("v299");
      assertThat(version(put(next, "after").join())).isEqualTo(301);
      assertThat(cluster.faults).isEmpty();
    }
  }

  @Test
  void aFloodIsRefusedBeyondTheBoundAndNothingIsLostOrDoubled() {
    try (InProcessCluster cluster = cluster(new ProposalSettings(2, 1, 16))) {
      JRaftGroup leader = cluster.replica(cluster.awaitLeader());
      List<CompletableFuture<Committed>> puts = new ArrayList<>();
      for (int i = 0; i < 20_000; i++) {
        puts.add(put(leader, "v" + i));
      }
      List<Long> versions = new ArrayList<>();
      int refused = 0;
      for (CompletableFuture<Committed> put : puts) {
        Throwable failure = catchThrowable(put::join);
        if (failure == null) {
          versions.add(version(put.join()));
        } else {
          assertThat(failure).hasCauseInstanceOf(OverloadedException.class);
          refused++;
        }
      }
      assertThat(refused).isPositive();
      assertThat(versions)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, versions.size()).boxed().toList());
      assertThat(version(put(leader, "last").join())).isEqualTo(versions.size() + 1);
      assertThat(leader.pendingCommands()).isZero();
      assertThat(cluster.faults).isEmpty();
    }
  }

  @Test
  void aStopUnderLoadAnswersEveryRequest() {
    try (InProcessCluster cluster = cluster(ProposalSettings.DEFAULT)) {
      int number = cluster.awaitLeader();
      JRaftGroup leader = cluster.replica(number);
      List<CompletableFuture<?>> requests = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        requests.add(put(leader, "v" + i));
        requests.add(read(leader, ReadConsistency.LINEARIZABLE));
      }
      cluster.stop(number);
      for (CompletableFuture<?> request : requests) {
        Throwable failure =
            catchThrowable(
                request.orTimeout(InProcessCluster.PATIENCE.toSeconds(), TimeUnit.SECONDS)::join);
        if (failure != null) {
          assertThat(failure).hasCauseInstanceOf(ReplicationException.class);
        }
      }
      for (ReadConsistency consistency : ReadConsistency.values()) {
        assertThatThrownBy(read(leader, consistency)::join)
            .hasCauseInstanceOf(ReplicationException.class);
      }
      assertThatThrownBy(read(leader, ReadConsistency.LOCAL)::join)
          .hasCauseInstanceOf(GroupUnavailableException.class);
      assertThat(leader.pendingCommands()).isZero();
      assertThat(cluster.faults).isEmpty();
    }
  }

  private InProcessCluster cluster(ProposalSettings proposals) {
    JRaftGroupSettings settings =
        new JRaftGroupSettings(
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            0,
            1L << 30,
            1_000,
            Duration.ofSeconds(30),
            proposals);
    return new InProcessCluster(directory, 3, settings);
  }

  /** Whether the replica answered; what it answers is not older than what was acknowledged. */
  private static boolean neverOld(JRaftGroup replica, ReadConsistency consistency) {
    CompletableFuture<Answer> read = read(replica, consistency);
    if (catchThrowable(read::join) != null) {
      return false;
    }
    assertThat(value(read.join())).isEqualTo("new");
    return true;
  }

  private static CompletableFuture<Committed> put(JRaftGroup replica, String value) {
    KvCommand put = new KvCommand.Put(RecordId.key(Bytes.utf8(KEY)), Bytes.utf8(value), 0, 0);
    return replica.propose(
        Command.of(KvCommand.FAMILY, KvCommandCodec.encode(put)),
        Deadline.after(InProcessCluster.PATIENCE));
  }

  private static long version(Committed committed) {
    return ((KvResult.Stored) KvResultCodec.decode(committed.result())).version();
  }

  private static CompletableFuture<Answer> read(JRaftGroup replica, ReadConsistency consistency) {
    Bytes payload = KvQueryCodec.encode(new KvQuery.Get(RecordId.key(Bytes.utf8(KEY))));
    return replica.query(
        new Query(KvCommand.FAMILY, payload),
        consistency,
        Deadline.after(Duration.ofSeconds(3)),
        Runnable::run);
  }

  private static String value(Answer answer) {
    return ((KvResult.Found) KvResultCodec.decode(answer.result())).value().toUtf8();
  }
}
