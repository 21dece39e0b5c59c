package io.raftwood.bench.torture.workload;

import io.raftwood.bench.client.KvAnswer;
import io.raftwood.bench.history.Action;
import io.raftwood.bench.history.HistoryRecorder;
import io.raftwood.bench.history.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/** Carries out operations on versioned records and records them. Not thread-safe. */
final class RecordCalls {
  private static final int TRIES = 8;

  private final HistoryRecorder recorder;
  private final int client;

  RecordCalls(HistoryRecorder recorder, int client) {
    this.recorder = recorder;
    this.client = client;
  }

  /**
   * Carries out one operation.
   *
   * @param value what a read that found the record has read
   */
  KvAnswer call(String key, Action action, Supplier<KvAnswer> request, Optional<String> value) {
    HistoryRecorder.Call call = recorder.invoke(client, key, action);
    KvAnswer answer = request.get();
    call.complete(outcome(action, answer, value));
    return answer;
  }

  /** Carries out a write as often as it takes to know what happened, or until that seems vain. */
  KvAnswer untilKnown(String key, Action action, Supplier<KvAnswer> request) {
    HistoryRecorder.Call call = recorder.invoke(client, key, action);
    boolean maybeDone = false;
    KvAnswer answer = request.get();
    for (int i = 1; i < TRIES && !told(answer); i++) {
      maybeDone |= answer.meaning() == KvAnswer.Meaning.UNKNOWN;
      Pace.afterFailure();
      answer = request.get();
    }
    Outcome outcome = outcome(action, answer, Optional.empty());
    // The last try certainly failed, but an earlier one may have happened.
    boolean open = maybeDone && outcome instanceof Outcome.Failed;
    call.complete(open ? new Outcome.Unknown() : outcome);
    return answer;
  }

  /** Whether the answer says what happened. */
  static boolean told(KvAnswer answer) {
    return answer.meaning() != KvAnswer.Meaning.UNKNOWN
        && answer.meaning() != KvAnswer.Meaning.FAILED;
  }

  /** What {@code answer} means in a history. */
  static Outcome outcome(Action action, KvAnswer answer, Optional<String> value) {
    // A stale answer promises nothing, so it is no evidence either.
    if (answer.stale()) {
      return new Outcome.Failed();
    }
    return switch (answer.meaning()) {
      case OK -> done(action, answer, value);
      case ABSENT -> new Outcome.Absent();
      case CONFLICT -> new Outcome.VersionMismatch(answer.version());
      case UNKNOWN -> new Outcome.Unknown();
      case FAILED -> new Outcome.Failed();
    };
  }

  private static Outcome done(Action action, KvAnswer answer, Optional<String> value) {
    return action.readOnly()
        ? Outcome.read(answer.version(), value.orElseGet(() -> text(answer)))
        : Outcome.written(answer.version());
  }

  private static String text(KvAnswer answer) {
    return new String(answer.value(), StandardCharsets.ISO_8859_1);
  }
}
