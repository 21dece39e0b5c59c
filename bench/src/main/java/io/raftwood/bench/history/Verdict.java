package io.raftwood.bench.history;

import java.util.List;

/** What a checker says of a history. */
public sealed interface Verdict {
  /**
   * There is an order that explains everything.
   *
   * @param operations number of operations that took part in the check
   * @param keys number of records
   */
  record Linearizable(int operations, int keys) implements Verdict {}

  /**
   * No order explains one record's operations.
   *
   * @param key the record
   * @param offender the operation whose answer cannot be explained: without it, what came before is
   *     linearizable
   * @param prefixLength number of the record's operations in the shortest prefix that fails
   * @param window the operations of that prefix that matter most, in order of invocation: those
   *     concurrent with the offender or returned shortly before, and what was still open
   */
  record Violation(String key, Operation offender, int prefixLength, List<Operation> window)
      implements Verdict {
    /** Copies the list. */
    public Violation {
      window = List.copyOf(window);
    }

    /** The window, one operation for each line. */
    @Override
    public String toString() {
      StringBuilder text = new StringBuilder("not linearizable: record ").append(key);
      text.append(", unexplained after ").append(prefixLength).append(" operations:\n  ");
      text.append(offender.toJson()).append("\nwindow:");
      window.forEach(operation -> text.append("\n  ").append(operation.toJson()));
      return text.toString();
    }
  }

  /**
   * The time limit passed first.
   *
   * @param key the record whose check was cut off
   * @param detail what was tried
   */
  record Undecided(String key, String detail) implements Verdict {}
}
