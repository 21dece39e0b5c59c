package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.Slot;
import io.raftwood.server.http.RawClient.Response;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code zrangebyrank zrangebyscore} in default mode; the table has four members. */
class ScoreRangeEndpointsTest {
  private static final int SLOT = Slot.of(Bytes.utf8("z"));
  private static final String A = "{\"key\":\"YQ==\",\"ver\":1}";
  private static final String B = "{\"key\":\"Yg==\",\"ver\":1}";
  private static final String C = "{\"key\":\"Yw==\",\"ver\":1}";
  private static final String D = "{\"key\":\"ZA==\",\"ver\":1}";

  private TestServer server;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(TestServer.settings());
    client = server.connect();
    for (String member : new String[] {"d&score=9", "c&score=5", "b&score=5", "a&score=-3"}) {
      client.ask("GET", "/zadd?tb=z&key=" + member);
    }
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  private Response byRank(String rest) throws IOException {
    return client.ask("GET", "/zrangebyrank?tb=z" + rest);
  }

  private Response byScore(String rest) throws IOException {
    return client.ask("GET", "/zrangebyscore?tb=z" + rest);
  }

  private static void assertPage(Response response, String... elements) {
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.text()).isEqualTo("[" + String.join(",", elements) + "]");
    assertThat(response.header("Keys")).isEqualTo(Integer.toString(elements.length));
    assertThat(response.headers()).doesNotContainKey("version");
    assertThat(response.header("Content-Type")).isEqualTo("text/plain");
  }

  private static void assertRefused(Response response, int status, String error) {
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.header("Version")).isEqualTo(status == 404 ? "0" : "");
    assertThat(response.header("Error")).isEqualTo(error);
    assertThat(response.headers()).doesNotContainKey("keys");
  }

  @Test
  void ranksAscendByScoreAndTiesByMember() throws IOException {
    assertPage(byRank("&offset=0&size=1000"), A, B, C, D);
    assertPage(byRank("&offset=1&size=2"), B, C);
    assertPage(byRank("&offset=0&size=0"));
    assertPage(byRank("&offset=4&size=10"));
    assertPage(byRank("&offset=100000000&size=10"));
  }

  @Test
  void scoresAreShownOnDemandAsStrings() throws IOException {
    String shown = "{\"key\":\"YQ==\",\"val\":\"-3\",\"ver\":1}";
    assertPage(byRank("&offset=0&size=1&noval=false"), shown);
    assertPage(byScore("&min=-3&max=0&offset=0&size=9&noval=0"), shown);
    assertPage(byRank("&offset=0&size=1&noval=true"), A);
    assertRefused(byRank("&offset=0&size=1&noval=no"), 404, "malformed-parameter:noval");
  }

  @Test
  void scoreBoundsAreInclusiveAndOffsetsCountMatches() throws IOException {
    assertPage(byScore("&min=5&max=9&offset=0&size=10"), B, C, D);
    assertPage(byScore("&min=5&max=9&offset=1&size=1"), C);
    assertPage(byScore("&min=6&max=8&offset=0&size=10"));
    String whole = "&min=-9223372036854775808&max=9223372036854775807";
    assertPage(byScore(whole + "&offset=0&size=10"), A, B, C, D);
    assertRefused(byScore("&min=1&max=0&offset=0&size=10"), 404, "empty-range:min");
  }

  @Test
  void startAndEndMustContainTheSlotOfTheTable() throws IOException {
    String page = "&offset=0&size=1";
    assertPage(byRank(page + "&start=" + SLOT + "&end=" + (SLOT + 1)), A);
    assertPage(byRank(page + "&start=0&end=1024"), A);
    for (String bounds :
        new String[] {
          "&start=" + (SLOT + 1), "&end=" + SLOT, "&start=9&end=9", "&start=-1", "&end=1025"
        }) {
      assertRefused(byRank(page + bounds), 404, "empty-range:start");
      assertRefused(byScore(page + "&min=-9&max=9" + bounds), 404, "empty-range:start");
    }
  }

  @Test
  void asynchronousListingsShowTheSame() throws IOException {
    assertPage(byRank("&offset=3&size=9&async=true"), D);
    assertPage(byScore("&min=9&max=9&offset=0&size=9&async=true"), D);
  }

  @Test
  void limitsAndNumbersAreCheckedAsTheContractSays() throws IOException {
    for (String bad : new String[] {"-1", "100000001", "x", "1.5"}) {
      String offset = "&offset=" + bad + "&size=1";
      assertRefused(byRank(offset), 404, "malformed-parameter:offset");
      assertRefused(byScore("&min=0&max=1" + offset), 400, "malformed-parameter:offset");
    }
    for (String bad : new String[] {"-1", "1001", "x"}) {
      String size = "&offset=0&size=" + bad;
      assertRefused(byRank(size), 404, "malformed-parameter:size");
      assertRefused(byScore("&min=0&max=1" + size), 400, "malformed-parameter:size");
    }
    assertRefused(byScore("&min=x&max=1&offset=0&size=1"), 400, "malformed-parameter:min");
  }

  @Test
  void unknownTableIsNotFound() throws IOException {
    Response ranks = client.ask("GET", "/zrangebyrank?tb=y&offset=0&size=1");
    assertRefused(ranks, 404, "not-found");
    Response scores = client.ask("GET", "/zrangebyscore?tb=y&min=0&max=1&offset=0&size=1");
    assertRefused(scores, 404, "not-found");
  }

  @Test
  void strictModeReadsNumbersAsTheOriginal() throws IOException {
    try (TestServer strict = new TestServer(TestServer.settings().with(HustdbDialect.STRICT));
        RawClient asking = strict.connect()) {
      asking.ask("POST", "/zadd?tb=z&score=1.9", "a%20b%2".getBytes("US-ASCII"));
      assertThat(asking.ask("GET", "/zscore?tb=z&key=a%20b").text()).isEqualTo("1");
      asking.ask("GET", "/zadd?tb=z&score=text&key=c");
      assertThat(asking.ask("GET", "/zscore?tb=z&key=c").text()).isEqualTo("0");
      String lenient = "/zrangebyscore?tb=z&min=zero&max=1.9&offset=none&size=10x&noval=TRUE";
      assertThat(asking.ask("GET", lenient).text())
          .isEqualTo(
              "[{\"key\":\"Yw==\",\"val\":\"0\",\"ver\":1},"
                  + "{\"key\":\"YSBi\",\"val\":\"1\",\"ver\":1}]");
      Response far = asking.ask("GET", "/zrangebyrank?tb=z&offset=1000001&size=1");
      assertRefused(far, 404, "too-long:offset");
      String async = "/zrangebyrank?tb=z&offset=1000001&size=1&async=true";
      assertThat(asking.ask("GET", async).text()).isEqualTo("[]");
    }
  }
}
