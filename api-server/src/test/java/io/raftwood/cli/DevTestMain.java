package io.raftwood.cli;

import io.raftwood.cli.call.CallStreams;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The program with {@link FakeServerMain} as its nodes. */
public final class DevTestMain {
  private DevTestMain() {}

  /** Runs the command and ends with its exit code. */
  public static void main(String[] args) {
    CliContext context =
        new CliContext(config -> 0, CliRun::fakeNodes, Map.of(), CallStreams.ofProcess());
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    System.exit(new RaftwoodMain(context).execute(out, out, args));
  }
}
