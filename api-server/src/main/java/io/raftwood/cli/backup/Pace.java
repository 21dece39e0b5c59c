package io.raftwood.cli.backup;

import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallFailureException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * How fast a long command goes, and how far it is: one line of a terminal that is written again and
 * again, nothing elsewhere. For one thread.
 */
public final class Pace {
  private static final String START_OF_LINE = "\r\u001b[K";
  private static final long SHOWN_EVERY_NANOS = 200_000_000;
  private static final double MIB = 1 << 20;

  private final PrintWriter err;
  private final boolean shown;
  private final double bytesPerSecond;
  private final long begin = System.nanoTime();
  private OptionalLong total = OptionalLong.empty();
  private OptionalLong totalItems = OptionalLong.empty();
  private long bytes;
  private long items;
  private long last = begin - SHOWN_EVERY_NANOS;

  /**
   * Of a command that begins now.
   *
   * @param shown whether {@code err} is a terminal
   * @param mibPerSecond at most so fast; 0 = as fast as it goes
   */
  public Pace(PrintWriter err, boolean shown, double mibPerSecond) {
    this.err = err;
    this.shown = shown;
    this.bytesPerSecond = mibPerSecond * MIB;
  }

  /** There are so many bytes in all. */
  public void expect(long totalBytes) {
    total = OptionalLong.of(totalBytes);
  }

  /** There are about so many items in all. */
  public void expectItems(long about) {
    totalItems = OptionalLong.of(about);
  }

  /** Whether anybody looks. */
  boolean isShown() {
    return shown;
  }

  /** So much more is done; waits if that was too fast. {@code what} is being done. */
  public void passed(String what, long moreBytes, long moreItems) {
    bytes += moreBytes;
    items += moreItems;
    show(what);
    if (bytesPerSecond > 0) {
      long due = begin + (long) (bytes / bytesPerSecond * 1e9);
      pause(due - System.nanoTime());
    }
  }

  private static void pause(long nanos) {
    try {
      if (nanos > 0) {
        TimeUnit.NANOSECONDS.sleep(nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallFailureException(CallExitCode.FAILED, "interrupted");
    }
  }

  private void show(String what) {
    long now = System.nanoTime();
    if (shown && now - last >= SHOWN_EVERY_NANOS) {
      last = now;
      err.print(START_OF_LINE + text(what, (now - begin) / 1e9));
      err.flush();
    }
  }

  /** What is shown after {@code seconds}. */
  String text(String what, double seconds) {
    double rate = bytes / Math.max(seconds, 0.001);
    String text =
        String.format(
            Locale.ROOT,
            "%s: %d items, %.1f MiB, %.1f MiB/s",
            what,
            items,
            bytes / MIB,
            rate / MIB);
    return text
        + (total.isPresent() ? ahead(bytes, total, seconds) : ahead(items, totalItems, seconds));
  }

  private static String ahead(long done, OptionalLong all, double seconds) {
    if (all.isEmpty() || done == 0 || all.getAsLong() < done) {
      return "";
    }
    long left = (long) Math.ceil(seconds * (all.getAsLong() - done) / done);
    return ", " + 100 * done / all.getAsLong() + " %, " + left + " s left";
  }

  /** Number of items so far. */
  public long items() {
    return items;
  }

  /** Number of bytes so far. */
  public long bytes() {
    return bytes;
  }

  /** Seconds so far. */
  public double seconds() {
    return (System.nanoTime() - begin) / 1e9;
  }

  /** Clears the line. */
  public void end() {
    if (shown) {
      err.print(START_OF_LINE);
      err.flush();
    }
  }
}
