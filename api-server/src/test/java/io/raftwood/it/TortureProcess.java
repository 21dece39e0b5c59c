package io.raftwood.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code raftwood torture} as a process. */
final class TortureProcess {
  private static final long LIMIT_SECONDS = 480;

  private TortureProcess() {}

  /**
   * What a run came to.
   *
   * @param exitCode of the process
   * @param text what it printed, on either stream
   */
  record Ending(int exitCode, String text) {}

  /** Runs it to its end; its clusters are kept below {@code directory} if they are not green. */
  static Ending run(Path directory, String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ServerProcess.inheritedFlags());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx512m"));
    command.addAll(PackagedProgram.javaOptions());
    command.addAll(List.of("io.raftwood.cli.RaftwoodMain", "torture"));
    command.addAll(Arrays.asList(args));
    command.addAll(List.of("--data", directory.resolve("clusters").toString()));
    Path out = Files.createTempFile(directory, "torture", ".out");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(out.toFile()).directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("RAFTWOOD_"));
    // The servers of a test live for a minute: the quick compiler alone costs less.
    builder.environment().put("RAFTWOOD_HEAP", "384m");
    builder.environment().put("RAFTWOOD_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("torture does not end:\n" + Files.readString(out));
      }
      return new Ending(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
    } finally {
      // SIGTERM, so that it takes its namespaces and servers away.
      process.destroy();
      process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }
}
