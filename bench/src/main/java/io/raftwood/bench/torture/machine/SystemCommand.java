package io.raftwood.bench.torture.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the machine's own programs: {@code ip}, {@code nft}, {@code mount}. */
public final class SystemCommand {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private SystemCommand() {}

  /**
   * Why this process cannot do what needs root and {@code programs}; empty = it can.
   *
   * @param what for people, in the plural
   * @param packages of Debian, where the programs are
   */
  public static Optional<String> limitation(String what, List<String> programs, String packages) {
    try {
      String uid =
          Files.readAllLines(Path.of("/proc/self/status")).stream()
              .filter(line -> line.startsWith("Uid:"))
              .findFirst()
              .orElse("");
      if (!uid.matches("Uid:\\s+0\\s.*")) {
        return Optional.of(what + " need root");
      }
    } catch (IOException e) {
      return Optional.of(what + " need Linux");
    }
    return programs.stream()
        .filter(program -> !exists(program))
        .findFirst()
        .map(program -> "there is no '" + program + "'; install " + packages);
  }

  /** Whether {@code program} is in the usual places. */
  private static boolean exists(String program) {
    return Stream.of("/usr/sbin", "/usr/bin", "/sbin", "/bin")
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  /** Runs words separated by blanks; what it printed. */
  public static String run(String words) throws IOException {
    return run(List.of(words.split(" ")), "");
  }

  /**
   * Runs a program with {@code input}; what it printed.
   *
   * @throws IOException with its output, if it fails or takes longer than 30 s
   */
  public static String run(List<String> words, String input) throws IOException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    try {
      process.getOutputStream().write(input.getBytes(StandardCharsets.US_ASCII));
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("not done in time: " + String.join(" ", words));
      }
      if (process.exitValue() != 0) {
        throw new IOException(String.join(" ", words) + ": " + output.trim());
      }
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted: " + String.join(" ", words), e);
    } finally {
      process.destroyForcibly();
    }
  }
}
