package io.raftwood.bench.torture.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** In one term of a group at most one node leads. Thread-safe. */
public final class LeadersCheck {
  private final Map<Term, String> leaders = new HashMap<>();
  private final Set<String> groups = new HashSet<>();
  private Optional<String> wrong = Optional.empty();

  /** Notes that {@code node} said of itself that it leads {@code group} in {@code term}. */
  public synchronized void saw(String group, long term, String node) {
    groups.add(group);
    String other = leaders.putIfAbsent(new Term(group, term), node);
    if (other != null && !other.equals(node) && wrong.isEmpty()) {
      wrong = Optional.of(other + " and " + node + " both lead " + group + " in term " + term);
    }
  }

  /** The verdict. */
  public synchronized CheckResult result() {
    String name = "leaders: one for each term";
    return wrong
        .map(text -> CheckResult.failed(name, text))
        .orElseGet(
            () ->
                CheckResult.passed(
                    name, leaders.size() + " terms of " + groups.size() + " groups seen"));
  }

  private record Term(String group, long number) {}
}
