package io.raftwood.cli;

import io.raftwood.server.config.HttpConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code raftwood admin wait-ready}: what a supervisor runs after it has started a node. */
@Command(
    name = "wait-ready",
    mixinStandardHelpOptions = true,
    description = {
      "Waits until the node of a configuration says that it is ready (GET /readyz).",
      "For supervisors: systemd's ExecStartPost, container health checks, scripts."
    },
    footer = {
      "",
      "Exit codes: 0 ready, 1 the configuration is wrong, 3 not ready in time or the process ended."
    })
final class WaitReadyCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(5);

  private final CliContext context;
  private final NodeClient client = new NodeClient();
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;

  @Option(
      names = "--timeout",
      defaultValue = "300",
      paramLabel = "SECONDS",
      description = "How long to wait (default: ${DEFAULT-VALUE}).")
  private int timeoutSeconds;

  @Option(
      names = "--pid",
      paramLabel = "PID",
      description = "Gives up at once when this process, the node's, has ended.")
  private Long pid;

  WaitReadyCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    HttpConfig http = options.load(context.environment()).config().http();
    String endpoint = reachable(http.host()) + ":" + http.port();
    OptionalLong process = pid == null ? OptionalLong.empty() : OptionalLong.of(pid);
    long deadline = System.nanoTime() + Duration.ofSeconds(timeoutSeconds).toNanos();
    while (true) {
      String answer = answer(endpoint);
      if (answer.isEmpty()) {
        spec.commandLine().getOut().println("ready");
        return ExitCode.OK;
      }
      if (process.isPresent() && !runs(process.getAsLong())) {
        throw new CommandFailedException(
            ExitCode.UNAVAILABLE,
            "process " + pid + " ended before it was ready; its log says why");
      }
      if (System.nanoTime() - deadline > 0) {
        throw new CommandFailedException(
            ExitCode.UNAVAILABLE,
            endpoint + " is not ready after " + timeoutSeconds + " s; it says: " + answer);
      }
      DevProcesses.pause(POLL);
    }
  }

  /** Why the node is not ready; empty when it is. */
  private String answer(String endpoint) {
    try {
      NodeClient.Answer answer = client.ask("GET", endpoint, "/readyz", ASK_TIMEOUT);
      String body = answer.body().strip().replace("\n", "; ");
      return answer.status() == 200 ? "" : "HTTP " + answer.status() + " " + body;
    } catch (IOException e) {
      return "nothing (no answer on its HTTP port)";
    }
  }

  /** A node that listens everywhere is asked on loopback. */
  private static String reachable(String host) {
    return host.equals("0.0.0.0") ? "127.0.0.1" : host;
  }

  private static boolean runs(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
