package io.raftwood.bench.torture.workload;

import io.raftwood.bench.history.HistoryRecorder;
import io.raftwood.bench.history.LinearizabilityChecker;
import io.raftwood.bench.history.Verdict;
import io.raftwood.bench.torture.check.CheckResult;
import java.time.Duration;

/** The checker's verdict on a workload's history, as a result. */
final class Linearizability {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Linearizability() {}

  /** Checks everything that was recorded. */
  static CheckResult check(String name, HistoryRecorder recorder) {
    Verdict verdict = new LinearizabilityChecker(LIMIT).check(recorder.operations());
    if (verdict instanceof Verdict.Linearizable good && good.operations() == 0) {
      return CheckResult.unknown(name, "UNKNOWN, no operation was answered");
    }
    if (verdict instanceof Verdict.Linearizable good) {
      return CheckResult.passed(
          name, "LINEARIZABLE, " + good.operations() + " operations on " + good.keys() + " keys");
    }
    if (verdict instanceof Verdict.Undecided undecided) {
      return CheckResult.unknown(
          name, "UNKNOWN, out of time with " + undecided.key() + ": " + undecided.detail());
    }
    return CheckResult.failed(name, "VIOLATION, " + verdict);
  }
}
