package io.raftwood.it;

import io.raftwood.bench.client.HttpReply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One cell of the conformance table: what is asked of an endpoint in one case.
 *
 * @param before what must be there first
 * @param request what is asked
 */
record ConformanceCase(List<Request> before, Request request) {
  private static final String RESOURCE = "conformance.tsv";
  private static final String NONE = "-";

  private static int number;

  /** The table's columns, in its order. */
  enum Kind {
    SUCCESS,
    ABSENT,
    PARAMETER_MISSING,
    OTHER_METHOD,
    CONFLICT,
    NODE_DOWN
  }

  /** One request. */
  record Request(String method, String target, String body) {
    /** The body to send. */
    byte[] bytes() {
      return body.getBytes(StandardCharsets.US_ASCII);
    }
  }

  /**
   * A line of {@code conformance.tsv}.
   *
   * @param columns as its head says
   */
  record Endpoint(List<String> columns) {
    /** What the table's first column says. */
    String name() {
      return columns.get(0);
    }

    /** The case, if the endpoint has it; names in it are used only once. */
    Optional<ConformanceCase> ofKind(Kind kind) {
      List<Request> before = kind == Kind.ABSENT ? List.of() : seeds();
      return request(kind).map(request -> numbered(before, request));
    }

    private Optional<Request> request(Kind kind) {
      switch (kind) {
        case ABSENT:
          return seeds().isEmpty() ? Optional.empty() : to(columns.get(2), columns.get(3));
        case PARAMETER_MISSING:
          return to(columns.get(2), columns.get(5));
        case OTHER_METHOD:
          return to(columns.get(6), columns.get(3));
        case CONFLICT:
          return to(columns.get(2), columns.get(7));
        default:
          return to(columns.get(2), columns.get(3));
      }
    }

    private Optional<Request> to(String method, String target) {
      String body = columns.get(4).equals(NONE) ? "" : columns.get(4);
      return Optional.of(new Request(method, target, body)).filter(r -> !target.equals(NONE));
    }

    private List<Request> seeds() {
      if (columns.get(1).equals(NONE)) {
        return List.of();
      }
      List<Request> seeds = new ArrayList<>();
      for (String seed : columns.get(1).split(" ; ")) {
        String[] parts = seed.split(" ", 3);
        seeds.add(new Request(parts[0], parts[1], parts.length > 2 ? parts[2] : ""));
      }
      return seeds;
    }
  }

  /** Whether it asks one node for what was written just now. */
  boolean mayLag() {
    return !before.isEmpty() && request.target().contains("peer=");
  }

  /** All lines. */
  static List<Endpoint> endpoints() throws IOException {
    try (InputStream file = ConformanceCase.class.getResourceAsStream(RESOURCE)) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> new Endpoint(Arrays.asList(line.split("\t"))))
          .toList();
    }
  }

  /**
   * An answer in the table's words: the status; {@code V} with a {@code Version} header, {@code N}
   * for a 404 without one, {@code H} for a page; then the names of headers that mean something.
   */
  static String code(HttpReply reply) {
    StringBuilder code = new StringBuilder().append(reply.status());
    if (reply.header("Content-Type").orElse("").equals("text/html") && reply.status() != 200) {
      code.append('H');
    } else if (reply.header("Version").isPresent()) {
      code.append('V');
    } else if (reply.status() == 404) {
      code.append('N');
    }
    for (String name : List.of("Keys", "Sync", "Fail")) {
      if (reply.header(name).isPresent()) {
        code.append(' ').append(name);
      }
    }
    return code.toString();
  }

  private static ConformanceCase numbered(List<Request> before, Request request) {
    number++;
    return new ConformanceCase(
        before.stream().map(ConformanceCase::numbered).toList(), numbered(request));
  }

  private static Request numbered(Request request) {
    String target = request.target().replace("{n}", Integer.toString(number));
    return new Request(request.method(), target, request.body());
  }
}
