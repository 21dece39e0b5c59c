package io.raftwood.bench.load;

import java.io.PrintWriter;
import java.util.function.Consumer;

/** How far a run is, on one line of a terminal that is written again and again. */
public final class ProgressLine {
  private ProgressLine() {}

  /** Writes to {@code err} if there is a terminal, else nothing. An empty line clears it. */
  public static Consumer<String> on(PrintWriter err) {
    // A console means that both input and output are a terminal.
    return System.console() == null ? line -> {} : line -> show(err, line);
  }

  private static void show(PrintWriter err, String line) {
    err.print("\r\u001b[K" + line);
    err.flush();
  }
}
