package io.raftwood.bench.plot;

import java.util.List;

/**
 * A line of a chart.
 *
 * @param name for the legend
 * @param points in the order in which they are joined
 */
public record Series(String name, List<Point> points) {
  /** Copies the list. */
  public Series {
    points = List.copyOf(points);
  }

  /** A point; both finite and 0 or more. */
  public record Point(double x, double y) {}
}
