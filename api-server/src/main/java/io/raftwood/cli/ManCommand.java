package io.raftwood.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code raftwood man}: the manual pages of all commands, for packages. */
@Command(
    name = "man",
    mixinStandardHelpOptions = true,
    description = "Writes a manual page for each command.",
    hidden = true)
final class ManCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "DIR", description = "Made when it is missing.")
  private Path directory = Path.of("man");

  @Option(names = "--screens", description = "Prints docs/commands.md instead.")
  private boolean screens;

  @Override
  public Integer call() throws IOException {
    if (screens) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(new HelpScreens(spec.root().commandLine()).markdown());
      out.flush();
      return ExitCode.OK;
    }
    Files.createDirectories(directory);
    write(spec.root().commandLine());
    return ExitCode.OK;
  }

  private void write(CommandLine command) throws IOException {
    ManPage page = new ManPage(command);
    Files.writeString(directory.resolve(page.fileName()), page.roff());
    for (CommandLine child : ManPage.children(command)) {
      write(child);
    }
  }
}
