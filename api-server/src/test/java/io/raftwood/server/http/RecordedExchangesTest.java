package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.server.http.RawClient.Response;
import io.raftwood.server.http.RecordedExchange.Answer;
import io.raftwood.server.http.RecordedExchange.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What the original answered, we answer in strict mode: status, headers (but Date, and Error, which
 * every refusal has more) and body; but for the deviations that recorded.tsv names and the page
 * explains.
 */
class RecordedExchangesTest {
  private static final Path PAGE = Path.of("../docs/api/hustdb-conformance.md");
  private static final String SERVER = "nginx/1.12.0";

  /** A row of the page's table: the deviation, its exchanges, the reason. */
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z-]+)` \\| [^|]+ \\| ([^|]*) \\| ([^|]+) \\|$");

  @TestFactory
  List<DynamicTest> answersAsRecorded() throws IOException {
    return RecordedExchange.all().stream()
        .map(exchange -> DynamicTest.dynamicTest(exchange.id(), () -> replay(exchange)))
        .toList();
  }

  @Test
  void pageNamesEveryDeviationAndTheExchangesThatShowIt() throws IOException {
    Map<String, List<String>> deviations = new TreeMap<>();
    for (RecordedExchange exchange : RecordedExchange.all()) {
      if (!exchange.deviation().isEmpty()) {
        deviations.computeIfAbsent(exchange.deviation(), name -> new ArrayList<>());
        deviations.get(exchange.deviation()).add("`" + exchange.id() + "`");
      }
    }
    Map<String, List<String>> explained = new TreeMap<>();
    Matcher rows = ROW.matcher(Files.readString(PAGE));
    while (rows.find()) {
      explained.put(rows.group(1), List.of(rows.group(2).split(" ")));
    }
    assertThat(explained).isEqualTo(deviations);
  }

  @Test
  void deviationsDeviate() throws IOException {
    for (RecordedExchange exchange : RecordedExchange.all()) {
      if (!exchange.deviation().isEmpty()) {
        assertThat(exchange.ours()).as(exchange.id()).isNotEqualTo(exchange.theirs());
      }
    }
  }

  private static void replay(RecordedExchange exchange) throws IOException {
    replay(exchange, true);
    if (!exchange.strictOnly()) {
      replay(exchange, false);
    }
  }

  private static void replay(RecordedExchange exchange, boolean strict) throws IOException {
    HustdbDialect dialect = strict ? HustdbDialect.STRICT : HustdbDialect.DEFAULT;
    boolean passwords = exchange.setup().contains("auth");
    AccessSettings access = new AccessSettings(passwords, 1_000, Optional.empty());
    // Only what waits for a second replica in vain takes all of the time.
    HttpSettings settings =
        TestServer.settings().with(dialect).with(access).with(TestServer.briefly());
    try (TestServer server = new TestServer(settings)) {
      for (String step : exchange.setup()) {
        prepare(server, step);
      }
      try (RawClient client = server.connect()) {
        Request request = exchange.request();
        client.send(head(request)).send(request.body());
        check(exchange.ours(), client.read().orElseThrow(), strict);
      }
    }
  }

  private static String head(Request request) {
    StringBuilder head = new StringBuilder();
    head.append(request.method()).append(' ').append(request.target()).append(' ');
    head.append(request.version()).append("\r\nHost: t\r\n");
    request.headers().forEach(header -> head.append(header).append("\r\n"));
    boolean empty = request.body().length == 0 && !request.method().equals("POST");
    head.append(empty ? "" : "Content-Length: " + request.body().length + "\r\n");
    return head.append("\r\n").toString();
  }

  private static void prepare(TestServer server, String step) throws IOException {
    String[] words = step.split(" ");
    if (words[0].equals("only")) {
      server.store.onlyOn(Integer.parseInt(words[1]));
      prepare(server, step.substring("only 0 ".length()));
      server.store.onBoth();
    } else if (words[0].endsWith("x")) {
      int times = Integer.parseInt(words[0].substring(0, words[0].length() - 1));
      for (int time = 0; time < times; time++) {
        prepare(server, step.substring(words[0].length() + 1));
      }
    } else if (!arrange(server, words)) {
      byte[] body = words.length > 2 ? RecordedExchange.body(words[2]) : new byte[0];
      server.ask(words[0], words[1], body);
    }
  }

  /** Does a step that is no request; false if it is one. */
  private static boolean arrange(TestServer server, String[] words) {
    switch (words[0]) {
      case "auth" -> {} // a matter of the server's settings
      case "groups" -> {
        int boundary = Integer.parseInt(words[1]);
        GroupRecord low = group(0, boundary, "n1", "n2");
        server.admin.meta().groups(20_084, low, group(boundary, 1024, "n2", "n1"));
      }
      case "issue" ->
          server.admin.meta().propose(new ClusterCommand.IssueTableId(Long.parseLong(words[1])));
      case "down" -> {
        server.store.failWith(new GroupUnavailableException("both nodes are down"));
        server.cache.failWith(new GroupUnavailableException("both nodes are down"));
      }
      case "lag" -> server.cache.lag(words[1]);
      case "lagging" -> server.admin.lagging(words[1]);
      case "peer-down" -> server.groups.stop(server.groups.nodes().get(Integer.parseInt(words[1])));
      case "hosts" -> server.admin.hosts(Integer.parseInt(words[1]));
      case "wait" -> {
        server.store.passTime(Long.parseLong(words[1]));
        server.admin.meta().passTime(Long.parseLong(words[1]));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static GroupRecord group(int first, int end, String... voters) {
    return new GroupRecord("data-" + first, first, end, List.of(voters), List.of());
  }

  private static void check(Answer expected, Response response, boolean strict) {
    Map<String, String> headers = new TreeMap<>(response.headers());
    assertThat(headers.remove("server")).isEqualTo(strict ? SERVER : "raftwood");
    assertThat(headers.remove("date")).endsWith("GMT");
    assertThat(headers.remove("content-length")).isEqualTo("" + response.body().length);
    if (response.status() >= 400 && !expected.headers().containsKey("error")) {
      assertThat(headers.remove("error")).isNotEmpty();
    }
    assertThat(response.status() + " " + response.reason()).isEqualTo(expected.status());
    assertThat(headers).isEqualTo(expected.headers());
    if (strict || !headers.get("content-type").equals("text/html")) {
      assertThat(response.body()).isEqualTo(expected.body());
    }
  }
}
