package io.raftwood.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The unit of CPU times in {@code /proc}. */
final class ClockTicks {
  private static final long USUAL = 100;

  private ClockTicks() {}

  /** Clock ticks per second as {@code getconf CLK_TCK} says; 100 if it cannot be asked. */
  static long perSecond() {
    try {
      Process process = new ProcessBuilder("getconf", "CLK_TCK").redirectErrorStream(true).start();
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readAllBytes();
      String text = new String(output, StandardCharsets.US_ASCII).trim();
      return text.matches("[1-9][0-9]{0,6}") ? Long.parseLong(text) : USUAL;
    } catch (IOException e) {
      return USUAL;
    }
  }
}
