package io.raftwood.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of endpoints and cases in {@code docs/api/hustdb-conformance.md}. A cell says what both
 * answer; or {@code original → ours}; or {@code -}: there is no such case.
 */
final class ConformancePage {
  private static final Path PAGE = Path.of("..", "docs", "api", "hustdb-conformance.md");
  private static final String BEGIN = "<!-- cases -->\n";
  private static final String END = "<!-- end of cases -->";
  private static final String ARROW = " → ";
  private static final Pattern REASON = Pattern.compile("(?m)^\\| `([^`]+ → [^`]+)` \\|");

  private final String page;
  private final List<List<String>> rows;

  private ConformancePage(String page, List<List<String>> rows) {
    this.page = page;
    this.rows = rows;
  }

  /** Reads the page. */
  static ConformancePage load() throws IOException {
    String page = Files.readString(PAGE);
    String table = page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END));
    List<List<String>> rows =
        table.lines().skip(2).map(line -> List.of(line.substring(2).split(" +\\| *"))).toList();
    return new ConformancePage(page, rows);
  }

  /** A copy in which no endpoint has answered yet. */
  ConformancePage withoutAnswers() {
    List<List<String>> empty = new ArrayList<>();
    for (List<String> row : rows) {
      List<String> cells = new ArrayList<>();
      cells.add(row.get(0));
      row.stream().skip(1).forEach(cell -> cells.add(original(cell) + ARROW + "no answer"));
      empty.add(cells);
    }
    return new ConformancePage(page, empty);
  }

  /** Notes that {@code endpoint} answered {@code code}. */
  void answered(String endpoint, ConformanceCase.Kind kind, String code) {
    List<String> row =
        rows.stream()
            .filter(cells -> cells.get(0).equals("`" + endpoint + "`"))
            .findFirst()
            .orElseThrow(() -> new AssertionError("not in the table: " + endpoint));
    int column = kind.ordinal() + 1;
    String original = original(row.get(column));
    row.set(column, original.equals(code) ? code : original + ARROW + code);
  }

  /** The rows, one a line; what has no case and no answer says {@code -}. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      String cells = String.join(" | ", row).replace("-" + ARROW + "no answer", "-");
      text.append("| ").append(cells).append(" |\n");
    }
    return text.toString();
  }

  /** The cells that differ from the original, each once. */
  Set<String> differences() {
    Set<String> differences = new TreeSet<>();
    rows.forEach(row -> row.stream().filter(c -> c.contains(ARROW)).forEach(differences::add));
    return differences;
  }

  /** The differences that the page gives a reason for, below the table. */
  List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    Matcher reason = REASON.matcher(page);
    while (reason.find()) {
      reasons.add(reason.group(1));
    }
    return reasons;
  }

  private static String original(String cell) {
    int arrow = cell.indexOf(ARROW);
    return arrow < 0 ? cell : cell.substring(0, arrow);
  }
}
