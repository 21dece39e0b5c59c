package io.raftwood.cli;

import io.raftwood.cli.call.CallStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code raftwood admin table show|apply}. */
@Command(
    name = "table",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "hustdb's slot table: which two nodes lead each range of slots.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  raftwood admin table show > table.json",
      "  raftwood admin table apply table.json --wait"
    })
final class TableCommand implements Runnable {
  private final CallStreams streams;

  @Spec private CommandSpec spec;

  /** Reads a table from {@code streams} when the file is {@code -}. */
  TableCommand(CallStreams streams) {
    this.streams = streams;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: show, apply");
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Prints the table as get_table does.")
  int show(@Mixin AskOptions options) {
    String table = new PlacementCalls(streams, spec, options).text("/admin/table");
    spec.commandLine().getOut().println(table.strip());
    return ExitCode.OK;
  }

  @Command(
      name = "apply",
      mixinStandardHelpOptions = true,
      description = {
        "Makes a table the wish, as set_table does.",
        "Plain, increase and decrease forms. Replicas move accordingly; ranges must begin and end",
        "where groups do."
      })
  int apply(
      @Parameters(paramLabel = "FILE", description = "- = standard input") Path file,
      @Mixin WaitOptions wait,
      @Mixin AskOptions options) {
    return new PlacementCalls(streams, spec, options)
        .change("/admin/table/apply", content(file), wait);
  }

  private byte[] content(Path file) {
    try {
      return file.toString().equals("-") ? streams.in().readAllBytes() : Files.readAllBytes(file);
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitCode.FAILED, "cannot read " + file + ": " + e.getMessage());
    }
  }
}
