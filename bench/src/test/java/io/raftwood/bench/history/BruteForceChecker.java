package io.raftwood.bench.history;

import java.util.ArrayList;
import java.util.List;

/** Tries every order of a tiny history of one record: slow, and too simple to be wrong. */
final class BruteForceChecker {
  private BruteForceChecker() {}

  /** Whether some order explains every answer. */
  static boolean linearizable(List<Operation> history) {
    List<Operation> relevant = new ArrayList<>(history);
    relevant.removeIf(operation -> operation.outcome() instanceof Outcome.Failed);
    return explains(RegisterModel.ABSENT, relevant);
  }

  private static boolean explains(RegisterModel.State state, List<Operation> rest) {
    if (rest.stream().allMatch(operation -> operation.outcome() instanceof Outcome.Unknown)) {
      return true;
    }
    for (Operation next : rest) {
      boolean tooEarly =
          rest.stream()
              .filter(other -> other.outcome().definite())
              .anyMatch(other -> other.returnedAt().orElseThrow() < next.invokedAt());
      RegisterModel.Step step = RegisterModel.apply(state, next.action());
      boolean fits = !next.outcome().definite() || step.outcome().equals(next.outcome());
      if (!tooEarly && fits) {
        List<Operation> remaining = new ArrayList<>(rest);
        remaining.remove(next);
        if (explains(step.next(), remaining)) {
          return true;
        }
      }
    }
    return false;
  }
}
