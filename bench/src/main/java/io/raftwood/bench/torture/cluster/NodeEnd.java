package io.raftwood.bench.torture.cluster;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a process ended by itself.
 *
 * @param code its exit code
 * @param line the last line of its log that says why, from there on
 */
public record NodeEnd(int code, Optional<String> line) {
  /** Where the line of a node begins that says why it ends. */
  static final Pattern REASON =
      Pattern.compile("(FAULT, |cannot start: |refused \\([A-Z_]+\\): ).*");

  private static final int CANNOT_START = 1;
  private static final int REFUSED = 4;
  private static final int FAULT = 5;

  /** Whether it ended in one of the ways that are documented, and said so. */
  public boolean explained() {
    return line.isPresent() && (code == CANNOT_START || code == REFUSED || code == FAULT);
  }

  /** Whether it ended as one that must not go on. */
  public boolean fault() {
    return code == FAULT && line.filter(text -> text.startsWith("FAULT, ")).isPresent();
  }

  @Override
  public String toString() {
    return "ended with code " + code + ": " + line.orElse("no line says why");
  }
}
