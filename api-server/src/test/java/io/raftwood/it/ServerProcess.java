package io.raftwood.it;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One running (or ended) server process that this test started. */
final class ServerProcess {
  private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(10);

  private final Process process;
  private volatile boolean paused;

  private ServerProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts {@code raftwood server} with {@code node}'s configuration; does not wait.
   *
   * @param optimized as in {@link ClusterSpec}
   */
  static ServerProcess launch(NodeFiles node, Map<String, String> environment, boolean optimized)
      throws IOException {
    return launch(node, environment, optimized, "server");
  }

  /** Starts another command of the program with {@code node}'s configuration; does not wait. */
  static ServerProcess command(NodeFiles node, String... words) throws IOException {
    return launch(node, Map.of(), false, words);
  }

  private static ServerProcess launch(
      NodeFiles node, Map<String, String> environment, boolean optimized, String... words)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(inheritedFlags());
    if (!optimized) {
      command.add("-XX:TieredStopAtLevel=1");
    }
    String options = TestSettings.text("jvm-options", "-XX:+UseG1GC -Xmx512m");
    Arrays.stream(options.split("\\s+")).filter(one -> !one.isEmpty()).forEach(command::add);
    command.addAll(PackagedProgram.javaOptions());
    command.add("io.raftwood.cli.RaftwoodMain");
    command.addAll(List.of(words));
    command.addAll(List.of("--config", node.config().toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(node.log().toFile()));
    builder.directory(node.directory().toFile());
    // Settings may come from the environment: a test's cluster has only what the test says.
    builder.environment().keySet().removeIf(name -> name.startsWith("RAFTWOOD_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    return new ServerProcess(process);
  }

  /** What this JVM was told for the libraries' sake holds for the servers too. */
  static List<String> inheritedFlags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("--") || flag.startsWith("-Dcom.google.protobuf."))
        .toList();
  }

  /** Its id. */
  long pid() {
    return process.pid();
  }

  /** Whether it has not ended; paused counts as running. */
  boolean running() {
    return process.isAlive();
  }

  /** Whether it runs and is not paused. */
  boolean answering() {
    return process.isAlive() && !paused;
  }

  /** Sends SIGKILL; does not wait. */
  void kill() {
    process.destroyForcibly();
    paused = false;
  }

  /** Sends SIGTERM; does not wait. */
  void terminate() {
    process.destroy();
  }

  /** Sends SIGSTOP. */
  void pause() throws IOException, InterruptedException {
    paused = true;
    signal("STOP");
  }

  /** Sends SIGCONT. */
  void resume() throws IOException, InterruptedException {
    signal("CONT");
    paused = false;
  }

  /** Waits for the end; the exit code (128 + signal if a signal ended it). */
  int awaitExit(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("process " + pid() + " still runs after " + limit);
    }
    return process.exitValue();
  }

  private void signal(String name) throws IOException, InterruptedException {
    // The shell's own kill: a bare Debian has no other.
    Process kill =
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid()).inheritIO().start();
    if (!kill.waitFor(SIGNAL_LIMIT.toMillis(), TimeUnit.MILLISECONDS) || kill.exitValue() != 0) {
      throw new IOException("kill -" + name + " " + pid() + " failed");
    }
  }
}
