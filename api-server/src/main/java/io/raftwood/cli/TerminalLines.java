package io.raftwood.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;

/** Lines that are typed: edited, remembered, completed. */
final class TerminalLines implements ShellLines {
  private static final String PROMPT = "kv> ";

  private final Terminal terminal;
  private final LineReader reader;

  private TerminalLines(Terminal terminal, LineReader reader) {
    this.terminal = terminal;
    this.reader = reader;
  }

  /**
   * Opens this process's terminal.
   *
   * @param commands what is completed
   * @param history where lines are kept; empty = nowhere
   */
  static TerminalLines open(CommandSpec commands, Optional<Path> history) throws IOException {
    return on(TerminalBuilder.builder().system(true).build(), commands, history);
  }

  /** The same on another terminal. */
  static TerminalLines on(Terminal terminal, CommandSpec commands, Optional<Path> history)
      throws IOException {
    DefaultParser parser = new DefaultParser();
    // Backslashes and exclamation marks are part of records.
    parser.setEscapeChars(new char[0]);
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .appName("raftwood")
            .terminal(terminal)
            .parser(parser)
            .completer((reader, line, candidates) -> complete(commands, line, candidates))
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            // A line that begins with a blank is not kept: for what must not lie on the disk.
            .variable(LineReader.HISTORY_IGNORE, " *");
    if (history.isPresent()) {
      Path file = history.get();
      Files.createDirectories(file.toAbsolutePath().getParent());
      builder.variable(LineReader.HISTORY_FILE, file);
    }
    return new TerminalLines(terminal, builder.build());
  }

  /** Commands, options and the words that an option may have. */
  static void complete(CommandSpec commands, ParsedLine line, List<Candidate> candidates) {
    String[] words = line.words().toArray(String[]::new);
    List<CharSequence> found = new ArrayList<>();
    AutoComplete.complete(commands, words, line.wordIndex(), 0, line.cursor(), found);
    found.forEach(word -> candidates.add(new Candidate(word.toString())));
  }

  @Override
  public Optional<String> next() {
    while (true) {
      try {
        return Optional.of(reader.readLine(PROMPT));
      } catch (UserInterruptException e) {
        // Ctrl-C gives the line up, not the shell.
      } catch (EndOfFileException e) {
        return Optional.empty();
      }
    }
  }

  @Override
  public void close() throws IOException {
    terminal.close();
  }
}
