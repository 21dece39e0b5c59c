package io.raftwood.bench.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides whether a history of operations on hustdb records is linearizable: whether each operation
 * seems to happen at one moment between its invocation and its return, in an order that {@link
 * RegisterModel} explains. Records are independent and checked one by one; all start absent.
 *
 * <p>Operations of unknown outcome may have happened at any time after their invocation, or never;
 * reads without an answer and operations that certainly failed are left out. Deterministic apart
 * from the time limit.
 */
public final class LinearizabilityChecker {
  private static final int RETURNS_SHOWN_BEFORE = 8;

  private final Duration limit;

  /** A checker that spends at most {@code limit} on one history, and as much again on shrinking. */
  public LinearizabilityChecker(Duration limit) {
    this.limit = limit;
  }

  /** Checks {@code history}; the order of the list does not matter. */
  public Verdict check(List<Operation> history) {
    long deadline = System.nanoTime() + limit.toNanos();
    Map<String, List<Operation>> records = byRecord(history);
    Optional<Verdict> undecided = Optional.empty();
    int checked = 0;
    for (Map.Entry<String, List<Operation>> entry : records.entrySet()) {
      RegisterSearch search = new RegisterSearch(new RecordHistory(entry.getValue()), deadline);
      RegisterSearch.Result result = search.run();
      if (result == RegisterSearch.Result.IMPOSSIBLE) {
        return shrink(entry.getKey(), entry.getValue());
      }
      if (result == RegisterSearch.Result.OUT_OF_TIME) {
        String detail = search.steps() + " steps over " + entry.getValue().size() + " operations";
        undecided = Optional.of(new Verdict.Undecided(entry.getKey(), detail));
      }
      checked += entry.getValue().size();
    }
    return undecided.orElse(new Verdict.Linearizable(checked, records.size()));
  }

  private static Map<String, List<Operation>> byRecord(List<Operation> history) {
    Map<String, List<Operation>> records = new TreeMap<>();
    for (Operation operation : history) {
      if (RecordHistory.matters(operation)) {
        records.computeIfAbsent(operation.key(), any -> new ArrayList<>()).add(operation);
      }
    }
    return records;
  }

  /**
   * The shortest prefix that fails, by bisection: a prefix of a linearizable history is
   * linearizable, so failing is monotone in its length.
   */
  private Verdict shrink(String key, List<Operation> operations) {
    long deadline = System.nanoTime() + limit.toNanos();
    long[] returns =
        operations.stream()
            .filter(operation -> operation.outcome().definite())
            .mapToLong(operation -> operation.returnedAt().orElseThrow())
            .sorted()
            .toArray();
    int low = 0;
    int high = returns.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      List<Operation> prefix = prefix(operations, returns[middle]);
      RegisterSearch.Result result = new RegisterSearch(new RecordHistory(prefix), deadline).run();
      if (result == RegisterSearch.Result.OUT_OF_TIME) {
        break;
      }
      if (result == RegisterSearch.Result.IMPOSSIBLE) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return violation(key, prefix(operations, returns[high]), returns[high]);
  }

  private static List<Operation> prefix(List<Operation> operations, long end) {
    return operations.stream()
        .filter(operation -> operation.invokedAt() <= end)
        .map(operation -> operation.asOf(end))
        .filter(RecordHistory::matters)
        .toList();
  }

  private static Verdict violation(String key, List<Operation> prefix, long end) {
    Operation offender =
        prefix.stream()
            .filter(operation -> operation.outcome().definite())
            .filter(operation -> operation.returnedAt().orElseThrow() == end)
            .findFirst()
            .orElseThrow();
    long[] before =
        prefix.stream()
            .mapToLong(operation -> operation.returnedAt().orElse(Long.MAX_VALUE))
            .filter(time -> time < offender.invokedAt())
            .sorted()
            .toArray();
    int oldest = before.length - RETURNS_SHOWN_BEFORE;
    long start = oldest < 0 ? Long.MIN_VALUE : before[oldest];
    List<Operation> window =
        prefix.stream()
            .filter(operation -> operation.returnedAt().orElse(Long.MAX_VALUE) >= start)
            .sorted((a, b) -> Long.compare(a.invokedAt(), b.invokedAt()))
            .toList();
    return new Verdict.Violation(key, offender, prefix.size(), window);
  }
}
