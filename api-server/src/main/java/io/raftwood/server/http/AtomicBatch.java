package io.raftwood.server.http;

import io.raftwood.raft.Bundle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A batch that is applied as one: all its commands have one place in their group's log, so that
 * nobody ever sees a part of them. A condition that fails is the answer to its own line and takes
 * nothing back of the others. Whatever cannot be done so is refused as a whole.
 */
final class AtomicBatch {
  private final Call call;
  private final List<BatchLine> lines;
  private final BatchAnswers answers;

  /** Answers {@code call}, whose body holds {@code lines}, with {@code answers}. */
  AtomicBatch(Call call, List<BatchLine> lines, BatchAnswers answers) {
    this.call = call;
    this.lines = lines;
    this.answers = answers;
  }

  /**
   * Begins.
   *
   * @param bundle what the commands travel with
   * @param refusals what is said to lines that the caller may not give: here to all
   */
  void run(Bundle bundle, Map<Access, Reply> refusals) {
    if (!refusals.isEmpty()) {
      call.answer(refusals.values().iterator().next());
      return;
    }
    AtomicInteger open = new AtomicInteger(lines.size() + 1);
    List<BatchCall> calls = new ArrayList<>(lines.size());
    Runnable answered =
        () -> {
          if (open.decrementAndGet() == 0) {
            call.executor().execute(() -> end(calls));
          }
        };
    for (int i = 0; i < lines.size(); i++) {
      BatchLine line = lines.get(i);
      BatchCall one = new BatchCall(call, line, bundle, answered);
      calls.add(one);
      Optional<String> obstacle = begun(line, one);
      if (obstacle.isPresent()) {
        refuse("line " + (i + 1) + ": " + obstacle.get());
        return;
      }
    }
    bundle.split().ifPresentOrElse(this::refuse, () -> send(bundle, answered));
  }

  private static void send(Bundle bundle, Runnable answered) {
    bundle.send();
    answered.run();
  }

  /** Why the line cannot be one of several. Nothing is done before the bundle leaves. */
  private Optional<String> begun(BatchLine line, BatchCall one) {
    if (!line.route().family().writes()) {
      return Optional.of("it does not write");
    }
    one.begin();
    return one.reply()
        .filter(refusal -> refusal.outcome() != Outcome.OK)
        .map(refusal -> answers.error(line.route(), refusal));
  }

  private void refuse(String why) {
    call.answer(Reply.of(Outcome.NOT_ATOMIC, why));
  }

  private void end(List<BatchCall> calls) {
    try {
      for (int i = 0; i < calls.size(); i++) {
        answers.add(lines.get(i).route(), calls.get(i).reply().orElseThrow());
      }
      call.answer(answers.reply());
    } catch (RuntimeException e) {
      call.answer(ErrorMapper.reply(e));
    }
  }
}
