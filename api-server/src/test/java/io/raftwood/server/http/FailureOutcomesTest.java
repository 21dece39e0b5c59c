package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.DiskFullException;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.NotLeaderException;
import io.raftwood.raft.OutcomeUnknownException;
import io.raftwood.raft.OverloadedException;
import io.raftwood.server.http.RawClient.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each failure of the store at each endpoint, and the refusals that differ between the modes. */
class FailureOutcomesTest {
  private static final List<String> TARGETS =
      List.of(
          "/get?key=a",
          "/exist?key=a",
          "/del?key=a",
          "/put?key=a&val=x",
          "/hget?tb=t&key=a",
          "/hexist?tb=t&key=a",
          "/hset?tb=t&key=a&val=x",
          "/hdel?tb=t&key=a",
          "/hincrby?tb=t&key=a&val=1",
          "/sadd?tb=t",
          "/srem?tb=t",
          "/sismember?tb=t",
          "/zadd?tb=t&score=1",
          "/zrem?tb=t",
          "/zscore?tb=t",
          "/zismember?tb=t",
          "/zrangebyrank?tb=t&offset=0&size=1",
          "/zrangebyscore?tb=t&min=0&max=1&offset=0&size=1");

  private static final Set<String> WRITES =
      Set.of("put", "del", "hset", "hdel", "hincrby", "sadd", "srem", "zadd", "zrem");

  /** Contract 2.6: where something that is required is missing or not allowed. */
  private static final Map<String, Integer> REFUSALS =
      Map.ofEntries(
          Map.entry("/hget?key=a", 400),
          Map.entry("/hget?tb=t", 400),
          Map.entry("/hget?tb=a-b&key=a", 400),
          Map.entry("/hexist?key=a", 400),
          Map.entry("/hset?key=a&val=x", 404),
          Map.entry("/hset?tb=t&val=x", 404),
          Map.entry("/hset?tb=a-b&key=a&val=x", 404),
          Map.entry("/hdel?key=a", 400),
          Map.entry("/hdel?tb=t", 400),
          Map.entry("/hdel?tb=a-b&key=a", 404),
          Map.entry("/sismember?x=1", 400),
          Map.entry("/sismember?tb=a-b", 400),
          Map.entry("/sadd?x=1", 404),
          Map.entry("/sadd?tb=a-b", 404),
          Map.entry("/srem?x=1", 404),
          Map.entry("/zadd?score=1", 404),
          Map.entry("/zadd?tb=t", 404),
          Map.entry("/zadd?tb=a-b&score=1", 404),
          Map.entry("/zrem?x=1", 404),
          Map.entry("/zscore?x=1", 404),
          Map.entry("/zscore?tb=a-b", 404),
          Map.entry("/zismember?x=1", 404),
          Map.entry("/zrangebyrank?offset=0&size=1", 404),
          Map.entry("/zrangebyrank?tb=t&size=1", 404),
          Map.entry("/zrangebyrank?tb=a-b&offset=0&size=1", 404),
          Map.entry("/zrangebyscore?min=0&max=1&offset=0&size=1", 400),
          Map.entry("/zrangebyscore?tb=t&max=1&offset=0&size=1", 400),
          Map.entry("/zrangebyscore?tb=t&min=0&max=1&offset=0", 400),
          Map.entry("/zrangebyscore?tb=a-b&min=0&max=1&offset=0&size=1", 400));

  private static final byte[] MEMBER = {'m'};

  private static Map<RuntimeException, String> failures() {
    Map<RuntimeException, String> failures = new LinkedHashMap<>();
    failures.put(new NotLeaderException("data-0", Optional.of("n2")), "no-quorum");
    failures.put(new GroupUnavailableException("no leader"), "no-quorum");
    failures.put(new OverloadedException("queue"), "overloaded");
    failures.put(new DiskFullException("data-0"), "disk-full");
    failures.put(new OutcomeUnknownException("timeout"), "outcome-unknown");
    failures.put(new CompletionException(new OverloadedException("queue")), "overloaded");
    return failures;
  }

  private static TestServer server(boolean strict) throws IOException {
    HustdbDialect dialect = strict ? HustdbDialect.STRICT : HustdbDialect.DEFAULT;
    return new TestServer(TestServer.settings().with(dialect));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void failuresOfTheStoreAre404WithVersionZeroAndAReason(boolean strict) throws IOException {
    try (TestServer server = server(strict);
        RawClient client = server.connect()) {
      for (Map.Entry<RuntimeException, String> failure : failures().entrySet()) {
        server.store.failWith(failure.getKey());
        for (String target : TARGETS) {
          Response response = client.ask("POST", target, MEMBER);
          assertThat(response.status()).as(target).isEqualTo(404);
          assertThat(response.header("Version"))
              .as(target)
              .isEqualTo(target.startsWith("/hincrby") ? "" : "0");
          assertThat(response.header("Error")).isEqualTo(failure.getValue());
          assertThat(response.body()).isEmpty();
          assertThat(response.header("Content-Type")).isEqualTo("text/plain");
        }
      }
      server.store.recover();
      assertThat(client.ask("GET", "/put?key=a&val=x").status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsMissingOrNotAllowedIsRefusedAsTheContractSays(boolean strict) throws IOException {
    try (TestServer server = server(strict);
        RawClient client = server.connect()) {
      for (Map.Entry<String, Integer> refusal : REFUSALS.entrySet()) {
        Response response = client.ask("POST", refusal.getKey(), MEMBER);
        assertThat(response.status()).as(refusal.getKey()).isEqualTo(refusal.getValue());
        assertThat(response.header("Version"))
            .as(refusal.getKey())
            .isEqualTo(refusal.getValue() == 404 ? "0" : "");
        assertThat(response.header("Error"))
            .as(refusal.getKey())
            .startsWith(
                refusal.getKey().contains("a-b") ? "malformed-parameter:tb" : "missing-parameter:");
      }
      for (String path : new String[] {"sismember", "sadd", "srem", "zscore", "zrem"}) {
        Response response = client.ask("POST", "/" + path + "?tb=t", new byte[0]);
        assertThat(response.status()).as(path).isEqualTo(404);
        assertThat(response.header("Version")).as(path).isEqualTo("0");
      }
    }
  }

  @Test
  void lateWritesHaveAnUnknownOutcomeAndLateReadsNone() throws IOException {
    HttpTimeouts timeouts = HttpTimeouts.DEFAULT;
    HttpTimeouts brief =
        new HttpTimeouts(
            timeouts.head(),
            timeouts.keepAlive(),
            Duration.ofMillis(300),
            timeouts.stall(),
            timeouts.write(),
            timeouts.linger());
    try (TestServer server = new TestServer(TestServer.settings().with(brief))) {
      server.store.hold();
      List<RawClient> clients = new ArrayList<>();
      for (String target : TARGETS) {
        String head = RawClient.head("POST", target, "Content-Length: 1");
        clients.add(server.connect().send(head + "m"));
      }
      for (int i = 0; i < clients.size(); i++) {
        String path = TARGETS.get(i).substring(1, TARGETS.get(i).indexOf('?'));
        assertThat(clients.get(i).read().orElseThrow().header("Error"))
            .as(path)
            .isEqualTo(WRITES.contains(path) ? "outcome-unknown" : "no-quorum");
        clients.get(i).close();
      }
    }
  }

  @Test
  void defectIs500WithoutATrace() throws IOException {
    try (TestServer server = server(false)) {
      server.store.failWith(new IllegalStateException("secret detail: this log is expected"));
      Response response = server.ask("GET", "/get?key=a");
      assertThat(response.status()).isEqualTo(500);
      assertThat(response.header("Error")).isEqualTo("internal-fault");
      assertThat(response.text()).contains("500 Internal Server Error").doesNotContain("secret");
      server.store.recover();
      assertThat(server.ask("GET", "/get?key=a").status()).isEqualTo(404);
    }
  }

  @Test
  void strictModeReadsAsTheOriginal() throws IOException {
    try (TestServer server = server(true);
        RawClient client = server.connect()) {
      assertThat(client.ask("GET", "/put?key=dup1&key=dup2&val=x").status()).isEqualTo(200);
      assertThat(server.store.value(Bytes.utf8("dup2"))).isPresent();
      assertThat(server.store.value(Bytes.utf8("dup1"))).isEmpty();
      client.ask("GET", "/put?key=p%zz&val=1");
      assertThat(client.ask("GET", "/get?key=pzz").text()).isEqualTo("1");
      assertThat(client.ask("GET", "/put?key=k&val=1&ttl=-1&ver=abc").status()).isEqualTo(200);
      assertThat(client.ask("GET", "/put?key=k&val=2&ver=1x").header("Version")).isEqualTo("2");
      Response conflict = client.ask("GET", "/put?key=k&val=2&ver=9");
      assertThat(conflict.status()).isEqualTo(404);
      assertThat(conflict.header("Version")).isEqualTo("0");
      assertThat(conflict.header("Error")).isEqualTo("version-conflict");
      Response negative = client.ask("GET", "/put?key=k&val=2&ver=-1");
      assertThat(negative.status()).isEqualTo(404);
      assertThat(negative.header("Server")).isEqualTo("nginx/1.12.0");
      assertThat(client.ask("GET", "/get").status()).isEqualTo(400);
    }
  }

  @Test
  void decodedValIsAnOption() throws IOException {
    HustdbDialect decoding = new HustdbDialect(false, true, true);
    try (TestServer server = new TestServer(TestServer.settings().with(decoding));
        RawClient client = server.connect()) {
      client.ask("GET", "/put?key=k&val=a%20b%00+");
      assertThat(client.ask("GET", "/get?key=k").text()).isEqualTo("a b\u0000+");
      assertThat(client.ask("GET", "/put?key=k&val=%zz").header("Error"))
          .isEqualTo("malformed-parameter:val");
    }
  }
}
