package io.raftwood.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.raft.Answer;
import io.raftwood.raft.Bundle;
import io.raftwood.raft.BundleCodec;
import io.raftwood.raft.Committed;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.OutcomeUnknownException;
import io.raftwood.raft.OverloadedException;
import io.raftwood.raft.Query;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoutedBundleTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int FAMILY = 1;

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final FakeNetwork network = new FakeNetwork();
  private final FakeGroup replica = new FakeGroup();
  private Optional<FakeGroup> here = Optional.of(replica);
  private final RequestRouter router =
      new RequestRouter(
          network, group -> here.map(one -> one), network, timer, Duration.ofMillis(60));
  private final Bundle bundle = router.bundle();

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @Test
  void commandsOfAGroupAreProposedAsOneAndAnsweredOneByOne() {
    replica.onPropose = attempt -> committed(Bytes.of(1), Bytes.of(2));
    List<CompletableFuture<Replicated<Bytes>>> answers = write(2);
    assertThat(replica.proposed).isEmpty();
    bundle.send();
    assertThat(replica.proposed).hasSize(1);
    assertThat(replica.proposed.get(0).family()).isEqualTo(BundleCodec.FAMILY);
    assertThat(answers.get(0).join()).isEqualTo(new Replicated<>(Bytes.of(1), 7, false));
    assertThat(answers.get(1).join()).isEqualTo(new Replicated<>(Bytes.of(2), 7, false));
  }

  @Test
  void aLoneCommandTravelsAsItIs() {
    CompletableFuture<Replicated<Bytes>> answer = write(1).get(0);
    bundle.send();
    assertThat(replica.proposed.get(0).family()).isEqualTo(FAMILY);
    assertThat(answer.join().value()).isEqualTo(FakeGroup.RESULT);
  }

  @Test
  void oneMessageCarriesAGroupsCommandsToItsLeader() {
    here = Optional.empty();
    network.leader = Optional.of("node1");
    Bytes results = results(Bytes.of(5), Bytes.of(6), Bytes.of(7));
    network.answers(
        "node1",
        ForwardReply.encode(new ForwardReply.Result(results, 9, ReadConsistency.LINEARIZABLE)));
    List<CompletableFuture<Replicated<Bytes>>> answers = write(3);
    bundle.send();
    assertThat(answers.get(2).join()).isEqualTo(new Replicated<>(Bytes.of(7), 9, false));
    assertThat(network.asked).containsExactly("node1");
  }

  @Test
  void theNextCommandsLeaveWhenTheFirstAreAnswered() {
    CompletableFuture<Committed> first = new CompletableFuture<>();
    replica.onPropose = attempt -> attempt == 1 ? first : committed(Bytes.of(3));
    List<CompletableFuture<Replicated<Bytes>>> answers = write(BundleCodec.COMMANDS_MAX + 1);
    assertThat(bundle.split()).contains("more than 512 commands");
    bundle.send();
    assertThat(replica.proposed).hasSize(1);
    first.completeExceptionally(new OutcomeUnknownException("in flight"));
    assertThat(replica.proposed).hasSize(2);
    assertThat(failure(answers.get(0))).isInstanceOf(OutcomeUnknownException.class);
    assertThat(failure(answers.get(511))).isInstanceOf(OutcomeUnknownException.class);
    assertThat(answers.get(512).join().appliedIndex()).isEqualTo(7);
  }

  @Test
  void anAnswerOfAnotherShapeLeavesTheOutcomeUnknown() {
    List<CompletableFuture<Replicated<Bytes>>> answers = write(2);
    bundle.send();
    assertThat(failure(answers.get(0))).isInstanceOf(OutcomeUnknownException.class);
  }

  @Test
  void queriesWhoseAnswersAreTooLongForOneMessageAreRefused() {
    replica.onQuery =
        consistency ->
            CompletableFuture.completedFuture(new Answer(results(Bytes.of(1)), 7, consistency));
    Query query = new Query(FAMILY, Bytes.utf8("query"));
    CompletableFuture<Replicated<Bytes>> first = router.read(0, query, options());
    CompletableFuture<Replicated<Bytes>> second = router.read(0, query, options());
    assertThat(replica.queries).isEmpty();
    bundle.send();
    assertThat(replica.queries).hasSize(1);
    assertThat(first.join().value()).isEqualTo(Bytes.of(1));
    assertThat(failure(second)).isInstanceOf(OverloadedException.class);
  }

  @Test
  void whatBelongsToSeveralGroupsOrIsTooLongCannotBeOne() {
    write(2);
    assertThat(bundle.split()).isEmpty();
    router.write(0, FAMILY, Bytes.wrap(new byte[256 * 1024]), options());
    assertThat(bundle.split()).contains("more than 262144 bytes of keys and values");
    network.group = Optional.of("data-1");
    write(1);
    assertThat(bundle.split()).contains("the commands belong to 2 groups");
  }

  private List<CompletableFuture<Replicated<Bytes>>> write(int commands) {
    List<CompletableFuture<Replicated<Bytes>>> answers = new ArrayList<>();
    for (int i = 0; i < commands; i++) {
      answers.add(router.write(0, FAMILY, Bytes.of(i & 0xff), options()));
    }
    return answers;
  }

  private RequestOptions options() {
    return new RequestOptions(
        ReadConsistency.LEASE,
        false,
        Deadline.after(PATIENCE),
        Optional.empty(),
        Runnable::run,
        Optional.of(bundle));
  }

  private static CompletableFuture<Committed> committed(Bytes... results) {
    Bytes result = results.length == 1 ? results[0] : results(results);
    return CompletableFuture.completedFuture(new Committed(result, 7));
  }

  /** As the kernel answers a bundle. */
  private static Bytes results(Bytes... results) {
    ByteWriter writer = new ByteWriter().u8(1).varint(results.length);
    List.of(results).forEach(writer::sized);
    return writer.toBytes();
  }

  private static Throwable failure(CompletableFuture<?> future) {
    return catchThrowableOfType(CompletionException.class, future::join).getCause();
  }
}
