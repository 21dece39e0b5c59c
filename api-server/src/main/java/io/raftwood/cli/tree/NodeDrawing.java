package io.raftwood.cli.tree;

import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.CallFailureException;
import io.raftwood.cli.call.Cell;
import io.raftwood.cli.call.Target;
import java.util.List;
import java.util.Optional;

/** Prints nodes, each behind its parent. For one thread. */
final class NodeDrawing {
  /** Where keys end in a drawing. */
  private static final int KEY_MAX = 40;

  private final TreeNodeCalls calls;
  private final TreeSession session;
  private final boolean drawn;
  private int unopened;

  /**
   * Asks by {@code calls} and prints by {@code session}.
   *
   * @param drawn whether it is for people
   */
  NodeDrawing(TreeNodeCalls calls, TreeSession session, boolean drawn) {
    this.calls = calls;
    this.session = session;
    this.drawn = drawn;
  }

  /** Prints {@code node} and so many levels below it. */
  void draw(String node, int depth) {
    node(node, Optional.empty(), 0, depth);
    if (drawn && unopened > 0) {
      session.line("inner nodes not opened: " + unopened + "; --depth " + (depth + 1) + " does");
    }
  }

  private void node(String id, Optional<String> parent, int indent, int depth) {
    try {
      int level = calls.number(id, "sys.level");
      print(id, parent, indent, level);
      if (level > 0 && depth == 0) {
        unopened++;
      } else if (level > 0) {
        for (String child : calls.children(id)) {
          node(child, Optional.of(id), indent + 1, depth - 1);
        }
      }
    } catch (CallFailureException e) {
      if (parent.isEmpty() || !e.token().equals(TreeRefusals.NO_SUCH_NODE)) {
        throw e;
      }
      if (drawn) {
        session.line("  ".repeat(indent) + id + "  gone: the tree was changed meanwhile");
      }
    }
    session.end();
  }

  private void print(String id, Optional<String> parent, int indent, int level) {
    int count = calls.number(id, "sys.count");
    String low = calls.property(id, "sys.low").orElse("");
    Optional<String> high = calls.property(id, "sys.high");
    if (drawn) {
      String what = level == 0 ? "leaf, " + count + " entries" : "level " + level + ", " + count;
      session.line(
          "  ".repeat(indent)
              + id
              + "  "
              + what
              + (level == 0 ? "" : " children")
              + "  "
              + (low.isEmpty() ? "" : shown(low) + " ")
              + ".."
              + high.map(key -> " " + shown(key)).orElse(""));
      return;
    }
    session.row(
        List.of(
            Cell.word("node", id),
            parent.map(of -> Cell.word("parent", of)).orElse(Cell.none("parent")),
            Cell.of("level", level),
            Cell.of("count", count),
            TreeSession.text("low", low),
            TreeSession.text("high", high.orElse(null))));
  }

  private static String shown(String key) {
    boolean longer = key.codePointCount(0, key.length()) > KEY_MAX;
    String text = longer ? key.substring(0, key.offsetByCodePoints(0, KEY_MAX)) : key;
    return Target.quoted(Bytes.utf8(text)) + (longer ? "..." : "");
  }
}
