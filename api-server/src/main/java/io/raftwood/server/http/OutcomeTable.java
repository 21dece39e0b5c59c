package io.raftwood.server.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The only authority on statuses: endpoint family x outcome x mode to what goes on the wire, read
 * from the resource {@code outcomes.tsv}. Immutable, thread-safe.
 */
final class OutcomeTable {
  private static final String RESOURCE = "outcomes.tsv";
  private static final int COLUMNS = 9;

  private final Map<Family, Map<Outcome, OutcomeRow>> rows;

  private OutcomeTable(Map<Family, Map<Outcome, OutcomeRow>> rows) {
    this.rows = rows;
  }

  /**
   * Loads one mode of the table.
   *
   * @throws IllegalStateException when the table is not complete and free of contradictions
   */
  static OutcomeTable load(boolean strict) {
    return of(lines(), strict);
  }

  /** What {@code outcome} of an endpoint of {@code family} looks like. */
  OutcomeRow row(Family family, Outcome outcome) {
    return rows.get(family).get(outcome);
  }

  /** The table's lines without comments and empty lines. */
  static List<String> lines() {
    try (InputStream in = OutcomeTable.class.getResourceAsStream(RESOURCE);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE + " cannot be read", e);
    }
  }

  /** Builds one mode of a table from its lines. */
  static OutcomeTable of(List<String> lines, boolean strict) {
    Map<Family, Map<Outcome, OutcomeRow>> named = new EnumMap<>(Family.class);
    Map<Outcome, OutcomeRow> others = new EnumMap<>(Outcome.class);
    for (Family family : Family.values()) {
      named.put(family, new EnumMap<>(Outcome.class));
    }
    for (String line : lines) {
      String[] cells = line.split("\t", -1);
      if (cells.length != COLUMNS && cells.length != COLUMNS + 1) {
        throw new IllegalStateException("neither 9 nor 10 columns: " + line);
      }
      if (appliesTo(cells[2], strict)) {
        Outcome outcome = Outcome.valueOf(constant(cells[1]));
        for (Map<Outcome, OutcomeRow> target : targets(cells[0], named, others)) {
          if (target.put(outcome, row(cells)) != null) {
            throw new IllegalStateException("a second row for " + line);
          }
        }
      }
    }
    return new OutcomeTable(completed(named, others));
  }

  private static Map<Family, Map<Outcome, OutcomeRow>> completed(
      Map<Family, Map<Outcome, OutcomeRow>> named, Map<Outcome, OutcomeRow> others) {
    for (Family family : Family.values()) {
      for (Outcome outcome : Outcome.values()) {
        OutcomeRow fallback = others.get(outcome);
        if (fallback != null) {
          named.get(family).putIfAbsent(outcome, fallback);
        } else if (!named.get(family).containsKey(outcome)) {
          throw new IllegalStateException("no row for " + family + " " + outcome);
        }
      }
    }
    return named;
  }

  private static boolean appliesTo(String mode, boolean strict) {
    switch (mode) {
      case "both":
        return true;
      case "default":
        return !strict;
      case "strict":
        return strict;
      default:
        throw new IllegalStateException("not a mode: " + mode);
    }
  }

  private static List<Map<Outcome, OutcomeRow>> targets(
      String families,
      Map<Family, Map<Outcome, OutcomeRow>> named,
      Map<Outcome, OutcomeRow> others) {
    if (families.equals("*")) {
      return List.of(others);
    }
    List<Map<Outcome, OutcomeRow>> targets = new ArrayList<>();
    Arrays.stream(families.split(","))
        .forEach(family -> targets.add(named.get(Family.valueOf(constant(family)))));
    return targets;
  }

  private static OutcomeRow row(String[] cells) {
    return new OutcomeRow(
        cells[3].equals("abort") ? 0 : Integer.parseInt(cells[3]),
        cells[4],
        OutcomeRow.Body.valueOf(constant(cells[5])),
        OutcomeRow.Version.valueOf(constant(cells[6])),
        cells[7].equals("-") ? "" : cells[7],
        cells.length > COLUMNS ? cells[COLUMNS] : "",
        cells[8].equals("close"));
  }

  private static String constant(String token) {
    return token.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
