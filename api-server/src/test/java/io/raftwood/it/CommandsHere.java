package io.raftwood.it;

import io.raftwood.cli.CliContext;
import io.raftwood.cli.NodeLaunch;
import io.raftwood.cli.RaftwoodMain;
import io.raftwood.cli.call.CallStreams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Commands against a cluster, run in this process: a JVM for each would cost more than they do. */
final class CommandsHere {
  private final Map<String, String> environment;

  /** Against {@code cluster}'s nodes. */
  CommandsHere(ProcessCluster cluster) {
    environment =
        Map.of("RAFTWOOD_ENDPOINTS", CliProcess.endpoints(cluster), "RAFTWOOD_TIMEOUT", "60");
  }

  /**
   * What a run came to.
   *
   * @param exitCode what a process would have ended with
   * @param out standard output
   * @param err standard error
   */
  record Ending(int exitCode, String out, String err) {
    /** The output of a run that ended with 0; anything else is a failure. */
    String ok() {
      if (exitCode != 0) {
        throw new AssertionError("exit code " + exitCode + ": " + out + err);
      }
      return out;
    }
  }

  /** Runs the words of {@code line}. */
  Ending run(String line) {
    return run(line, "");
  }

  /** The same with {@code input} as standard input. */
  Ending run(String line, String input) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    CliContext context =
        new CliContext(
            config -> 1,
            () -> new NodeLaunch(List.of(), "", ""),
            environment,
            new CallStreams(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                out,
                () -> false,
                () -> false));
    int exitCode =
        new RaftwoodMain(context)
            .execute(
                new PrintWriter(out, true, StandardCharsets.UTF_8),
                new PrintWriter(err, true),
                line.split(" "));
    return new Ending(exitCode, out.toString(StandardCharsets.UTF_8), err.toString());
  }
}
