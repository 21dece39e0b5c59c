package io.raftwood.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code raftwood version}. */
@Command(
    name = "version",
    mixinStandardHelpOptions = true,
    description = "Prints the version of Raftwood and of the Java that runs it.")
final class VersionCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().getOut().println(new ProgramVersion().getVersion()[0]);
  }
}
