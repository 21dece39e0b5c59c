package io.raftwood.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.raftwood.bytes.Bytes;
import io.raftwood.peer.PeerException;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.NotLeaderException;
import io.raftwood.raft.OutcomeUnknownException;
import io.raftwood.raft.OverloadedException;
import io.raftwood.raft.Query;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A query for what one node holds is asked of this node and of no other. */
class ReplicaReadTest {
  private static final Query QUERY = new Query(1, Bytes.utf8("query"));
  private static final Bytes REPLY =
      ForwardReply.encode(new ForwardReply.Result(FakeGroup.RESULT, 9, ReadConsistency.LOCAL));

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "answers"));
  private final FakeNetwork network = new FakeNetwork();
  private final FakeGroup replica = new FakeGroup();
  private Optional<FakeGroup> here = Optional.of(replica);
  private final RequestRouter router =
      new RequestRouter(
          network, group -> here.map(one -> one), network, timer, Duration.ofSeconds(1));

  @AfterEach
  void stop() {
    timer.shutdownNow();
    executor.shutdownNow();
  }

  @Test
  void thisNodesReplicaAnswersAtAReadIndexOrAsItStands() {
    for (ReadConsistency asked : ReadConsistency.values()) {
      assertThat(router.readReplica("self", FakeGroup.NAME, QUERY, options(asked)).join())
          .isEqualTo(new Replicated<>(FakeGroup.RESULT, 7, false));
    }
    assertThat(replica.queries)
        .containsExactly(
            ReadConsistency.LINEARIZABLE, ReadConsistency.LOCAL, ReadConsistency.LOCAL);
    assertThat(replica.executors).containsOnly(executor);
    assertThat(network.asked).isEmpty();
  }

  @Test
  void anotherNodeIsAskedForItsOwnStateThoughThereIsAReplicaHere() {
    network.answers("node2", REPLY);
    assertThat(read("node2").join()).isEqualTo(new Replicated<>(FakeGroup.RESULT, 9, false));
    assertThat(network.asked).containsExactly("node2");
    ForwardRequest.Read sent = (ForwardRequest.Read) network.requests.get(0);
    assertThat(sent.consistency()).isEqualTo(ReadConsistency.LINEARIZABLE);
    assertThat(sent.group()).isEqualTo(FakeGroup.NAME);
    assertThat(sent.query()).isEqualTo(QUERY);
    assertThat(replica.queries).isEmpty();
  }

  @Test
  void anAnswerThatComesLaterIsHandedToTheExecutor() {
    CompletableFuture<Bytes> late = new CompletableFuture<>();
    network.answers("node2", request -> late);
    CompletableFuture<String> thread =
        read("node2").thenApply(answer -> Thread.currentThread().getName());
    late.complete(REPLY);
    assertThat(thread.join()).isEqualTo("answers");
  }

  @Test
  void noOtherNodeStandsInForOneThatDoesNotAnswer() {
    network.answers("node1", REPLY);
    network.answers("node3", REPLY);
    network.fails("node2", new PeerException("node2: refused", false));
    assertUnavailable("node2", "data-0 on node2: node2: refused");
    network.fails("node2", new PeerException("node2: lost", true));
    assertUnavailable("node2", "data-0 on node2: node2: lost");
    network.answers("node2", Bytes.utf8("garbage"));
    assertUnavailable("node2", "data-0 on node2");
    network.answers("node2", ForwardReply.encode(new OutcomeUnknownException("x")));
    assertUnavailable("node2", "data-0 on node2: x");
    network.answers(
        "node2", ForwardReply.encode(new NotLeaderException("data-0", Optional.empty())));
    assertUnavailable("node2", "data-0 on node2");
    assertThat(network.asked).containsOnly("node2").hasSize(5);
  }

  @Test
  void nodesThatAreUnknownOrSilentAndReplicasThatDoNotRunAreUnavailable() {
    assertUnavailable("nobody", "no such node");
    network.silent("node2");
    assertUnavailable("node2", "no answer in time");
    here = Optional.empty();
    assertUnavailable("self", "no replica runs here");
  }

  @Test
  void aNodeThatIsBusySaysSo() {
    network.answers("node2", ForwardReply.encode(new OverloadedException("full")));
    CompletionException failure =
        catchThrowableOfType(CompletionException.class, () -> read("node2").join());
    assertThat(failure).hasCauseInstanceOf(OverloadedException.class);
  }

  @Test
  void aGroupIsAskedByNameAsOneIsBySlot() {
    network.hosts = List.of();
    CompletableFuture<Replicated<Bytes>> answer =
        router.read(FakeGroup.NAME, QUERY, options(ReadConsistency.LEASE));
    assertThat(answer.join()).isEqualTo(new Replicated<>(FakeGroup.RESULT, 7, false));
    assertThat(replica.queries).containsExactly(ReadConsistency.LEASE);
  }

  private void assertUnavailable(String node, String why) {
    CompletionException failure =
        catchThrowableOfType(CompletionException.class, () -> read(node).join());
    assertThat(failure.getCause())
        .isInstanceOf(GroupUnavailableException.class)
        .hasMessageContaining(why);
  }

  private CompletableFuture<Replicated<Bytes>> read(String node) {
    return router.readReplica(node, FakeGroup.NAME, QUERY, options(ReadConsistency.LINEARIZABLE));
  }

  private RequestOptions options(ReadConsistency consistency) {
    return new RequestOptions(
        consistency, false, Deadline.after(Duration.ofMillis(500)), Optional.empty(), executor);
  }
}
