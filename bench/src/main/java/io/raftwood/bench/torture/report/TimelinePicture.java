package io.raftwood.bench.torture.report;

import io.raftwood.bench.torture.timeline.Timeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * One run's timeline as SVG: faults, leaders of each group, requests by outcome, latencies. Time
 * goes from left to right; everything has a tooltip.
 */
final class TimelinePicture {
  private static final int WIDTH = 1100;
  private static final int LEFT = 110;
  private static final int ROW = 18;
  private static final int CHART = 90;
  private static final int BUCKETS = 165;
  private static final double LATENCY_MIN_MILLIS = 0.5;
  private static final double LATENCY_MAX_MILLIS = 20_000;
  private static final String[] NODE_COLOURS = {
    "#4e79a7", "#f28e2b", "#59a14f", "#b07aa1", "#9c755f", "#76b7b2", "#edc948", "#ff9da7",
    "#bab0ac"
  };

  private final Timeline timeline;
  private final long end;
  private final StringBuilder svg = new StringBuilder();
  private int top = 4;

  TimelinePicture(Timeline timeline) {
    this.timeline = timeline;
    long last = TimeUnit.SECONDS.toNanos(1);
    for (Timeline.Mark mark : timeline.marks()) {
      last = Math.max(last, mark.end());
    }
    for (Timeline.Span fault : timeline.faults()) {
      last = Math.max(last, fault.end());
    }
    this.end = last;
  }

  /** The element. */
  String render() {
    faults();
    leaders();
    throughput();
    latencies();
    axis();
    return String.format(
            "<svg viewBox='0 0 %d %d' width='100%%' xmlns='http://www.w3.org/2000/svg'"
                + " font-family='sans-serif' font-size='11'>",
            WIDTH, top + 20)
        + svg
        + "</svg>";
  }

  private void faults() {
    List<Long> rowEnds = new ArrayList<>();
    int first = top;
    label("faults");
    for (Timeline.Span fault : timeline.faults()) {
      int row = 0;
      while (row < rowEnds.size() && rowEnds.get(row) > fault.start()) {
        row++;
      }
      if (row == rowEnds.size()) {
        rowEnds.add(0L);
      }
      // Short ones still need room for their names.
      rowEnds.set(row, Math.max(fault.end(), fault.start() + end / 10));
      int y = first + row * ROW;
      box(fault.start(), fault.end(), y, "#e15759", fault.name() + " " + fault.detail());
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x='%.1f' y='%d'>%s</text>",
              x(fault.start()) + 3,
              y + ROW - 6,
              Html.escape(fault.name())));
    }
    top += Math.max(1, rowEnds.size()) * ROW + 6;
  }

  private void leaders() {
    List<Timeline.Reign> reigns = timeline.reigns();
    for (String group : new TreeSet<>(reigns.stream().map(Timeline.Reign::group).toList())) {
      label(group);
      reigns.stream()
          .filter(reign -> reign.group().equals(group))
          .forEach(
              reign ->
                  box(
                      reign.start(),
                      reign.end(),
                      top,
                      NODE_COLOURS[Math.floorMod(number(reign.node()) - 1, NODE_COLOURS.length)],
                      reign.node() + " in term " + reign.term()));
      top += ROW;
    }
    top += 6;
  }

  private static int number(String node) {
    String digits = node.replaceAll("[^0-9]", "");
    return digits.isEmpty() ? 1 : Integer.parseInt(digits);
  }

  private void throughput() {
    int[][] counts = new int[Timeline.End.values().length][BUCKETS];
    timeline.marks().forEach(mark -> counts[mark.how().ordinal()][bucket(mark.end())]++);
    int highest = 1;
    for (int i = 0; i < BUCKETS; i++) {
      highest = Math.max(highest, counts[0][i] + counts[1][i] + counts[2][i]);
    }
    double seconds = end / 1e9 / BUCKETS;
    label(String.format(Locale.ROOT, "max %.0f/s", highest / seconds));
    String[] colours = {"#59a14f", "#bab0ac", "#f28e2b"};
    for (int i = 0; i < BUCKETS; i++) {
      double y = top + CHART;
      for (Timeline.End how : Timeline.End.values()) {
        int count = counts[how.ordinal()][i];
        double height = (double) CHART * count / highest;
        y -= height;
        bar(i, y, height, colours[how.ordinal()], count + " " + how);
      }
    }
    top += CHART + 10;
  }

  /** Median and maximum of the answered requests, on a logarithmic scale. */
  private void latencies() {
    List<List<Double>> millis = new ArrayList<>();
    for (int i = 0; i < BUCKETS; i++) {
      millis.add(new ArrayList<>());
    }
    timeline.marks().stream()
        .filter(mark -> mark.how() == Timeline.End.DONE)
        .forEach(mark -> millis.get(bucket(mark.end())).add((mark.end() - mark.start()) / 1e6));
    label("latency");
    for (double grid : new double[] {1, 10, 100, 1000, 10_000}) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<line x1='%d' x2='%d' y1='%.1f' y2='%.1f' stroke='#ddd'/>"
                  + "<text x='%d' y='%.1f' fill='#888'>%.0f ms</text>",
              LEFT,
              WIDTH,
              y(grid),
              y(grid),
              LEFT - 52,
              y(grid) + 4,
              grid));
    }
    for (int i = 0; i < BUCKETS; i++) {
      double[] sorted = millis.get(i).stream().mapToDouble(Double::doubleValue).toArray();
      Arrays.sort(sorted);
      if (sorted.length > 0) {
        dot(i, sorted[sorted.length / 2], "#4e79a7", "median");
        dot(i, sorted[sorted.length - 1], "#e15759", "maximum");
      }
    }
    top += CHART + 4;
  }

  private void dot(int bucket, double millis, String colour, String what) {
    double x = LEFT + (bucket + 0.5) * (WIDTH - LEFT) / BUCKETS;
    svg.append(
        String.format(
            Locale.ROOT,
            "<circle cx='%.1f' cy='%.1f' r='2' fill='%s'><title>%s %.1f ms</title></circle>",
            x,
            y(millis),
            colour,
            what,
            millis));
  }

  private double y(double millis) {
    double inside = Math.max(LATENCY_MIN_MILLIS, Math.min(LATENCY_MAX_MILLIS, millis));
    double share =
        Math.log(inside / LATENCY_MIN_MILLIS) / Math.log(LATENCY_MAX_MILLIS / LATENCY_MIN_MILLIS);
    return top + CHART * (1 - share);
  }

  private void axis() {
    long step = Math.max(1, Math.round(end / 1e9 / 12));
    for (long second = 0; second * 1_000_000_000L <= end; second += step) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x='%.1f' y='%d' fill='#888'>%d s</text>",
              x(second * 1_000_000_000L),
              top + 14,
              second));
    }
  }

  private void label(String text) {
    svg.append(
        String.format(
            "<text x='2' y='%d' fill='#333'>%s</text>", top + ROW - 6, Html.escape(text)));
  }

  private void box(long start, long stop, int y, String colour, String title) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect x='%.1f' y='%d' width='%.1f' height='%d' fill='%s' fill-opacity='0.55'>"
                + "<title>%s, %.2f to %.2f s</title></rect>",
            x(start),
            y,
            Math.max(1.5, x(stop) - x(start)),
            ROW - 2,
            colour,
            Html.escape(title),
            start / 1e9,
            stop / 1e9));
  }

  private void bar(int bucket, double y, double height, String colour, String title) {
    if (height > 0) {
      double width = (double) (WIDTH - LEFT) / BUCKETS;
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='%s'><title>%s</title>"
                  + "</rect>",
              LEFT + bucket * width,
              y,
              width - 0.5,
              height,
              colour,
              title));
    }
  }

  private int bucket(long time) {
    return (int) Math.min(BUCKETS - 1, time * BUCKETS / Math.max(1, end));
  }

  private double x(long time) {
    return LEFT + (double) (WIDTH - LEFT) * time / end;
  }
}
