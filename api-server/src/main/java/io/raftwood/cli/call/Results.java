package io.raftwood.cli.call;

import io.raftwood.bytes.Bytes;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Prints results. Rows come one after another and may be without number, so a column of a table is
 * as wide as its kind usually needs, not as its widest cell. Methods throw {@link
 * CallFailureException} when standard output takes no more. For one thread.
 */
final class Results {
  private static final int BUFFER_BYTES = 65_536;
  private static final int NUMBER_WIDTH = 8;
  private static final int TEXT_WIDTH = 24;
  private static final Bytes LINE_END = Bytes.of('\n');

  private final OutputStream out;
  private final Output form;
  private final boolean terminal;
  private boolean titled;

  /** Prints to {@code out} as {@code form}. */
  Results(OutputStream out, Output form, boolean terminal) {
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
    this.form = form;
    this.terminal = terminal;
  }

  /**
   * The one result of a command, of which raw form shows {@code main} alone: bytes as they are, but
   * for a line end on a terminal; a number always with a line end.
   */
  void one(List<Cell> row, Cell main) {
    if (form != Output.raw) {
      row(row);
    } else {
      write(main.bytes());
      if (terminal || main.text().isPresent()) {
        write(LINE_END);
      }
    }
    flush();
  }

  /** That there is nothing, of which raw form says nothing. */
  void absent(List<Cell> row) {
    if (form != Output.raw) {
      row(row);
    }
    flush();
  }

  /** One of any number of results, all with cells of the same names. */
  void row(List<Cell> row) {
    switch (form) {
      case table -> {
        if (!titled) {
          write(Bytes.utf8(line(row, row.stream().map(Cell::title).toList())));
          titled = true;
        }
        write(Bytes.utf8(line(row, row.stream().map(Cell::shown).toList())));
      }
      case json ->
          write(
              Bytes.utf8(
                  row.stream().map(Cell::json).collect(Collectors.joining(",", "{", "}\n"))));
      case raw -> {
        for (int at = 0; at < row.size(); at++) {
          write(row.get(at).bytes());
          write(at < row.size() - 1 ? Bytes.of('\t') : LINE_END);
        }
      }
      default -> throw new IllegalStateException("no such form: " + form);
    }
  }

  /** A line of text, whatever the form. */
  void line(String text) {
    write(Bytes.utf8(text));
    write(LINE_END);
  }

  private static String line(List<Cell> row, List<String> texts) {
    StringBuilder line = new StringBuilder();
    for (int at = 0; at < row.size(); at++) {
      String text = texts.get(at);
      int width = row.get(at).text().isPresent() ? NUMBER_WIDTH : TEXT_WIDTH;
      boolean last = at == row.size() - 1;
      line.append(text).append(" ".repeat(last ? 0 : Math.max(width - text.length(), 0) + 2));
    }
    return line.append('\n').toString();
  }

  /** Has everything so far reach its reader. */
  void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw closed(e);
    }
  }

  private void write(Bytes bytes) {
    try {
      out.write(bytes.unsafeArray());
    } catch (IOException e) {
      throw closed(e);
    }
  }

  private static CallFailureException closed(IOException e) {
    String reason = String.valueOf(e.getMessage());
    // A reader that has seen enough ("| head") is no news.
    return new CallFailureException(
        CallExitCode.FAILED,
        reason.contains("Broken pipe") ? "" : "standard output takes no more: " + reason);
  }
}
