package io.raftwood.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.Await;
import io.raftwood.peer.PeerException;
import io.raftwood.raft.Answer;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.NotLeaderException;
import io.raftwood.raft.Query;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reads that any replica may answer: asked so, or because no leader answers in time. */
class StaleReadTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration STALE_AFTER = Duration.ofMillis(60);
  private static final NotLeaderException NOT_LEADER =
      new NotLeaderException(FakeGroup.NAME, Optional.empty());

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final FakeNetwork network = new FakeNetwork();
  private final FakeGroup replica = new FakeGroup();
  private Optional<FakeGroup> here = Optional.of(replica);
  private final RequestRouter router =
      new RequestRouter(network, group -> here.map(one -> one), network, timer, STALE_AFTER);

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @Test
  void aLeaseReadThatMayBeStaleIsAnsweredHereOnceNoLeaderDidAndMarked() {
    onlyLocalReadsWork();
    assertThat(read(ReadConsistency.LEASE, true, PATIENCE).join())
        .isEqualTo(new Replicated<>(FakeGroup.RESULT, 7, true));
    assertThat(replica.queries)
        .startsWith(ReadConsistency.LEASE)
        .endsWith(ReadConsistency.LOCAL)
        .containsOnlyOnce(ReadConsistency.LOCAL);
  }

  @Test
  void onlyLeaseReadsThatAllowItAreStale() {
    onlyLocalReadsWork();
    Duration time = STALE_AFTER.multipliedBy(4);
    assertUnavailable(read(ReadConsistency.LEASE, false, time));
    assertUnavailable(read(ReadConsistency.LINEARIZABLE, true, time));
    assertThat(replica.queries).doesNotContain(ReadConsistency.LOCAL);
  }

  @Test
  void aLeaderThatAnswersBeforeGivesAFreshAnswer() {
    replica.onQuery =
        level ->
            replica.queries.size() < 2
                ? CompletableFuture.failedFuture(new GroupUnavailableException("election"))
                : CompletableFuture.completedFuture(new Answer(FakeGroup.RESULT, 8, level));
    RequestRouter patient =
        new RequestRouter(network, group -> Optional.of(replica), network, timer, PATIENCE);
    assertThat(
            patient.read(1, query(), options(ReadConsistency.LEASE, true, PATIENCE)).join().stale())
        .isFalse();
  }

  @Test
  void aLocalReadAsksNobodyElseAndIsNotCalledStale() {
    network.leader = Optional.of("node1");
    network.silent("node1");
    assertThat(read(ReadConsistency.LOCAL, false, PATIENCE).join())
        .isEqualTo(new Replicated<>(FakeGroup.RESULT, 7, false));
    assertThat(replica.queries).containsExactly(ReadConsistency.LOCAL);
    assertThat(network.asked).isEmpty();
  }

  @Test
  void aLocalReadWithoutAReplicaHereGoesFromHostToHost() {
    here = Optional.empty();
    network.fails("node1", new PeerException("refused", false));
    network.answers("node2", ForwardReply.encode(NOT_LEADER));
    network.answers("node3", localReply());
    assertThat(read(ReadConsistency.LOCAL, false, PATIENCE).join())
        .isEqualTo(new Replicated<>(FakeGroup.RESULT, 4, false));
    assertThat(network.asked).containsExactly("node1", "node2", "node3");
    network.answers("node3", ForwardReply.encode(NOT_LEADER));
    assertThat(failure(read(ReadConsistency.LOCAL, false, PATIENCE)))
        .isInstanceOfAny(GroupUnavailableException.class, NotLeaderException.class);
  }

  /** A leader that is frozen takes connections and never answers; it must not cost the fallback. */
  @Test
  void aLeaderThatTakesTheReadAndNeverAnswersDoesNotKeepTheFallbackWaiting() {
    here = Optional.empty();
    network.leader = Optional.of("node1");
    network.silent("node1");
    network.answers("node2", localReply());
    assertThat(read(ReadConsistency.LEASE, true, Duration.ofSeconds(2)).join())
        .isEqualTo(new Replicated<>(FakeGroup.RESULT, 4, true));
  }

  /** As above: this node leads, has lost its quorum and its lease, and waits for a read index. */
  @Test
  void aReadIndexThatNobodyConfirmsDoesNotKeepTheFallbackWaiting() {
    replica.onQuery =
        level ->
            level == ReadConsistency.LOCAL
                ? CompletableFuture.completedFuture(new Answer(FakeGroup.RESULT, 7, level))
                : new CompletableFuture<Answer>()
                    .orTimeout(
                        Math.max(1, replica.deadlines.get(0).remainingMillis()),
                        TimeUnit.MILLISECONDS)
                    .exceptionallyCompose(
                        late ->
                            CompletableFuture.failedFuture(
                                new GroupUnavailableException("no read index")));
    assertThat(read(ReadConsistency.LEASE, true, PATIENCE).orTimeout(10, TimeUnit.SECONDS).join())
        .isEqualTo(new Replicated<>(FakeGroup.RESULT, 7, true));
  }

  private void onlyLocalReadsWork() {
    replica.onQuery =
        level ->
            level == ReadConsistency.LOCAL
                ? CompletableFuture.completedFuture(new Answer(FakeGroup.RESULT, 7, level))
                : CompletableFuture.failedFuture(NOT_LEADER);
  }

  private static Bytes localReply() {
    return ForwardReply.encode(new ForwardReply.Result(FakeGroup.RESULT, 4, ReadConsistency.LOCAL));
  }

  private static Query query() {
    return new Query(1, Bytes.utf8("query"));
  }

  private CompletableFuture<Replicated<Bytes>> read(
      ReadConsistency consistency, boolean staleFallback, Duration time) {
    return router.read(1, query(), options(consistency, staleFallback, time));
  }

  private static RequestOptions options(
      ReadConsistency consistency, boolean staleFallback, Duration time) {
    return new RequestOptions(
        consistency, staleFallback, Deadline.after(time), Optional.empty(), Runnable::run);
  }

  private static void assertUnavailable(CompletableFuture<?> read) {
    assertThat(failure(read)).isInstanceOf(GroupUnavailableException.class);
  }

  private static Throwable failure(CompletableFuture<?> future) {
    Await.until(PATIENCE, () -> "an answer", future::isDone);
    assertThat(future).isCompletedExceptionally();
    return catchThrowableOfType(CompletionException.class, future::join).getCause();
  }
}
