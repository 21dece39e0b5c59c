package io.raftwood.cli;

import io.raftwood.server.config.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The processes of a development cluster, known by their pid files. A pid counts only while the
 * process of that number was started with the node's configuration file: numbers are used again.
 */
final class DevProcesses {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);

  private final NodeLaunch launch;

  /** Starts nodes as {@code launch} says. */
  DevProcesses(NodeLaunch launch) {
    this.launch = launch;
  }

  /** The node's process, if it runs. */
  static Optional<ProcessHandle> running(DevNode node) {
    try {
      long pid = Long.parseLong(Files.readString(node.pidFile()).strip());
      return ProcessHandle.of(pid).filter(process -> isOf(process, node));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean isOf(ProcessHandle process, DevNode node) {
    String wanted = node.configFile().toString();
    Path file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    if (!Files.isDirectory(Path.of("/proc/self"))) {
      return process.info().commandLine().map(line -> line.contains(wanted)).orElse(false);
    }
    try {
      // Empty for one that has ended and whose parent has not noticed.
      String line = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return List.of(line.split("\0")).contains(wanted);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Refuses to go on when something else listens where a node of {@code nodes} will.
   *
   * @throws CommandFailedException naming every port in use
   */
  static void requireFreePorts(List<DevNode> nodes) {
    List<String> used = new ArrayList<>();
    for (DevNode node : nodes) {
      if (!isFree(node.node().http())) {
        used.add(node.node().http() + " (HTTP of " + node.name() + ")");
      }
      if (!isFree(node.node().raft())) {
        used.add(node.node().raft() + " (Raft of " + node.name() + ")");
      }
    }
    if (!used.isEmpty()) {
      throw new CommandFailedException(
          ExitCode.FAILED,
          "in use by another process: "
              + String.join(", ", used)
              + "; nothing was started. Stop it, or choose others by --http-port and --raft-port.");
    }
  }

  private static boolean isFree(Endpoint endpoint) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true); // As the node does: connections in TIME_WAIT are no hindrance.
      socket.bind(new InetSocketAddress(InetAddress.getByName(endpoint.host()), endpoint.port()));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Starts the node's process and writes its pid file. */
  Process start(DevNode node) {
    ProcessBuilder builder = new ProcessBuilder(launch.command(node.configFile()));
    builder.environment().keySet().removeAll(DevCluster.ownedVariables());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(node.logFile().toFile()));
    try {
      Process process = builder.start();
      Path next = node.pidFile().resolveSibling(node.pidFile().getFileName() + ".new");
      Files.writeString(next, process.pid() + "\n");
      Files.move(next, node.pidFile(), StandardCopyOption.ATOMIC_MOVE);
      return process;
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitCode.FAILED, "cannot start " + node.name() + ": " + e.getMessage());
    }
  }

  /** Stops the node's process at once (SIGKILL) and waits until it is gone; false if none runs. */
  static boolean kill(DevNode node) {
    Optional<ProcessHandle> process = running(node);
    process.ifPresent(ProcessHandle::destroyForcibly);
    awaitEnd(node, KILL_TIMEOUT);
    return process.isPresent();
  }

  /**
   * Stops the nodes' processes in order (SIGTERM to all, then waiting).
   *
   * @return the names of those that did not end within {@code timeout} and were killed
   */
  static List<String> stop(List<DevNode> nodes, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    nodes.forEach(node -> running(node).ifPresent(ProcessHandle::destroy));
    List<String> killed = new ArrayList<>();
    for (DevNode node : nodes) {
      if (!awaitEnd(node, Duration.ofNanos(deadline - System.nanoTime()))) {
        kill(node);
        killed.add(node.name());
      }
    }
    return killed;
  }

  private static boolean awaitEnd(DevNode node, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (running(node).isPresent()) {
      if (deadline - System.nanoTime() < 0) {
        return false;
      }
      pause(POLL);
    }
    return true;
  }

  /** Waits a little before the next look at something. */
  static void pause(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException(ExitCode.FAILED, "interrupted");
    }
  }
}
