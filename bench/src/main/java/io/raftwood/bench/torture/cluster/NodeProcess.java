package io.raftwood.bench.torture.cluster;

import io.raftwood.bench.torture.machine.FakeClocks;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One running or ended server process. Not thread-safe, but for the questions. */
final class NodeProcess {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Process process;
  private final long logStart;
  private volatile boolean paused;
  private volatile boolean killed;

  private NodeProcess(Process process, long logStart) {
    this.process = process;
    this.logStart = logStart;
  }

  /**
   * Starts {@code words}; does not wait until it serves.
   *
   * @param environment is added to that of this process
   */
  static NodeProcess start(List<String> words, File log, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.redirectInput(new File("/dev/null"));
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    // Settings may come from the environment: here only the file counts.
    builder.environment().keySet().removeIf(name -> name.startsWith("RAFTWOOD_"));
    builder.environment().putAll(environment);
    long logStart = log.length();
    return new NodeProcess(builder.start(), logStart);
  }

  /** Whether it has not ended; paused counts as running. */
  boolean running() {
    return process.isAlive();
  }

  /** Where its part of the log begins. */
  long logStart() {
    return logStart;
  }

  /** Whether it is stopped by SIGSTOP. */
  boolean paused() {
    return paused && process.isAlive();
  }

  /** Whether it ended without being told to. */
  boolean endedByItself() {
    return !process.isAlive() && !killed;
  }

  /** From now on it may end by itself. */
  void expectEnd() {
    killed = true;
  }

  /** From now on it may not end by itself, unless it has already. */
  void expectNoEnd() {
    killed = !process.isAlive();
  }

  /** Its exit code, once it has ended. */
  int exitCode() {
    return process.exitValue();
  }

  /** Sends SIGKILL and waits. */
  void kill() throws IOException {
    killed = true;
    process.destroyForcibly();
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("process " + process.pid() + " survives SIGKILL");
      }
      FakeClocks.cleanUp(process.pid());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Sends SIGKILL; does not wait. */
  void killAtOnce() {
    killed = true;
    process.destroyForcibly();
  }

  /** Sends SIGSTOP. */
  void pause() throws IOException {
    paused = true;
    signal("STOP");
  }

  /** Sends SIGCONT. */
  void resume() throws IOException {
    signal("CONT");
    paused = false;
  }

  private void signal(String name) throws IOException {
    if (!process.isAlive()) {
      return;
    }
    // The shell's own kill: a bare Debian has no other.
    Process kill =
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      kill.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
