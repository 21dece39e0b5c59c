package io.raftwood.bench.torture.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Numbers that never go down: whoever asks after an answer was there is shown no less. */
public final class MonotonicCheck {
  private MonotonicCheck() {}

  /**
   * Checks each key of {@code history}; observations without a value say nothing. A change must
   * show more than what was there before it, a read at least as much.
   */
  public static CheckResult check(String name, List<Observation> history) {
    Map<String, List<Observation>> keys = new TreeMap<>();
    history.forEach(one -> keys.computeIfAbsent(one.key(), any -> new ArrayList<>()).add(one));
    for (Map.Entry<String, List<Observation>> key : keys.entrySet()) {
      Optional<String> wrong = wrong(key.getValue());
      if (wrong.isPresent()) {
        return CheckResult.failed(name, key.getKey() + ": " + wrong.get());
      }
    }
    return CheckResult.passed(name, history.size() + " observations of " + keys.size() + " keys");
  }

  /** What is wrong with one key's observations. */
  static Optional<String> wrong(List<Observation> key) {
    List<Observation> answered = key.stream().filter(one -> one.value().isPresent()).toList();
    List<Observation> byInvocation = new ArrayList<>(answered);
    byInvocation.sort(Comparator.comparingLong(Observation::invokedAt));
    List<Observation> byReturn = new ArrayList<>(answered);
    byReturn.sort(Comparator.comparingLong(Observation::returnedAt));
    int returned = 0;
    Observation highest = null;
    for (Observation next : byInvocation) {
      while (byReturn.get(returned).returnedAt() < next.invokedAt()) {
        Observation over = byReturn.get(returned++);
        highest = highest == null || number(over) > number(highest) ? over : highest;
      }
      boolean less =
          highest != null
              && (number(next) < number(highest)
                  || (next.change() && number(next) == number(highest)));
      if (less) {
        return Optional.of(next + " came after " + highest);
      }
    }
    return Optional.empty();
  }

  private static long number(Observation one) {
    return one.value().orElseThrow();
  }
}
