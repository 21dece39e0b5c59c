package io.raftwood.bench.torture.report;

import io.raftwood.bench.torture.check.CheckResult;
import io.raftwood.bench.torture.timeline.Timeline;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything about one run.
 *
 * @param title what was run
 * @param command repeats it
 * @param facts lines about machine, network, settings, recovery
 * @param checks all verdicts
 * @param timeline what happened
 */
public record RunReport(
    String title, String command, List<String> facts, List<CheckResult> checks, Timeline timeline) {
  /** Copies the lists. */
  public RunReport {
    facts = List.copyOf(facts);
    checks = List.copyOf(checks);
  }

  /** Whether nothing is wrong and everything could be decided. */
  public boolean green() {
    return checks.stream().allMatch(CheckResult::green);
  }

  /** {@code GREEN}, {@code RED}, or {@code UNDECIDED}. */
  public String verdict() {
    if (green()) {
      return "GREEN";
    }
    boolean failed = checks.stream().anyMatch(check -> check.status() == CheckResult.Status.FAILED);
    return failed ? "RED" : "UNDECIDED";
  }

  /** How many requests ended how. */
  public String operations() {
    Map<Timeline.End, Integer> ends = new TreeMap<>();
    timeline.marks().forEach(mark -> ends.merge(mark.how(), 1, Integer::sum));
    return String.format(
        "requests: %d answered, %d refused, %d of unknown outcome",
        ends.getOrDefault(Timeline.End.DONE, 0),
        ends.getOrDefault(Timeline.End.REFUSED, 0),
        ends.getOrDefault(Timeline.End.UNKNOWN, 0));
  }

  /** Which faults there were, by kind. */
  public String faults() {
    Map<String, Integer> kinds = new TreeMap<>();
    timeline.faults().forEach(fault -> kinds.merge(fault.name(), 1, Integer::sum));
    return "faults: " + timeline.faults().size() + " " + kinds;
  }

  /** The report as lines. */
  public String toText() {
    StringBuilder text = new StringBuilder(title).append('\n');
    facts.forEach(fact -> text.append("  ").append(fact).append('\n'));
    text.append("  ").append(operations()).append('\n');
    text.append("  ").append(faults()).append('\n');
    checks.forEach(check -> text.append("  ").append(check).append('\n'));
    return text.append(verdict()).append("  ").append(command).append('\n').toString();
  }
}
