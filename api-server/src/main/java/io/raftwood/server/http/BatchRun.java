package io.raftwood.server.http;

import io.raftwood.raft.Bundle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A batch under way. Lines next to each other that all write, or all read, are carried out at once;
 * the next ones begin when these are answered, so that every line sees what those above it did.
 */
final class BatchRun {
  /** Most lines that read at once: their answers are in memory together. */
  private static final int READS_MAX = 256;

  /** Once the answers are as long as this, further lines that read are refused. */
  private static final int ANSWERS_BYTES_MAX = 32 << 20;

  private final Call call;
  private final List<BatchLine> lines;
  private final BatchAnswers answers;
  private int done;

  /** Answers {@code call}, whose body holds {@code lines}, with {@code answers}. */
  BatchRun(Call call, List<BatchLine> lines, BatchAnswers answers) {
    this.call = call;
    this.lines = lines;
    this.answers = answers;
  }

  /**
   * Begins.
   *
   * @param refusals what is said to lines that the caller may not give
   */
  void run(Supplier<Bundle> bundles, Map<Access, Reply> refusals) {
    if (done == lines.size()) {
      call.answer(answers.reply());
      return;
    }
    List<BatchLine> next = lines.subList(done, end());
    done += next.size();
    Bundle bundle = bundles.get();
    // One more than there are lines: none of them ends the round before the bundle has left.
    AtomicInteger open = new AtomicInteger(next.size() + 1);
    List<BatchCall> calls = new ArrayList<>(next.size());
    Runnable answered =
        () -> {
          if (open.decrementAndGet() == 0) {
            call.executor().execute(() -> end(next, calls, bundles, refusals));
          }
        };
    for (BatchLine line : next) {
      BatchCall one = new BatchCall(call, line, bundle, answered);
      calls.add(one);
      Reply refusal = refusals.get(line.route().access());
      if (refusal != null) {
        one.answer(refusal);
      } else if (!writes(line) && answers.bytes() >= ANSWERS_BYTES_MAX) {
        one.answer(Reply.of(Outcome.OVERLOADED));
      } else {
        one.begin();
      }
    }
    bundle.send();
    answered.run();
  }

  private int end() {
    boolean writes = writes(lines.get(done));
    int end = done + 1;
    while (end < lines.size()
        && writes(lines.get(end)) == writes
        && (writes || end - done < READS_MAX)) {
      end++;
    }
    return end;
  }

  private static boolean writes(BatchLine line) {
    return line.route().family().writes();
  }

  private void end(
      List<BatchLine> round,
      List<BatchCall> calls,
      Supplier<Bundle> bundles,
      Map<Access, Reply> refusals) {
    try {
      for (int i = 0; i < round.size(); i++) {
        answers.add(round.get(i).route(), calls.get(i).reply().orElseThrow());
      }
      run(bundles, refusals);
    } catch (RuntimeException e) {
      call.answer(ErrorMapper.reply(e));
    }
  }
}
