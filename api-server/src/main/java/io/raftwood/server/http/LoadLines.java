package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.tree.model.TreeEntry;
import io.raftwood.tree.model.TreeLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a load: {@code key TAB value LF}, both percent-encoded UTF-8, {@code +} being
 * itself; the last line may lack its end. Read one after another, so that a body need not be there
 * twice. Not thread-safe.
 */
final class LoadLines {
  /** Most lines of one body. */
  static final int LINES_MAX = 100_000;

  /** Most entries of one command: it must not hold the apply thread up. */
  static final int COMMAND_ENTRIES_MAX = 1000;

  /** A command ends before its keys and values exceed this, unless its first entry alone does. */
  static final int COMMAND_BYTES_MAX = 256 << 10;

  private final byte[] text;
  private int at;
  private int line;

  /** The lines of {@code body}. */
  LoadLines(Bytes body) {
    this.text = body.unsafeArray();
  }

  /**
   * Reads all lines of {@code body} and keeps none.
   *
   * @throws RequestRefusedException naming the first line that is malformed
   */
  static void check(Bytes body) {
    LoadLines lines = new LoadLines(body);
    while (lines.more()) {
      lines.next();
    }
  }

  /** Whether there is another line. */
  boolean more() {
    return at < text.length;
  }

  /** The next entries, as many as a command takes; none at the end. */
  List<TreeEntry> nextCommand() {
    List<TreeEntry> entries = new ArrayList<>();
    int bytes = 0;
    while (more() && entries.size() < COMMAND_ENTRIES_MAX) {
      int start = at;
      TreeEntry entry = next();
      bytes += entry.bytes();
      if (!entries.isEmpty() && bytes > COMMAND_BYTES_MAX) {
        at = start;
        line--;
        break;
      }
      entries.add(entry);
    }
    return entries;
  }

  private TreeEntry next() {
    line++;
    if (line > LINES_MAX) {
      throw refused("more than " + LINES_MAX + " lines in one request");
    }
    int tab = -1;
    int end = at;
    while (end < text.length && text[end] != '\n') {
      if (text[end] == '\t' && tab < 0) {
        tab = end;
      } else if (text[end] >= 0 && text[end] < ' ' || text[end] == 0x7f) {
        throw refused("a control character that is not percent-encoded");
      }
      end++;
    }
    if (tab < 0) {
      throw refused("no tab");
    }
    Bytes key = field("key", at, tab, TreeLimits.KEY_BYTES_MAX);
    if (key.isEmpty()) {
      throw refused("the key is empty");
    }
    Bytes value = field("value", tab + 1, end, TreeLimits.VALUE_BYTES_MAX);
    at = end + 1;
    return new TreeEntry(key, value);
  }

  private Bytes field(String name, int from, int to, int bytesMax) {
    String raw = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
    Bytes field =
        PercentCode.decode(raw)
            .filter(TreeForm::isUtf8)
            .orElseThrow(() -> refused("the " + name + " is not percent-encoded UTF-8"));
    if (field.length() > bytesMax) {
      throw refused("the " + name + " is longer than " + bytesMax + " bytes");
    }
    return field;
  }

  private RequestRefusedException refused(String why) {
    return new RequestRefusedException(Outcome.MALFORMED_LINE, "line " + line + ": " + why);
  }
}
