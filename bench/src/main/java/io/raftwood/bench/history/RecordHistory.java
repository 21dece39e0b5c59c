package io.raftwood.bench.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One record's operations, prepared for the search: what cannot matter is dropped, what cannot be
 * told apart is made equal.
 *
 * <p>A value that nobody read or expected is replaced by one placeholder: no answer depends on it.
 * Open operations that then ask for the same are interchangeable: all stay open for ever, so
 * whatever a later one explains, the earliest explains too. The search therefore takes them in
 * order of invocation ({@link OpenWrite#predecessor()}), which turns 2^n subsets into n + 1.
 */
final class RecordHistory {
  private final List<Operation> answered = new ArrayList<>();
  private final List<OpenWrite> open = new ArrayList<>();

  /** Prepares the operations of one record; the order does not matter. */
  RecordHistory(List<Operation> operations) {
    List<Operation> relevant =
        operations.stream()
            .filter(RecordHistory::matters)
            .sorted(Comparator.comparingLong(Operation::invokedAt))
            .toList();
    Map<String, Set<Long>> observed = observedVersions(relevant);
    Map<String, Integer> writers = new HashMap<>();
    relevant.forEach(operation -> countWriter(writers, operation));
    Set<String> known = new HashSet<>(observed.keySet());
    relevant.forEach(operation -> expected(operation.action()).ifPresent(known::add));
    String placeholder = "?";
    while (known.contains(placeholder)) {
      placeholder += "?";
    }
    Map<Action, Integer> newest = new HashMap<>();
    for (Operation operation : relevant) {
      Action action = canonical(operation.action(), known, placeholder);
      if (operation.outcome().definite()) {
        answered.add(with(action, operation));
      } else {
        Set<Long> versions = possibleVersions(action, observed, writers);
        int predecessor = newest.getOrDefault(action, -1);
        newest.put(action, open.size());
        open.add(new OpenWrite(action, operation.invokedAt(), predecessor, versions));
      }
    }
  }

  /** Operations with a definite outcome, in order of invocation. */
  List<Operation> answered() {
    return answered;
  }

  /** Writes that may or may not have happened, in order of invocation. */
  List<OpenWrite> open() {
    return open;
  }

  /** Whether the operation can tell anything: it has an answer, or may have changed something. */
  static boolean matters(Operation operation) {
    return operation.outcome().definite()
        || (operation.outcome() instanceof Outcome.Unknown && !operation.action().readOnly());
  }

  private static Map<String, Set<Long>> observedVersions(List<Operation> operations) {
    Map<String, Set<Long>> observed = new HashMap<>();
    for (Operation operation : operations) {
      if (operation.outcome() instanceof Outcome.Done done && done.value().isPresent()) {
        observed.computeIfAbsent(done.value().get(), any -> new HashSet<>()).add(done.version());
      }
    }
    return observed;
  }

  private static void countWriter(Map<String, Integer> writers, Operation operation) {
    if (operation.action() instanceof Action.Put put) {
      writers.merge(put.value(), 1, Integer::sum);
    }
  }

  private static Optional<String> expected(Action action) {
    if (action instanceof Action.Swap swap) {
      return swap.expected();
    }
    return action instanceof Action.Remove remove ? remove.expected() : Optional.empty();
  }

  private static Action canonical(Action action, Set<String> known, String placeholder) {
    if (action instanceof Action.Put put && !known.contains(put.value())) {
      return new Action.Put(placeholder, put.expectedVersion());
    }
    if (action instanceof Action.Insert insert && !known.contains(insert.value())) {
      return new Action.Insert(placeholder);
    }
    if (action instanceof Action.Swap swap && !known.contains(swap.value())) {
      return new Action.Swap(swap.expected(), placeholder);
    }
    return action;
  }

  /** A value that was read and has one writer pins the version which that writer made. */
  private static Set<Long> possibleVersions(
      Action action, Map<String, Set<Long>> observed, Map<String, Integer> writers) {
    if (action instanceof Action.Put put && writers.getOrDefault(put.value(), 0) == 1) {
      return observed.getOrDefault(put.value(), Set.of());
    }
    return Set.of();
  }

  private static Operation with(Action action, Operation operation) {
    OptionalLong returnedAt = operation.returnedAt();
    return new Operation(
        operation.client(),
        operation.key(),
        action,
        operation.invokedAt(),
        returnedAt,
        operation.outcome());
  }

  /**
   * A write without an answer.
   *
   * @param action what was asked, made canonical
   * @param invokedAt it cannot have happened earlier
   * @param predecessor index of the next earlier open write that asks for the same, or -1
   * @param versions the versions that it can have made, empty = any
   */
  record OpenWrite(Action action, long invokedAt, int predecessor, Set<Long> versions) {
    /** Whether it can have led to {@code state}. */
    boolean canMake(RegisterModel.State state) {
      return versions.isEmpty() || versions.contains(state.version());
    }
  }
}
