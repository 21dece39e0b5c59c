package io.raftwood.cli;

import picocli.CommandLine;
import picocli.CommandLine.Help;

/** All {@code --help} screens as one page of markdown, 80 columns wide whatever the terminal. */
final class HelpScreens {
  private static final int WIDTH = 80;

  private final StringBuilder page = new StringBuilder();

  /** Of {@code root} and all below it. */
  HelpScreens(CommandLine root) {
    page.append("# Commands: what `--help` prints\n\n")
        .append("Written by the program: `./raftwood man --screens > docs/commands.md`. ")
        .append("A test compares the two.\n");
    add(root);
  }

  private void add(CommandLine command) {
    command.setUsageHelpAutoWidth(false);
    command.setUsageHelpWidth(WIDTH);
    page.append("\n## ").append(command.getCommandSpec().qualifiedName()).append("\n\n```\n");
    command
        .getUsageMessage(Help.Ansi.OFF)
        .lines()
        .forEach(line -> page.append(line.stripTrailing()).append('\n'));
    page.append("```\n");
    for (CommandLine child : ManPage.children(command)) {
      add(child);
    }
  }

  /** The page. */
  String markdown() {
    return page.toString();
  }
}
