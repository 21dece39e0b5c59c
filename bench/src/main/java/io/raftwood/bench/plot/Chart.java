package io.raftwood.bench.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lines over two axes, as SVG. The vertical axis is logarithmic: latencies differ by orders of
 * magnitude, and what is 0 is drawn at its lower end.
 *
 * @param title above it
 * @param across what the horizontal axis shows, with its unit; it begins at 0
 * @param up what the vertical axis shows, with its unit
 * @param series lines without points are left out
 */
public record Chart(String title, String across, String up, List<Series> series) {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 320;
  private static final int LEFT = 70;
  private static final int RIGHT = 170;
  private static final int TOP = 30;
  private static final int BOTTOM = 45;
  private static final int STEPS = 5;
  private static final List<String> COLOURS =
      List.of("#1668b8", "#d1495b", "#2e9e5b", "#8f5fbf", "#c77d0a", "#4a4a4a");

  /** Copies the list. */
  public Chart {
    series = series.stream().filter(line -> !line.points().isEmpty()).toList();
  }

  /** The picture; a line of text if there is nothing to draw. */
  public String svg() {
    return series.isEmpty() ? "<p>" + Page.escape(title) + ": nothing was measured</p>" : draw();
  }

  private String draw() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg viewBox='0 0 %d %d' width='%d' xmlns='http://www.w3.org/2000/svg'"
                + " font-family='sans-serif' font-size='11'>",
            WIDTH, HEIGHT, WIDTH));
    svg.append(
        text(LEFT, 18, "start", "<tspan font-weight='bold'>" + Page.escape(title))
            .replace("</text>", "</tspan></text>"));
    Scale scale = Scale.of(series);
    grid(svg, scale);
    for (int i = 0; i < series.size(); i++) {
      line(svg, scale, series.get(i), COLOURS.get(i % COLOURS.size()), i);
    }
    return svg.append("</svg>").toString();
  }

  private void grid(StringBuilder svg, Scale scale) {
    for (int i = 0; i <= STEPS; i++) {
      double value = scale.right * i / STEPS;
      svg.append(text(scale.x(value), HEIGHT - BOTTOM + 16, "middle", number(value)));
    }
    for (double value : scale.marks()) {
      svg.append(
          format(
              "<line x1='%d' x2='%d' y1='%.1f' y2='%.1f' stroke='#ddd'/>",
              LEFT, WIDTH - RIGHT, scale.y(value), scale.y(value)));
      svg.append(text(LEFT - 6, scale.y(value) + 4, "end", number(value)));
    }
    svg.append(text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "middle", Page.escape(across)));
    svg.append(
        format(
            "<text transform='translate(14 %d) rotate(-90)' text-anchor='middle'>%s</text>",
            (TOP + HEIGHT - BOTTOM) / 2, Page.escape(up)));
  }

  private static void line(StringBuilder svg, Scale scale, Series line, String colour, int number) {
    StringBuilder points = new StringBuilder();
    for (Series.Point point : line.points()) {
      double x = scale.x(point.x());
      double y = scale.y(point.y());
      points.append(format("%.1f,%.1f ", x, y));
      svg.append(format("<circle cx='%.1f' cy='%.1f' r='2' fill='%s'/>", x, y, colour));
    }
    svg.append(
        format(
            "<polyline fill='none' stroke='%s' stroke-width='1.5' points='%s'/>",
            colour, points.toString().strip()));
    int y = TOP + 14 * number;
    int x = WIDTH - RIGHT + 12;
    svg.append(format("<rect x='%d' y='%d' width='10' height='10' fill='%s'/>", x, y, colour));
    svg.append(text(x + 15, y + 9, "start", Page.escape(line.name())));
  }

  private static String text(double x, double y, String anchor, String content) {
    return format("<text x='%.1f' y='%.1f' text-anchor='%s'>%s</text>", x, y, anchor, content);
  }

  private static String number(double value) {
    return value >= 1000
        ? format("%.3gk", value / 1000).replaceAll("\\.?0*k$", "k").replace("e+03k", "M")
        : format(value < 10 && value != Math.rint(value) ? "%.1f" : "%.0f", value);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /** From values to places. */
  private record Scale(double right, double low, double high) {
    static Scale of(List<Series> series) {
      double right = 0;
      double low = Double.MAX_VALUE;
      double high = 0;
      for (Series line : series) {
        for (Series.Point point : line.points()) {
          right = Math.max(right, point.x());
          high = Math.max(high, point.y());
          low = point.y() > 0 ? Math.min(low, point.y()) : low;
        }
      }
      double bottom = Math.pow(10, Math.floor(Math.log10(Math.min(low, Math.max(high, 1)))));
      double top = Math.pow(10, Math.ceil(Math.log10(Math.max(high, bottom * 1.01))));
      return new Scale(right == 0 ? 1 : right, bottom, top);
    }

    double x(double value) {
      return LEFT + value / right * (WIDTH - LEFT - RIGHT);
    }

    double y(double value) {
      double share =
          (Math.log10(Math.max(value, low)) - Math.log10(low))
              / (Math.log10(high) - Math.log10(low));
      return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
    }

    /** Powers of ten, and what is two and five times them. */
    List<Double> marks() {
      List<Double> marks = new ArrayList<>();
      for (double decade = low; decade < high * 1.001; decade *= 10) {
        for (double times : new double[] {1, 2, 5}) {
          if (decade * times < high * 1.001) {
            marks.add(decade * times);
          }
        }
      }
      return marks;
    }
  }
}
