package io.raftwood.bench.compare;

import io.raftwood.bench.load.LoadPage;
import io.raftwood.bench.load.LoadReport;
import io.raftwood.bench.plot.Chart;
import io.raftwood.bench.plot.Page;
import io.raftwood.bench.plot.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A comparison as a page: for each workload a table and charts with a line for each server. */
final class ComparePage {
  private static final double[] PERCENTILES = {50, 90, 99, 99.9};

  private final CompareReport report;

  ComparePage(CompareReport report) {
    this.report = report;
  }

  /** The page. */
  Page page() {
    Page page = new Page("raftwood bench compare");
    report.notes().forEach(page::text);
    page.text("Charts and rows are of the round whose throughput is the median one.");
    Stream.of(Workload.values())
        .filter(workload -> cells(workload).findAny().isPresent())
        .forEach(workload -> add(page, workload));
    return page;
  }

  private Stream<CompareRun.Cell> cells(Workload workload) {
    return report.reports().keySet().stream().filter(cell -> cell.workload() == workload);
  }

  private void add(Page page, Workload workload) {
    Map<String, List<LoadReport>> byServer =
        cells(workload)
            .collect(
                Collectors.groupingBy(
                    CompareRun.Cell::peer,
                    LinkedHashMap::new,
                    Collectors.mapping(this::median, Collectors.toList())));
    List<String> head = new ArrayList<>(List.of("server", "connections"));
    head.addAll(LoadPage.COLUMNS);
    page.heading(workload.word()).table(head, cells(workload).map(this::row).toList());
    if (byServer.values().stream().anyMatch(reports -> reports.size() > 1)) {
      page.chart(
          new Chart(
              "p99 at a throughput",
              "operations/s",
              "us",
              lines(
                  byServer,
                  (name, reports) -> LoadPage.curve(name, reports, one -> one.micros(99)))));
    }
    page.chart(
        new Chart(
            "Latency that so many percent did not exceed, at the most connections",
            "50, 90, 99, 99.9 %",
            "us",
            lines(byServer, (name, reports) -> percentiles(name, last(reports)))));
    page.chart(
        new Chart(
            "p99 over time, at the most connections",
            "s",
            "us",
            lines(
                byServer,
                (name, reports) ->
                    LoadPage.overTime(name, last(reports), LoadReport.Second::p99))));
  }

  /** Makes a line of a server's reports. */
  private interface Line {
    Series of(String name, List<LoadReport> reports);
  }

  private static List<Series> lines(Map<String, List<LoadReport>> byServer, Line line) {
    List<Series> lines = new ArrayList<>();
    byServer.forEach((name, reports) -> lines.add(line.of(name, reports)));
    return lines;
  }

  private static LoadReport last(List<LoadReport> reports) {
    return reports.get(reports.size() - 1);
  }

  private List<String> row(CompareRun.Cell cell) {
    List<String> row = new ArrayList<>();
    row.add(cell.peer());
    row.add(Integer.toString(cell.connections()));
    row.addAll(LoadPage.cells(median(cell)));
    return row;
  }

  private LoadReport median(CompareRun.Cell cell) {
    List<LoadReport> rounds = report.reports().get(cell);
    return rounds.stream()
        .sorted(Comparator.comparingDouble(LoadReport::perSecond))
        .skip(rounds.size() / 2)
        .findFirst()
        .orElseThrow();
  }

  private static Series percentiles(String name, LoadReport report) {
    List<Series.Point> points = new ArrayList<>();
    for (double percentile : PERCENTILES) {
      points.add(new Series.Point(points.size() + 1, report.micros(percentile)));
    }
    return new Series(name, points);
  }
}
