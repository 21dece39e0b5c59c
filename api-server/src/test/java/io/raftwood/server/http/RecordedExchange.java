package io.raftwood.server.http;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of {@code recorded.tsv}, which says what its columns are.
 *
 * @param setup what happens before, step by step
 * @param theirs what the original answered
 * @param strictOnly whether the default mode may answer otherwise
 * @param deviation empty = none
 * @param ours what we answer: the same, unless there is a deviation
 */
record RecordedExchange(
    String id,
    List<String> setup,
    Request request,
    Answer theirs,
    boolean strictOnly,
    String deviation,
    Answer ours) {
  private static final int COLUMNS = 15;
  private static final Pattern REPEATED = Pattern.compile("\\{(.)\\*(\\d+)}");

  /** A request; headers as they stand on the wire. */
  record Request(String method, String target, String version, List<String> headers, byte[] body) {}

  /**
   * An answer.
   *
   * @param status with its reason; {@code closed} = none came
   * @param headers by name in lower case, without Server, Date and Content-Length
   */
  record Answer(String status, Map<String, String> headers, byte[] body) {}

  /** All of them. */
  static List<RecordedExchange> all() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                RecordedExchange.class.getResourceAsStream("recorded.tsv"),
                StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> of(line.split("\t", -1)))
          .toList();
    }
  }

  private static RecordedExchange of(String[] cells) {
    if (cells.length != COLUMNS) {
      throw new IllegalArgumentException(cells.length + " columns: " + cells[0]);
    }
    List<String> setup = cells[1].equals("-") ? List.of() : List.of(cells[1].split(" ; "));
    String deviation = cells[11].equals("-") ? "" : cells[11];
    List<String> headers = parts(cells[5]).stream().map(RecordedExchange::expanded).toList();
    Answer theirs = answer(cells, 7);
    return new RecordedExchange(
        cells[0],
        setup,
        new Request(cells[2], expanded(cells[3]), cells[4], headers, body(cells[6])),
        theirs,
        cells[10].equals("strict"),
        deviation,
        deviation.isEmpty() ? theirs : answer(cells, 12));
  }

  private static Answer answer(String[] cells, int from) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String header : parts(cells[from + 1])) {
      String[] sides = header.split(": ", 2);
      headers.put(sides[0].toLowerCase(Locale.ROOT), sides[1]);
    }
    return new Answer(cells[from], headers, body(cells[from + 2]));
  }

  private static List<String> parts(String joined) {
    return joined.equals("-") ? List.of() : Arrays.asList(joined.split(" \\| "));
  }

  private static String expanded(String text) {
    return REPEATED
        .matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(match.group(1).repeat(Integer.parseInt(match.group(2)))));
  }

  /** Base64, perhaps repeated. */
  static byte[] body(String text) {
    String[] sides = text.split("\\*");
    byte[] once = Base64.getDecoder().decode(sides[0]);
    int times = sides.length > 1 ? Integer.parseInt(sides[1]) : 1;
    ByteArrayOutputStream out = new ByteArrayOutputStream(once.length * times);
    for (int time = 0; time < times; time++) {
      out.writeBytes(once);
    }
    return out.toByteArray();
  }
}
