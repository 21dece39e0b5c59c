package io.raftwood.bench.load;

import io.raftwood.bench.plot.Chart;
import io.raftwood.bench.plot.Page;
import io.raftwood.bench.plot.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Reports as pages and charts. */
public final class LoadPage {
  /** The columns of {@link #cells}. */
  public static final List<String> COLUMNS =
      List.of(
          "operations/s",
          "CPU us/operation",
          "written bytes/operation",
          "p50 us",
          "p90 us",
          "p99 us",
          "p99.9 us",
          "max us",
          "errors");

  private LoadPage() {}

  /** The page of the steps of a curve, the last of which is the load that was asked for. */
  static Page of(List<LoadReport> steps) {
    LoadReport last = steps.get(steps.size() - 1);
    Page page = new Page("raftwood bench: " + last.plan().workload().mix().text());
    last.toTable().lines().forEach(page::text);
    if (steps.size() > 1) {
      List<String> head = new ArrayList<>(List.of("load"));
      head.addAll(COLUMNS);
      page.heading("Ever more load").table(head, steps.stream().map(LoadPage::row).toList());
      page.chart(
          new Chart(
              "Latency at a throughput",
              "operations/s",
              "us",
              List.of(
                  curve("p50", steps, report -> report.micros(50)),
                  curve("p99", steps, report -> report.micros(99)),
                  curve("p99.9", steps, report -> report.micros(99.9)))));
    }
    page.heading("Over time");
    page.chart(
        new Chart(
            "Latency",
            "s",
            "us",
            List.of(
                overTime("p50", last, LoadReport.Second::p50),
                overTime("p99", last, LoadReport.Second::p99),
                overTime("max", last, LoadReport.Second::max))));
    return page.chart(
        new Chart(
            "Throughput",
            "s",
            "operations/s",
            List.of(overTime("operations/s", last, LoadReport.Second::operations))));
  }

  private static List<String> row(LoadReport report) {
    long rate = report.plan().timing().ratePerSecond();
    List<String> row = new ArrayList<>();
    row.add(rate == 0 ? report.plan().connections() + " connections" : rate + "/s");
    row.addAll(cells(report));
    return row;
  }

  /** A report as the cells of {@link #COLUMNS}. */
  public static List<String> cells(LoadReport report) {
    return List.of(
        number(report.perSecond()),
        report.cpuMicrosPerOperation().map(cpu -> format("%.1f", cpu)).orElse("-"),
        report.writtenBytesPerOperation().map(LoadPage::number).orElse("-"),
        number(report.micros(50)),
        number(report.micros(90)),
        number(report.micros(99)),
        number(report.micros(99.9)),
        number(report.micros(100)),
        Long.toString(report.failed()));
  }

  /** Latency against throughput. */
  public static Series curve(
      String name, List<LoadReport> steps, ToDoubleFunction<LoadReport> latency) {
    return new Series(
        name,
        steps.stream()
            .map(step -> new Series.Point(step.perSecond(), latency.applyAsDouble(step)))
            .toList());
  }

  /** A figure of each second. */
  public static Series overTime(
      String name, LoadReport report, ToDoubleFunction<LoadReport.Second> figure) {
    List<Series.Point> points = new ArrayList<>();
    for (LoadReport.Second second : report.eachSecond()) {
      points.add(new Series.Point(points.size() + 1, figure.applyAsDouble(second)));
    }
    return new Series(name, points);
  }

  private static String number(double value) {
    return format("%.0f", value);
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
