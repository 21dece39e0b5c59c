package io.raftwood.bench.torture.fault;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Which fault comes next: each kind once in random order, then any. */
final class FaultChoice {
  private final List<FaultKind> kinds;
  private final List<FaultKind> untried;
  private final Random random;

  FaultChoice(List<FaultKind> kinds, Random random) {
    this.kinds = List.copyOf(kinds);
    this.random = random;
    this.untried = new ArrayList<>(kinds);
    Collections.shuffle(untried, random);
  }

  /** Whether there are any. */
  boolean any() {
    return !kinds.isEmpty();
  }

  /** The next kind; there must be one. */
  FaultKind next() {
    return take(kinds, untried);
  }

  /** One that strikes at the same time as {@code first}; empty if nothing may, or can. */
  Optional<FaultKind> nextBeside(FaultKind first) {
    List<FaultKind> possible = kinds.stream().filter(kind -> !kind.alone()).toList();
    if (first.alone() || possible.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(take(possible, untried.stream().filter(possible::contains).toList()));
  }

  private FaultKind take(List<FaultKind> all, List<FaultKind> fresh) {
    if (fresh.isEmpty()) {
      return all.get(random.nextInt(all.size()));
    }
    FaultKind kind = fresh.get(fresh.size() - 1);
    untried.remove(kind);
    return kind;
  }
}
