package io.raftwood.cli;

import io.raftwood.bench.process.ProcessUsage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts nodes and waits until each says that it is ready, or knows why it will not be. */
final class ReadyWait {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(5);
  private static final int LOG_LINES = 12;
  private static final int LOG_BYTES = 8192;

  private final NodeClient client;
  private final PrintWriter progress;
  private final boolean terminal;
  private final Map<DevNode, Started> pending = new LinkedHashMap<>();
  private final List<DevNode> ready = new ArrayList<>();
  private final long startedNanos = System.nanoTime();

  /** A process that was started, and where its part of the log begins. */
  private record Started(Optional<Process> process, long logStart) {}

  /** Reports to {@code progress}; in place when that is a terminal. */
  ReadyWait(NodeClient client, PrintWriter progress, boolean terminal) {
    this.client = client;
    this.progress = progress;
    this.terminal = terminal;
  }

  /** Starts {@code node} unless it runs, and will wait for it. */
  void start(DevNode node, DevProcesses processes) {
    long logStart = node.logFile().toFile().length();
    boolean runs = DevProcesses.running(node).isPresent();
    Optional<Process> process = runs ? Optional.empty() : Optional.of(processes.start(node));
    pending.put(node, new Started(process, logStart));
  }

  /**
   * Waits for all that were started.
   *
   * @throws CommandFailedException when one ends, or is not ready within {@code timeout}, with its
   *     reasons and the last lines of its log
   */
  void await(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    show();
    while (true) {
      String reasons = poll();
      if (pending.isEmpty()) {
        break;
      }
      if (System.nanoTime() - deadline > 0) {
        DevNode node = pending.keySet().iterator().next();
        throw failure(
            node, "is not ready after " + timeout.toSeconds() + " s; it says: " + reasons);
      }
      DevProcesses.pause(POLL);
    }
    if (terminal) {
      progress.println();
    }
  }

  /** Asks all that are pending once; what the first of them that is not ready said. */
  private String poll() {
    String reasons = "";
    for (DevNode node : List.copyOf(pending.keySet())) {
      Optional<String> notReady = reasonsOf(node);
      if (notReady.isEmpty()) {
        pending.remove(node);
        ready.add(node);
        show();
      } else if (DevProcesses.running(node).isEmpty()) {
        throw failure(node, "ended while starting" + exitCode(node));
      } else if (reasons.isEmpty()) {
        reasons = notReady.get();
      }
    }
    return reasons;
  }

  /** Why {@code node} is not ready; empty when it is. */
  private Optional<String> reasonsOf(DevNode node) {
    try {
      String endpoint = node.node().http().toString();
      NodeClient.Answer answer = client.ask("GET", endpoint, "/readyz", ASK_TIMEOUT);
      return answer.status() == 200
          ? Optional.empty()
          : Optional.of(answer.body().strip().replace("\n", "; "));
    } catch (IOException e) {
      return Optional.of("nothing (no answer on its HTTP port)");
    }
  }

  private void show() {
    if (terminal) {
      progress.print("\rready: " + ready.size() + " of " + (ready.size() + pending.size()));
      progress.print(pending.isEmpty() ? " " : " ...");
    } else if (!ready.isEmpty()) {
      progress.println(ready.get(ready.size() - 1).name() + " is ready" + cost());
    }
    progress.flush();
  }

  /** What the start of the node that became ready last has cost; nothing if that is not known. */
  private String cost() {
    Optional<ProcessHandle> process = DevProcesses.running(ready.get(ready.size() - 1));
    if (process.isEmpty()) {
      return "";
    }
    try {
      ProcessUsage usage = ProcessUsage.of(process.get().pid());
      return String.format(
          " after %.1f s (%.1f s CPU, %d MiB resident)",
          (System.nanoTime() - startedNanos) / 1e9,
          usage.cpuMicros() / 1e6,
          usage.residentBytes() >> 20);
    } catch (IOException e) {
      return "";
    }
  }

  private String exitCode(DevNode node) {
    Optional<Process> process = pending.get(node).process();
    try {
      return process.isPresent() ? " with exit code " + process.get().waitFor() : "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private CommandFailedException failure(DevNode node, String what) {
    if (terminal) {
      progress.println();
    }
    String log = lastLogLines(node, pending.get(node).logStart());
    return new CommandFailedException(
        ExitCode.UNAVAILABLE,
        node.name()
            + " "
            + what
            + "\nThe last lines of "
            + node.logFile()
            + (log.isEmpty() ? " since its start: none" : ":\n" + log));
  }

  private static String lastLogLines(DevNode node, long start) {
    if (!Files.exists(node.logFile())) {
      return "";
    }
    try (RandomAccessFile file = new RandomAccessFile(node.logFile().toFile(), "r")) {
      long from = Math.max(start, file.length() - LOG_BYTES);
      file.seek(from);
      byte[] tail = new byte[(int) (file.length() - from)];
      file.readFully(tail);
      List<String> lines = new String(tail, StandardCharsets.UTF_8).lines().toList();
      List<String> last = lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
      return last.isEmpty() ? "" : "  " + String.join("\n  ", last);
    } catch (IOException e) {
      return "  (cannot be read: " + e.getMessage() + ")";
    }
  }
}
