package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OutcomeTableTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Path PAGE = Path.of("../docs/api/outcomes.md");
  private static final String TABLE_BEGIN = "<!-- outcomes.tsv -->\n";
  private static final String TABLE_END = "<!-- end -->\n";

  @Test
  void everyOutcomeOfEveryFamilyHasARowInBothModes() {
    for (boolean strict : new boolean[] {false, true}) {
      OutcomeTable table = OutcomeTable.load(strict);
      for (Family family : Family.values()) {
        everyOutcomeHasARow(table, family);
      }
    }
  }

  private static void everyOutcomeHasARow(OutcomeTable table, Family family) {
    for (Outcome outcome : Outcome.values()) {
      assertThat(table.row(family, outcome)).as(family + " " + outcome).isNotNull();
    }
  }

  @Test
  void missingRowIsRefused() {
    for (int missing = 0; missing < OutcomeTable.lines().size(); missing++) {
      List<String> lines = new ArrayList<>(OutcomeTable.lines());
      String removed = lines.remove(missing);
      if (removed.startsWith("*")) {
        boolean strict = removed.contains("\tstrict\t");
        assertThatThrownBy(() -> OutcomeTable.of(lines, strict))
            .as(removed)
            .hasMessageContaining("no row for");
      }
    }
  }

  @Test
  void secondRowAndUnknownWordsAreRefused() {
    List<String> lines = new ArrayList<>(OutcomeTable.lines());
    lines.add("read\tok\tstrict\t200\tOK\town\tvalue\t-\tkeep");
    assertThatThrownBy(() -> OutcomeTable.of(lines, true)).hasMessageContaining("a second row");
    assertThat(OutcomeTable.of(lines, false)).isNotNull();
    lines.set(lines.size() - 1, "read\tnever\tstrict\t200\tOK\town\tvalue\t-\tkeep");
    assertThatThrownBy(() -> OutcomeTable.of(lines, true)).isInstanceOf(Exception.class);
  }

  @Test
  void everyRowSaysSomethingThatNoOtherRowSays() {
    for (boolean strict : new boolean[] {false, true}) {
      String mode = strict ? "default" : "strict";
      for (String line : OutcomeTable.lines()) {
        String[] cells = line.split("\t");
        if (cells[0].equals("*") || cells[2].equals(mode)) {
          continue;
        }
        List<String> without = new ArrayList<>(OutcomeTable.lines());
        without.remove(line);
        Family family = family(cells[0].split(",")[0]);
        Outcome outcome = Outcome.valueOf(cells[1].toUpperCase(Locale.ROOT).replace('-', '_'));
        assertThat(OutcomeTable.of(without, strict).row(family, outcome))
            .as("without " + line)
            .isNotEqualTo(OutcomeTable.load(strict).row(family, outcome));
      }
    }
  }

  private static Family family(String token) {
    return Family.valueOf(token.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  @Test
  void refusalsOfTheContractKeepItsStatus() {
    OutcomeTable strict = OutcomeTable.load(true);
    for (Family family : List.of(Family.READ, Family.PUT, Family.DEL)) {
      OutcomeRow row = strict.row(family, Outcome.NOT_FOUND);
      assertThat(row.status()).isEqualTo(404);
      assertThat(row.version()).isEqualTo(OutcomeRow.Version.ZERO);
    }
    assertThat(strict.row(Family.PUT, Outcome.VERSION_CONFLICT).status()).isEqualTo(404);
    OutcomeTable usual = OutcomeTable.load(false);
    assertThat(usual.row(Family.PUT, Outcome.VERSION_CONFLICT).status()).isEqualTo(409);
  }

  @Test
  void everythingButSuccessSaysWhy() {
    for (boolean strict : new boolean[] {false, true}) {
      for (Outcome outcome : Outcome.values()) {
        OutcomeRow row = OutcomeTable.load(strict).row(Family.READ, outcome);
        assertThat(row.error().isEmpty())
            .as(outcome.token())
            .isEqualTo(outcome == Outcome.OK || row.aborts());
      }
    }
  }

  @Test
  void statusesAreDecidedNowhereElse() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> deciders =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(OutcomeTableTest::setsStatus)
              .toList();
      assertThat(deciders)
          .extracting(file -> file.getFileName().toString())
          .containsExactly("Responder.java");
    }
  }

  private static boolean setsStatus(Path file) {
    try {
      String text = Files.readString(file);
      return text.contains("setStatusCode(")
          || text.contains("setResponseCode(")
          || text.contains("StatusCodes.")
          || text.contains("ResponseCodeHandler");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void pageShowsTheTable() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(TABLE_BEGIN) + TABLE_BEGIN.length();
    assertThat(page.substring(begin, page.indexOf(TABLE_END))).isEqualTo(markdown());
  }

  private static String markdown() {
    StringBuilder table = new StringBuilder();
    table.append(
        "| family | outcome | mode | status | body | `Version` | `Error` | connection |\n");
    table.append("|---|---|---|---|---|---|---|---|\n");
    for (String line : OutcomeTable.lines()) {
      String[] cells = line.split("\t", -1);
      String reason = cells[4].equals("-") ? "" : " " + cells[4];
      table.append(
          String.format(
              "| %s | %s | %s | %s%s | %s | %s | %s | %s |%n",
              cells[0].equals("*") ? "others" : cells[0].replace(",", " "),
              cells[1],
              cells[2],
              cells[3],
              reason,
              cells[5],
              cells[6],
              cells[7].equals("-") ? "-" : "`" + cells[7] + "`",
              cells[8]));
    }
    return table.toString();
  }
}
