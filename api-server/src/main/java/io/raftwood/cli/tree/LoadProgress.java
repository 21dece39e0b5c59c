package io.raftwood.cli.tree;

import java.io.PrintWriter;
import java.util.OptionalLong;

/** How far a load is, on one line of a terminal that is written again and again. */
final class LoadProgress {
  private static final String START_OF_LINE = "\r\u001b[K";
  private static final long PACE_NANOS = 200_000_000;

  private final PrintWriter err;
  private final boolean shown;
  private final OptionalLong size;
  private final long begin = System.nanoTime();
  private long last = begin - PACE_NANOS;

  /**
   * Of a load that begins now.
   *
   * @param shown whether {@code err} is a terminal
   * @param size of the file, if it is known
   */
  LoadProgress(PrintWriter err, boolean shown, OptionalLong size) {
    this.err = err;
    this.shown = shown;
    this.size = size;
  }

  /** So many lines, which are so many bytes of the file, are in the tree. */
  void at(long lines, long bytes) {
    long now = System.nanoTime();
    if (shown && now - last >= PACE_NANOS) {
      last = now;
      err.print(START_OF_LINE + text(lines, bytes, size, (now - begin) / 1e9));
      err.flush();
    }
  }

  /** Clears the line. */
  void end() {
    if (shown) {
      err.print(START_OF_LINE);
      err.flush();
    }
  }

  /** What is shown after {@code seconds}. */
  static String text(long lines, long bytes, OptionalLong size, double seconds) {
    String text = lines + " lines, " + Math.round(lines / Math.max(seconds, 0.001)) + " lines/s";
    if (size.isEmpty() || size.getAsLong() < bytes || bytes == 0) {
      return text;
    }
    long percent = 100 * bytes / size.getAsLong();
    long left = (long) Math.ceil(seconds * (size.getAsLong() - bytes) / bytes);
    return text + ", " + percent + " %, " + left + " s left";
  }
}
