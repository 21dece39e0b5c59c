package io.raftwood.bench.compare;

import io.raftwood.bench.json.JsonObject;
import io.raftwood.bench.load.LoadReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What a comparison found: of several rounds the median, with the lowest and the highest beside it.
 *
 * @param reports of each cell, one for each round
 * @param notes lines about the peers and the machine
 */
record CompareReport(Map<CompareRun.Cell, List<LoadReport>> reports, List<String> notes) {
  private static final double P50 = 50;
  private static final double P99 = 99;

  /** A table for people, with the notes below it. */
  String toTable() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%-17s %-11s %5s %18s %26s %9s %9s %7s",
            "WORKLOAD",
            "SERVER",
            "CONNS",
            "OPERATIONS/S",
            "SERVER CPU us/OPERATION",
            "p50 us",
            "p99 us",
            "ERRORS"));
    reports.forEach((cell, rounds) -> lines.add(row(cell, rounds)));
    lines.add("");
    lines.addAll(notes);
    return String.join(System.lineSeparator(), lines);
  }

  private static String row(CompareRun.Cell cell, List<LoadReport> rounds) {
    return String.format(
        Locale.ROOT,
        "%-17s %-11s %5d %18s %26s %9.0f %9.0f %7d",
        cell.workload().word(),
        cell.peer(),
        cell.connections(),
        spread(rounds, LoadReport::perSecond, 0),
        spread(rounds, CompareReport::cpu, 1),
        Spread.of(rounds, report -> report.micros(P50)).median(),
        Spread.of(rounds, report -> report.micros(P99)).median(),
        rounds.stream().mapToLong(LoadReport::failed).sum());
  }

  private static String spread(
      List<LoadReport> rounds, ToDoubleFunction<LoadReport> figure, int digits) {
    Spread spread = Spread.of(rounds, figure);
    String format = "%." + digits + "f (%." + digits + "f..%." + digits + "f)";
    return String.format(Locale.ROOT, format, spread.median(), spread.lowest(), spread.highest());
  }

  private static double cpu(LoadReport report) {
    return report.cpuMicrosPerOperation().orElse(Double.NaN);
  }

  /** One line of JSON: every report, and the notes. */
  String toJson() {
    List<JsonObject> cells = new ArrayList<>();
    reports.forEach(
        (cell, rounds) ->
            cells.add(
                new JsonObject()
                    .put("workload", cell.workload().word())
                    .put("server", cell.peer())
                    .put("connections", cell.connections())
                    .put("rounds", rounds.stream().map(LoadReport::json).toList())));
    JsonObject json = new JsonObject().put("results", cells);
    return json.put("notes", String.join("\n", notes)).toString();
  }

  /** The middle and the ends of some figures. */
  private record Spread(double lowest, double median, double highest) {
    static Spread of(List<LoadReport> rounds, ToDoubleFunction<LoadReport> figure) {
      double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
      return new Spread(sorted[0], sorted[sorted.length / 2], sorted[sorted.length - 1]);
    }
  }
}
