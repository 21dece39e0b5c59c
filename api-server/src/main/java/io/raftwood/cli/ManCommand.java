package io.raftwood.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
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

  @Parameters(paramLabel = "DIR", description = "Made when it is missing.")
  private Path directory;

  @Override
  public Integer call() throws IOException {
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
