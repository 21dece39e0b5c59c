package io.raftwood.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.Await;
import io.raftwood.peer.PeerException;
import io.raftwood.raft.Committed;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.DiskFullException;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.NotLeaderException;
import io.raftwood.raft.OutcomeUnknownException;
import io.raftwood.raft.OverloadedException;
import io.raftwood.raft.Query;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestRouterTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration STALE_AFTER = Duration.ofMillis(60);
  private static final Query QUERY = new Query(1, Bytes.utf8("query"));
  private static final Bytes REPLY =
      ForwardReply.encode(
          new ForwardReply.Result(FakeGroup.RESULT, 9, ReadConsistency.LINEARIZABLE));
  private static final NotLeaderException NOT_LEADER =
      new NotLeaderException(FakeGroup.NAME, Optional.empty());

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "answers"));
  private final FakeNetwork network = new FakeNetwork();
  private final FakeGroup replica = new FakeGroup();
  private Optional<FakeGroup> here = Optional.of(replica);
  private final RequestRouter router =
      new RequestRouter(network, group -> here.map(one -> one), network, timer, STALE_AFTER);

  @AfterEach
  void stop() {
    timer.shutdownNow();
    executor.shutdownNow();
  }

  @Test
  void theLocalLeaderIsAskedOnce() {
    assertThat(write(PATIENCE).join()).isEqualTo(new Replicated<>(FakeGroup.RESULT, 7, false));
    assertThat(replica.proposed).hasSize(1);
    assertThat(read(ReadConsistency.LEASE, PATIENCE).join())
        .isEqualTo(new Replicated<>(FakeGroup.RESULT, 7, false));
    assertThat(network.asked).isEmpty();
  }

  @Test
  void aWriteIsTriedAgainWhileItWasCertainlyNotApplied() {
    replica.failsToPropose(3, new GroupUnavailableException("election"));
    assertThat(write(PATIENCE).join().value()).isEqualTo(FakeGroup.RESULT);
    assertThat(replica.proposed).hasSize(4);
  }

  @Test
  void aWriteIsNeverSentAgainOnceItMayHaveBeenApplied() {
    replica.failsToPropose(1, new OutcomeUnknownException("in flight"));
    assertThat(failure(write(PATIENCE))).isInstanceOf(OutcomeUnknownException.class);
    assertThat(replica.proposed).hasSize(1);
    here = Optional.empty();
    network.leader = Optional.of("node1");
    network.answers("node1", ForwardReply.encode(new OutcomeUnknownException("in flight")));
    assertThat(failure(write(PATIENCE))).isInstanceOf(OutcomeUnknownException.class);
    network.fails("node1", new PeerException("connection lost", true));
    assertThat(failure(write(PATIENCE))).isInstanceOf(OutcomeUnknownException.class);
    network.answers("node1", Bytes.utf8("garbage"));
    assertThat(failure(write(PATIENCE))).isInstanceOf(OutcomeUnknownException.class);
    assertThat(network.asked).hasSize(3);
  }

  @Test
  void anOverloadIsToldAtOnce() {
    replica.failsToPropose(9, new OverloadedException("full"));
    assertThat(failure(write(PATIENCE))).isInstanceOf(OverloadedException.class);
    assertThat(replica.proposed).hasSize(1);
  }

  @Test
  void aFullDiskIsToldAtOnceFromHereAndFromTheLeader() {
    replica.failsToPropose(9, new DiskFullException("no room"));
    assertThat(failure(write(PATIENCE))).isInstanceOf(DiskFullException.class);
    assertThat(replica.proposed).hasSize(1);
    here = Optional.empty();
    network.leader = Optional.of("node1");
    network.answers("node1", ForwardReply.encode(new DiskFullException("no room")));
    assertThat(failure(write(PATIENCE))).isInstanceOf(DiskFullException.class);
    assertThat(network.asked).hasSize(1);
  }

  @Test
  void aWriteThatDidNotArriveGoesToTheNextLeader() {
    here = Optional.empty();
    network.leader = Optional.of("node1");
    network.answers("node2", REPLY);
    network.answers(
        "node1",
        request -> {
          network.leader = Optional.of("node2");
          return CompletableFuture.failedFuture(new PeerException("refused", false));
        });
    assertThat(write(PATIENCE).join()).isEqualTo(new Replicated<>(FakeGroup.RESULT, 9, false));
    assertThat(network.asked).containsExactly("node1", "node2");
  }

  @Test
  void theLocalReplicasHintIsFollowed() {
    replica.failsToPropose(9, new NotLeaderException(FakeGroup.NAME, Optional.of("node2")));
    network.answers("node2", REPLY);
    assertThat(write(PATIENCE).join().appliedIndex()).isEqualTo(9);
    assertThat(network.asked).containsExactly("node2");
  }

  /** The locator learns from reports, so it may name a leader of seconds ago. */
  @Test
  void aNodesHintIsFollowedAlthoughTheLocatorStillNamesThatNode() {
    here = Optional.empty();
    network.leader = Optional.of("node1");
    network.answers("node1", notLeaderBut("node2"));
    network.answers("node2", REPLY);
    assertThat(write(PATIENCE).join().appliedIndex()).isEqualTo(9);
    assertThat(network.asked).containsExactly("node1", "node2");
  }

  @Test
  void aHintThatLeadsNowhereIsForgotten() {
    here = Optional.empty();
    network.leader = Optional.of("node1");
    network.answers(
        "node1",
        request -> {
          boolean first = network.asked.size() == 1;
          return CompletableFuture.completedFuture(first ? notLeaderBut("unknown") : REPLY);
        });
    assertThat(write(PATIENCE).join().appliedIndex()).isEqualTo(9);
    assertThat(network.asked).containsExactly("node1", "node1");
  }

  @Test
  void withoutAMapOrALeaderTheRequestWaitsForThem() {
    network.group = Optional.empty();
    here = Optional.empty();
    CompletableFuture<Replicated<Bytes>> answer = write(PATIENCE);
    assertThat(failure(write(SHORT))).isInstanceOf(GroupUnavailableException.class);
    network.group = Optional.of(FakeGroup.NAME);
    assertThat(failure(write(SHORT))).isInstanceOf(GroupUnavailableException.class);
    assertThat(answer).isNotDone();
    network.answers("node1", REPLY);
    network.leader = Optional.of("node1");
    assertThat(answer.join().appliedIndex()).isEqualTo(9);
  }

  @Test
  void thoughNobodyLeadsTheAnswerComesAroundTheDeadline() {
    replica.failsToPropose(Integer.MAX_VALUE, NOT_LEADER);
    replica.onQuery = level -> CompletableFuture.failedFuture(NOT_LEADER);
    assertInTime(write(SHORT), GroupUnavailableException.class);
    assertInTime(read(ReadConsistency.LINEARIZABLE, SHORT), GroupUnavailableException.class);
    assertThat(replica.proposed).as("with pauses that grow").hasSizeBetween(2, 30);
  }

  @Test
  void aLeaderThatNeverAnswersMakesAWriteUnknownAndAReadUnavailable() {
    here = Optional.empty();
    network.leader = Optional.of("node1");
    network.silent("node1");
    assertInTime(write(SHORT), OutcomeUnknownException.class);
    assertInTime(read(ReadConsistency.LINEARIZABLE, SHORT), GroupUnavailableException.class);
    assertThat(network.requests.get(0).timeLeftMillis()).isBetween(1L, SHORT.toMillis());
  }

  @Test
  void readsAreRepeatedWhateverHappenedToTheFirst() {
    here = Optional.empty();
    network.leader = Optional.of("node1");
    network.answers(
        "node1",
        request ->
            network.asked.size() < 3
                ? CompletableFuture.failedFuture(new PeerException("lost", true))
                : CompletableFuture.completedFuture(REPLY));
    assertThat(read(ReadConsistency.LINEARIZABLE, PATIENCE).join().appliedIndex()).isEqualTo(9);
    assertThat(network.asked).hasSize(3);
  }

  @Test
  void answersFromElsewhereCompleteOnTheGivenExecutor() {
    CompletableFuture<Committed> committed = new CompletableFuture<>();
    replica.onPropose = attempt -> committed;
    AtomicReference<String> thread = new AtomicReference<>("");
    CompletableFuture<Void> noted = note(write(PATIENCE), thread);
    committed.complete(new Committed(FakeGroup.RESULT, 1));
    noted.join();
    assertThat(thread).hasValue("answers");

    here = Optional.empty();
    CompletableFuture<Bytes> reply = new CompletableFuture<>();
    network.leader = Optional.of("node1");
    network.answers("node1", request -> reply);
    noted = note(read(ReadConsistency.LEASE, PATIENCE), thread);
    thread.set("");
    reply.complete(REPLY);
    noted.join();
    assertThat(thread).hasValue("answers");

    CompletableFuture<Bytes> local = new CompletableFuture<>();
    network.answers("node1", request -> local);
    noted = note(read(ReadConsistency.LOCAL, PATIENCE), thread);
    thread.set("");
    local.complete(REPLY);
    noted.join();
    assertThat(thread).hasValue("answers");
  }

  @Test
  void aReplicaThatThrowsFailsTheRequestThoughItWasARepeatedOne() {
    replica.onQuery =
        level -> {
          if (replica.queries.size() == 1) {
            return CompletableFuture.failedFuture(new GroupUnavailableException("election"));
          }
          throw new IllegalStateException("closed");
        };
    assertThat(failure(read(ReadConsistency.LEASE, PATIENCE)))
        .isInstanceOf(GroupUnavailableException.class);
  }

  @Test
  void anExecutorThatIsStoppedFailsTheRequest() {
    replica.failsToPropose(9, NOT_LEADER);
    RequestOptions options =
        new RequestOptions(
            ReadConsistency.LEASE,
            false,
            Deadline.after(PATIENCE),
            Optional.empty(),
            task -> {
              throw new RejectedExecutionException("stopped");
            });
    assertThat(failure(router.write(1, 1, Bytes.EMPTY, options)))
        .isInstanceOf(GroupUnavailableException.class);
    CompletableFuture<Committed> committed = new CompletableFuture<>();
    replica.onPropose = attempt -> committed;
    CompletableFuture<Replicated<Bytes>> unknown = router.write(1, 1, Bytes.EMPTY, options);
    committed.complete(new Committed(FakeGroup.RESULT, 1));
    assertThat(failure(unknown)).isInstanceOf(OutcomeUnknownException.class);
  }

  @Test
  void aTimerThatIsStoppedFailsTheRequest() {
    timer.shutdownNow();
    replica.failsToPropose(9, NOT_LEADER);
    assertThat(failure(write(PATIENCE))).isInstanceOf(GroupUnavailableException.class);
  }

  private static CompletableFuture<Void> note(
      CompletableFuture<?> answer, AtomicReference<String> thread) {
    assertThat(answer).isNotDone();
    return answer.thenRun(() -> thread.set(Thread.currentThread().getName()));
  }

  private static Bytes notLeaderBut(String leader) {
    return ForwardReply.encode(new NotLeaderException(FakeGroup.NAME, Optional.of(leader)));
  }

  private static void assertInTime(
      CompletableFuture<?> answer, Class<? extends Throwable> expected) {
    Deadline generous = Deadline.after(SHORT.multipliedBy(20));
    assertThat(failure(answer)).isInstanceOf(expected);
    assertThat(generous.passed()).isFalse();
  }

  private CompletableFuture<Replicated<Bytes>> write(Duration time) {
    return router.write(1, 1, Bytes.utf8("command"), options(ReadConsistency.LEASE, time));
  }

  private CompletableFuture<Replicated<Bytes>> read(ReadConsistency consistency, Duration time) {
    return router.read(1, QUERY, options(consistency, time));
  }

  private RequestOptions options(ReadConsistency consistency, Duration time) {
    return new RequestOptions(consistency, false, Deadline.after(time), Optional.empty(), executor);
  }

  private static Throwable failure(CompletableFuture<?> future) {
    Await.until(PATIENCE, () -> "an answer", future::isDone);
    assertThat(future).isCompletedExceptionally();
    return catchThrowableOfType(CompletionException.class, future::join).getCause();
  }
}
