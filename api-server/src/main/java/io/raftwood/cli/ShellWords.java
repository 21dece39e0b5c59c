package io.raftwood.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of {@code kv shell} as words. Blanks part words; {@code '...'} and {@code "..."} keep them
 * together. Backslashes stay, with what follows them: they are decoded as bytes later ({@code
 * --encoding escaped}), so that a word can be any bytes.
 */
final class ShellWords {
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean begun;
  private char quote;

  private ShellWords() {}

  /**
   * The words of {@code line}; none if it is blank or a comment ({@code #} at its beginning).
   *
   * @throws IllegalArgumentException when a quote is not closed
   */
  static List<String> of(String line) {
    return line.strip().startsWith("#") ? List.of() : new ShellWords().split(line);
  }

  private List<String> split(String line) {
    for (int i = 0; i < line.length(); i++) {
      char next = line.charAt(i);
      if (next == '\\' && i + 1 < line.length()) {
        word.append(next).append(line.charAt(++i));
        begun = true;
      } else if (quote != 0) {
        quoted(next);
      } else if (next == '\'' || next == '"') {
        quote = next;
        begun = true;
      } else if (Character.isWhitespace(next)) {
        end();
      } else {
        word.append(next);
        begun = true;
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("a quote " + quote + " is not closed");
    }
    end();
    return words;
  }

  private void quoted(char next) {
    if (next == quote) {
      quote = 0;
    } else {
      word.append(next);
    }
  }

  private void end() {
    if (begun) {
      words.add(word.toString());
      word.setLength(0);
      begun = false;
    }
  }
}
