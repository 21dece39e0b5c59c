package io.raftwood.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program as a process of its own, talking to a cluster over HTTP. */
final class CliProcess {
  private static final Duration LIMIT = Duration.ofMinutes(30);

  private final Process process;
  private final Path out;

  private CliProcess(Process process, Path out) {
    this.process = process;
    this.out = out;
  }

  /**
   * What a run came to.
   *
   * @param exitCode of the process
   * @param text what it printed, on either stream
   * @param seconds it took
   */
  record Ending(int exitCode, String text, double seconds) {
    /** The text of a run that ended with 0; anything else is a failure. */
    String ok() {
      if (exitCode != 0) {
        throw new AssertionError("exit code " + exitCode + ": " + text);
      }
      return text;
    }
  }

  /** Starts {@code raftwood args} against the cluster's nodes; output goes below {@code home}. */
  static CliProcess start(ProcessCluster cluster, Path home, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ServerProcess.inheritedFlags());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
    command.addAll(PackagedProgram.javaOptions());
    command.add("io.raftwood.cli.RaftwoodMain");
    command.addAll(Arrays.asList(args));
    Path out = Files.createTempFile(home, "cli", ".out");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(out.toFile()).directory(home.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("RAFTWOOD_"));
    builder.environment().put("RAFTWOOD_ENDPOINTS", endpoints(cluster));
    builder.environment().put("RAFTWOOD_TIMEOUT", "120");
    Process process = builder.start();
    process.getOutputStream().close();
    return new CliProcess(process, out);
  }

  /** Runs it to its end. */
  static Ending run(ProcessCluster cluster, Path home, String... args) throws Exception {
    long begin = System.nanoTime();
    CliProcess started = start(cluster, home, args);
    int exitCode = started.await();
    return new Ending(exitCode, started.text(), (System.nanoTime() - begin) / 1e9);
  }

  /** The HTTP addresses of all nodes. */
  static String endpoints(ProcessCluster cluster) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < cluster.size(); i++) {
      all.add("127.0.0.1:" + cluster.node(i).httpPort());
    }
    return String.join(",", all);
  }

  /** Whether it runs. */
  boolean running() {
    return process.isAlive();
  }

  /** Kills it (SIGKILL) and waits. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    await();
  }

  /** Waits for its end; the exit code. */
  int await() throws InterruptedException {
    if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the command did not end within " + LIMIT);
    }
    return process.exitValue();
  }

  /** What it has printed. */
  String text() throws IOException {
    return Files.readString(out, StandardCharsets.UTF_8);
  }
}
