package io.raftwood.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * What one process has used so far (Linux).
 *
 * @param pid the process
 * @param cpuMicros user and system time of all its threads since it started, in microseconds; as
 *     fine as a clock tick, usually 10 ms
 * @param residentBytes memory in RAM now
 * @param writtenBytes what it has had written to disks; empty if that is not told to everybody
 */
public record ProcessUsage(
    long pid, long cpuMicros, long residentBytes, OptionalLong writtenBytes) {
  private static final long MICROS_PER_TICK = 1_000_000L / ClockTicks.perSecond();
  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;

  /**
   * Reads it.
   *
   * @throws IOException if there is no such process, or no {@code /proc}
   */
  public static ProcessUsage of(long pid) throws IOException {
    Path directory = Path.of("/proc", Long.toString(pid));
    return new ProcessUsage(
        pid,
        cpuTicks(Files.readString(directory.resolve("stat"), StandardCharsets.ISO_8859_1))
            * MICROS_PER_TICK,
        residentBytes(Files.readAllLines(directory.resolve("status"), StandardCharsets.ISO_8859_1)),
        writtenBytes(directory.resolve("io")));
  }

  /** Only the user of a process may read it. */
  private static OptionalLong writtenBytes(Path io) {
    try {
      return writtenBytes(Files.readAllLines(io, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** Bytes that went to disks; {@code io} are the lines of {@code /proc/PID/io}. */
  static OptionalLong writtenBytes(List<String> io) {
    return io.stream()
        .filter(line -> line.startsWith("write_bytes:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst();
  }

  /** Clock ticks in user and system mode; {@code stat} is the text of {@code /proc/PID/stat}. */
  static long cpuTicks(String stat) throws IOException {
    // The second field is the program's name in parentheses and may contain anything.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ");
    if (fields.length <= SYSTEM_TIME) {
      throw new IOException("unexpected /proc/PID/stat: " + stat);
    }
    return Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
  }

  /** Resident memory; {@code status} are the lines of {@code /proc/PID/status}. 0 for a zombie. */
  static long residentBytes(List<String> status) {
    return status.stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .findFirst()
        .orElse(0);
  }
}
