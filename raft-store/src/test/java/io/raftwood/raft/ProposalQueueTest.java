package io.raftwood.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How waiting commands are packed into entries. */
class ProposalQueueTest {
  private static final Deadline LATER = Deadline.after(Duration.ofMinutes(10));

  private final AdmissionBudget budget = new AdmissionBudget(64 << 20);
  private final RecordingSink sink = new RecordingSink();
  private final ProposalQueue queue = queue(ProposalSettings.DEFAULT, sink);

  @Test
  void aLoneCommandGoesAtOnceAndIsAnsweredWithItsResultAndIndex() {
    CompletableFuture<Committed> answer = submit("a");
    assertThat(sink.sent).hasSize(1);
    assertThat(answer).isNotDone();
    sink.sent.get(0).applied(7);
    assertThat(answer).isCompletedWithValue(new Committed(Bytes.utf8("a"), 7));
    assertThat(queue.size()).isZero();
    assertThat(budget.used()).isZero();
  }

  @Test
  void whatWaitsIsPackedInOrderOnceAnEntryIsAppliedAndNoMoreThanAllowedAreInFlight() {
    submit("a");
    submit("b");
    List<CompletableFuture<Committed>> waiting = List.of(submit("c"), submit("d"), submit("e"));
    assertThat(sink.sizes()).containsExactly(1, 1);
    sink.sent.get(0).applied(1);
    assertThat(sink.sizes()).containsExactly(1, 1, 3);
    assertThat(sink.sent.get(2).payloads())
        .containsExactly(Bytes.utf8("c"), Bytes.utf8("d"), Bytes.utf8("e"));
    submit("f");
    assertThat(sink.sent).as("two are in flight").hasSize(3);
    sink.sent.get(2).applied(3);
    assertThat(sink.sent).hasSize(4);
    assertThat(waiting).allMatch(CompletableFuture::isDone);
    assertThat(waiting.get(2).join()).isEqualTo(new Committed(Bytes.utf8("e"), 3));
  }

  @Test
  void aPartlyFilledEntryWaitsForTheOneInFlight() {
    ProposalQueue patient = queue(new ProposalSettings(2, 3, 100), sink);
    patient.submit(command("a"), LATER);
    patient.submit(command("b"), LATER);
    patient.submit(command("c"), LATER);
    assertThat(sink.sizes()).as("two do not fill an entry of three").containsExactly(1);
    patient.submit(command("d"), LATER);
    assertThat(sink.sizes()).containsExactly(1, 3);
    patient.submit(command("e"), LATER);
    sink.sent.get(0).applied(1);
    assertThat(sink.sizes()).as("one is still in flight").containsExactly(1, 3);
    sink.sent.get(1).applied(2);
    assertThat(sink.sizes()).as("nothing is: it goes at once").containsExactly(1, 3, 1);
  }

  @Test
  void aLargeCommandNeedNotWaitForOthers() {
    ProposalQueue patient = queue(new ProposalSettings(2, 100, 100), sink);
    patient.submit(command("a"), LATER);
    Bytes large = Bytes.wrap(new byte[ProposalQueue.BYTES_PER_ENTRY / 4]);
    patient.submit(Command.of(1, large), LATER);
    assertThat(sink.sizes()).containsExactly(1, 1);
  }

  @Test
  void oneEntryInFlightMeansOne() {
    ProposalQueue narrow = queue(new ProposalSettings(1, 1, 100), sink);
    for (int i = 0; i < 10; i++) {
      narrow.submit(command("c" + i), LATER);
    }
    assertThat(sink.sizes()).containsExactly(1);
    sink.sent.get(0).applied(1);
    assertThat(sink.sizes()).containsExactly(1, 9);
  }

  @Test
  void anEntryHasNoMoreCommandsThanTheFormatAllows() {
    fillTheFlight();
    IntStream.range(0, 1_200).forEach(i -> submit("c" + i));
    applyAll();
    assertThat(sink.sizes()).containsExactly(1, 1, 512, 512, 176);
  }

  @Test
  void anEntryIsNotFilledBeyondItsBytesAndALargerCommandGoesAlone() {
    fillTheFlight();
    int third = ProposalQueue.BYTES_PER_ENTRY / 3;
    int larger = ProposalQueue.BYTES_PER_ENTRY + 1;
    for (int size : new int[] {third, third, third, 5, larger, 5, 5, larger, larger}) {
      submit(payload(size));
    }
    applyAll();
    List<List<Integer>> lengths =
        sink.sent.stream().map(one -> one.payloads().stream().map(Bytes::length).toList()).toList();
    assertThat(lengths.subList(2, lengths.size()))
        .containsExactly(
            List.of(third, third),
            List.of(third, 5),
            List.of(larger),
            List.of(5, 5),
            List.of(larger),
            List.of(larger));
    assertThat(budget.used()).isZero();
  }

  @Test
  void theKernelsCommandsShareNoEntryAndKeepTheirPlace() {
    fillTheFlight();
    submit("a");
    queue.submit(new KernelCommand.Barrier(1).toCommand(), LATER);
    queue.submit(new KernelCommand.Barrier(2).toCommand(), LATER);
    submit("b");
    submit("c");
    applyAll();
    assertThat(sink.sizes()).containsExactly(1, 1, 1, 1, 1, 2);
    assertThat(sink.sent.get(2).payloads()).containsExactly(Bytes.utf8("a"));
    assertThat(sink.sent.get(3).payloads())
        .containsExactly(new KernelCommand.Barrier(1).toCommand().payload());
    assertThat(sink.sent.get(5).payloads()).containsExactly(Bytes.utf8("b"), Bytes.utf8("c"));
  }

  @Test
  void answersThatSubmitAgainAreServed() {
    List<String> order = new ArrayList<>();
    RecordingSink immediate =
        new RecordingSink(outcome -> outcome.applied(List.of(Bytes.EMPTY), 1));
    ProposalQueue chained = queue(ProposalSettings.DEFAULT, immediate);
    chain(chained, 500, order);
    assertThat(order).hasSize(500);
    assertThat(chained.size()).isZero();
  }

  @Test
  void theNextEntryIsSentBeforeTheAnswersGoOut() {
    List<Integer> sentAtAnswer = new ArrayList<>();
    submit("a").thenRun(() -> sentAtAnswer.add(sink.sent.size()));
    submit("b");
    submit("c");
    sink.sent.get(0).applied(1);
    assertThat(sentAtAnswer).containsExactly(3);
  }

  @Test
  void aPauseEndsWhenNothingIsInFlightAndWhatWaitsGoesOnAfterIt() {
    submit("a");
    submit("b");
    CompletableFuture<Committed> waiting = submit("c");
    CompletableFuture<Void> empty = queue.pause();
    sink.sent.get(0).applied(1);
    assertThat(empty).as("one is in flight").isNotDone();
    sink.sent.get(1).applied(2);
    assertThat(empty).isCompleted();
    submit("d");
    assertThat(sink.sizes()).as("nothing goes").containsExactly(1, 1);
    queue.resume();
    assertThat(sink.sizes()).containsExactly(1, 1, 2);
    sink.sent.get(2).applied(3);
    assertThat(waiting).isCompletedWithValue(new Committed(Bytes.utf8("c"), 3));
  }

  @Test
  void aPauseWithNothingInFlightEndsAtOnceAndPausesAddUp() {
    assertThat(queue.pause()).isCompleted();
    assertThat(queue.pause()).isCompleted();
    submit("a");
    queue.resume();
    assertThat(sink.sent).isEmpty();
    queue.resume();
    assertThat(sink.sizes()).containsExactly(1);
  }

  private void chain(ProposalQueue chained, int left, List<String> order) {
    if (left > 0) {
      chained
          .submit(command("c" + left), LATER)
          .thenRun(
              () -> {
                order.add("c" + left);
                chain(chained, left - 1, order);
              });
    }
  }

  private void fillTheFlight() {
    submit("x");
    submit("y");
  }

  /** Applies every entry, also those that are sent while this goes on. */
  private void applyAll() {
    for (int i = 0; i < sink.sent.size(); i++) {
      sink.sent.get(i).applied(i + 1);
    }
    assertThat(queue.size()).isZero();
  }

  private CompletableFuture<Committed> submit(String text) {
    return queue.submit(command(text), LATER);
  }

  private void submit(Bytes payload) {
    queue.submit(Command.of(9, payload), LATER);
  }

  private static Bytes payload(int length) {
    return new ByteWriter(length).raw(new byte[length]).toBytes();
  }

  private static Command command(String text) {
    return Command.of(9, Bytes.utf8(text));
  }

  private ProposalQueue queue(ProposalSettings settings, EntrySink to) {
    return new ProposalQueue(
        "data-0", settings, budget, new ClusterClock(() -> 0, () -> 1_000), to);
  }
}
