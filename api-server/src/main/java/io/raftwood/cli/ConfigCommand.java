package io.raftwood.cli;

import io.raftwood.server.config.LoadedConfig;
import io.raftwood.server.config.SettingsDocument;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code raftwood config print|validate|docs}. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Shows and checks the configuration of a node without starting it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  raftwood config print --origin --config n1.yaml",
      "  raftwood config validate --config n1.yaml && systemctl restart raftwood",
    })
final class ConfigCommand implements Runnable {
  private final CliContext context;
  @Spec private CommandSpec spec;

  ConfigCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: print, validate, docs");
  }

  @Command(
      name = "print",
      mixinStandardHelpOptions = true,
      description = "Prints the configuration that a node would run with, as YAML.")
  void print(
      @Mixin ConfigOptions options,
      @Option(names = "--origin", description = "Says of every value where it comes from.")
          boolean origin) {
    LoadedConfig loaded = options.load(context.environment());
    PrintWriter out = spec.commandLine().getOut();
    out.print(loaded.toYaml(origin));
    out.flush();
  }

  @Command(
      name = "validate",
      mixinStandardHelpOptions = true,
      description = "Exit code 0 when a node could run with it, else 1 and the reason.")
  void validate(@Mixin ConfigOptions options) {
    options.load(context.environment());
    spec.commandLine().getOut().println("valid");
  }

  @Command(
      name = "docs",
      mixinStandardHelpOptions = true,
      description = "Prints docs/configuration.md: every setting, its range and default.")
  void docs() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(SettingsDocument.markdown());
    out.flush();
  }
}
