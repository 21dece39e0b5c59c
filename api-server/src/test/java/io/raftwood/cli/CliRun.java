package io.raftwood.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/**
 * A command run in this process.
 *
 * @param exitCode what the process would end with
 * @param out standard output
 * @param err standard error
 */
record CliRun(int exitCode, String out, String err) {
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
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CliContext context = new CliContext(runner, CliRun::fakeNodes, environment);
    int exitCode =
        new RaftwoodMain(context)
            .execute(new PrintWriter(out, true), new PrintWriter(err, true), args);
    return new CliRun(exitCode, out.toString(), err.toString());
  }
}
