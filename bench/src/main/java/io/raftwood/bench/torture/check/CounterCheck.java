package io.raftwood.bench.torture.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counters that start at 0 and are only ever raised by 1, where each raise tells the number that it
 * made. Such a history is linearizable if and only if no two raises made the same number, every
 * number that nobody was told can be one of the raises of unknown outcome, and the numbers rise
 * with time: so this is exact, and needs no search.
 */
public final class CounterCheck {
  private CounterCheck() {}

  /** Checks every counter of {@code history}; the order of the list does not matter. */
  public static CheckResult check(String name, List<Observation> history) {
    Map<String, List<Observation>> counters = new TreeMap<>();
    history.forEach(one -> counters.computeIfAbsent(one.key(), any -> new ArrayList<>()).add(one));
    for (Map.Entry<String, List<Observation>> counter : counters.entrySet()) {
      Optional<String> wrong =
          numbers(counter.getValue()).or(() -> MonotonicCheck.wrong(counter.getValue()));
      if (wrong.isPresent()) {
        return CheckResult.failed(name, counter.getKey() + ": " + wrong.get());
      }
    }
    long raises = history.stream().filter(one -> one.change() && one.value().isPresent()).count();
    long unknown = history.stream().filter(one -> one.value().isEmpty()).count();
    if (raises == 0) {
      return CheckResult.unknown(name, "no raise was answered");
    }
    return CheckResult.passed(
        name,
        String.format(
            "%d counters, %d raises, %d of unknown outcome, %d reads",
            counters.size(), raises, unknown, history.size() - raises - unknown));
  }

  private static Optional<String> numbers(List<Observation> counter) {
    Map<Long, Observation> made = new HashMap<>();
    Set<Long> seen = new HashSet<>();
    for (Observation one : counter) {
      one.value().ifPresent(seen::add);
      if (one.change() && one.value().isPresent()) {
        Observation twin = made.put(one.value().getAsLong(), one);
        if (twin != null) {
          return Optional.of("two raises made the same number: " + twin + " and " + one);
        }
      }
    }
    long highest = seen.stream().mapToLong(Long::longValue).max().orElse(0);
    List<Long> untold = new ArrayList<>();
    for (long number = 1; number <= highest && untold.size() <= counter.size(); number++) {
      if (!made.containsKey(number)) {
        untold.add(number);
      }
    }
    List<Observation> open =
        counter.stream()
            .filter(one -> one.value().isEmpty())
            .sorted(Comparator.comparingLong(Observation::invokedAt))
            .toList();
    if (untold.size() > open.size()) {
      return Optional.of(
          String.format(
              "it went up to %d by %d raises and at most %d of unknown outcome; nobody was told %s",
              highest, made.size(), open.size(), untold));
    }
    return tooEarly(counter, untold, open);
  }

  /** The n-th number that nobody was told needs n open raises that had been sent by then. */
  private static Optional<String> tooEarly(
      List<Observation> counter, List<Long> untold, List<Observation> open) {
    for (int i = 0; i < untold.size(); i++) {
      long number = untold.get(i);
      long sent = open.get(i).invokedAt();
      Optional<Observation> early =
          counter.stream()
              .filter(one -> one.value().isPresent() && one.value().getAsLong() >= number)
              .filter(one -> one.returnedAt() < sent)
              .findFirst();
      if (early.isPresent()) {
        return Optional.of(early.get() + " is more than was sent by then");
      }
    }
    return Optional.empty();
  }
}
