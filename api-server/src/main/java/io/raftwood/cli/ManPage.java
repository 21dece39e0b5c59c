package io.raftwood.cli;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The manual page of a command in section 1, made of the same texts as its {@code --help}. Plain
 * {@code man} macros; nothing in it depends on the time or the machine.
 */
final class ManPage {
  private final CommandLine command;
  private final CommandSpec spec;
  private final StringBuilder out = new StringBuilder();

  /** Of {@code command}, which must have its parents. */
  ManPage(CommandLine command) {
    this.command = command;
    this.spec = command.getCommandSpec();
  }

  /** {@code raftwood-admin-status.1}. */
  String fileName() {
    return spec.qualifiedName("-") + ".1";
  }

  /** The subcommands that are shown, each once and in their order. */
  static List<CommandLine> children(CommandLine command) {
    return new LinkedHashSet<>(command.getSubcommands().values())
        .stream().filter(child -> !child.getCommandSpec().usageMessage().hidden()).toList();
  }

  /** The page. */
  String roff() {
    out.setLength(0);
    UsageMessageSpec usage = spec.usageMessage();
    String title = spec.qualifiedName("-");
    out.append(".TH \"").append(escape(title.toUpperCase(Locale.ROOT)));
    out.append("\" 1 \"\" \"Raftwood\" \"Raftwood manual\"\n.ad l\n.hy 0\n");
    String first = Arrays.stream(usage.description()).findFirst().orElse("a command of raftwood");
    section("NAME").append(escape(title)).append(" \\- ").append(escape(text(first))).append('\n');
    section("SYNOPSIS");
    out.append(".nf\n").append(escape(help().synopsis(0).stripTrailing())).append("\n.fi\n");
    if (usage.description().length > 1) {
      section("DESCRIPTION");
      Arrays.stream(usage.description()).forEach(this::line);
    }
    arguments();
    commands();
    footer(usage);
    parent();
    return out.toString();
  }

  private void arguments() {
    List<OptionSpec> options = spec.options().stream().filter(option -> !option.hidden()).toList();
    if (spec.positionalParameters().isEmpty() && options.isEmpty()) {
      return;
    }
    section("OPTIONS");
    spec.positionalParameters().forEach(parameter -> item(parameter.paramLabel(), parameter));
    for (OptionSpec option : options) {
      String names = String.join(", ", option.names());
      boolean takesValue = option.arity().max() > 0;
      item(takesValue ? names + " " + option.paramLabel() : names, option);
    }
  }

  private void item(String heading, ArgSpec argument) {
    out.append(".TP\n.B \"").append(escape(heading)).append("\"\n");
    Arrays.stream(argument.description()).forEach(this::line);
  }

  private void commands() {
    if (children(command).isEmpty()) {
      return;
    }
    section("COMMANDS");
    for (CommandLine child : children(command)) {
      CommandSpec childSpec = child.getCommandSpec();
      out.append(".TP\n.BR ").append(escape(childSpec.qualifiedName("-"))).append(" (1)\n");
      Arrays.stream(childSpec.usageMessage().description()).limit(1).forEach(this::line);
    }
  }

  /** Examples and exit codes: in columns, so as they stand. */
  private void footer(UsageMessageSpec usage) {
    if (usage.footer().length == 0) {
      return;
    }
    section("NOTES");
    String heading = text(usage.footerHeading()).strip();
    String lines = Arrays.stream(usage.footer()).map(this::text).collect(Collectors.joining("\n"));
    out.append(".nf\n").append(heading.isEmpty() ? "" : escape(heading) + "\n");
    out.append(escape(lines)).append("\n.fi\n");
  }

  private void parent() {
    CommandLine above = command.getParent();
    if (above != null) {
      section("SEE ALSO");
      out.append(".BR ").append(escape(above.getCommandSpec().qualifiedName("-"))).append(" (1)\n");
    }
  }

  private StringBuilder section(String name) {
    return out.append(".SH ").append(name).append('\n');
  }

  private void line(String line) {
    out.append(escape(text(line))).append("\n");
  }

  private Help help() {
    return new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF));
  }

  /** Picocli's texts are formats: {@code %n} and {@code %%}. */
  private String text(String format) {
    return Help.Ansi.OFF.string(format.replace("%n", "\n").replace("%%", "%"));
  }

  /** A leading dot or apostrophe would be a request, a backslash an escape, a minus a hyphen. */
  private static String escape(String text) {
    String escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
    return escaped
        .lines()
        .map(line -> line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line)
        .collect(Collectors.joining("\n"));
  }
}
