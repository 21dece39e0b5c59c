package io.raftwood.cli;

import io.raftwood.cli.call.CallStreams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A command run in this process.
 *
 * @param exitCode what the process would end with
 * @param out standard output as UTF-8
 * @param err standard error
 * @param outLatin standard output, a character for each byte
 */
record CliRun(int exitCode, String out, String err, String outLatin) {
  /** Nodes are {@link FakeServerMain}s. */
  static NodeLaunch fakeNodes() {
    return new NodeLaunch(
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m"),
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        FakeServerMain.class.getName());
  }

  /** Runs {@code args} with a server that ends with 0 at once. */
  static CliRun of(String... args) {
    return with(config -> 0, Map.of(), args);
  }

  /** Runs {@code args} in {@code environment}. */
  static CliRun with(NodeRunner runner, Map<String, String> environment, String... args) {
    return run(runner, environment, new byte[0], false, args);
  }

  /** Runs {@code args} with {@code input} as standard input; the output is no terminal. */
  static CliRun withInput(byte[] input, String... args) {
    return run(config -> 0, Map.of(), input, false, args);
  }

  /** Runs {@code args} as on a terminal. */
  static CliRun onTerminal(String... args) {
    return run(config -> 0, Map.of(), new byte[0], true, args);
  }

  private static CliRun run(
      NodeRunner runner,
      Map<String, String> environment,
      byte[] input,
      boolean terminal,
      String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    CallStreams streams =
        new CallStreams(new ByteArrayInputStream(input), out, () -> terminal, () -> terminal);
    CliContext context = new CliContext(runner, CliRun::fakeNodes, environment, streams);
    int exitCode =
        new RaftwoodMain(context)
            .execute(
                new PrintWriter(out, true, StandardCharsets.UTF_8),
                new PrintWriter(err, true),
                args);
    return new CliRun(
        exitCode,
        out.toString(StandardCharsets.UTF_8),
        err.toString(),
        out.toString(StandardCharsets.ISO_8859_1));
  }
}
