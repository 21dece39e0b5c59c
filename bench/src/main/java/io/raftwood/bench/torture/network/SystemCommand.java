package io.raftwood.bench.torture.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the machine's own programs: {@code ip}, {@code nft}, {@code tc}. */
final class SystemCommand {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private SystemCommand() {}

  /** Whether {@code program} is in the usual places. */
  static boolean exists(String program) {
    return Stream.of("/usr/sbin", "/usr/bin", "/sbin", "/bin")
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  /** Runs words separated by blanks; what it printed. */
  static String run(String words) throws IOException {
    return run(List.of(words.split(" ")), "");
  }

  /**
   * Runs a program with {@code input}; what it printed.
   *
   * @throws IOException with its output, if it fails or takes longer than 30 s
   */
  static String run(List<String> words, String input) throws IOException {
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
