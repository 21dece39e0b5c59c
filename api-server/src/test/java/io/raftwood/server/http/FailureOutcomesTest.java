package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.NotLeaderException;
import io.raftwood.raft.OutcomeUnknownException;
import io.raftwood.raft.OverloadedException;
import io.raftwood.server.http.RawClient.Response;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each failure of the store at each endpoint, and the refusals that differ between the modes. */
class FailureOutcomesTest {
  private static final List<String> TARGETS =
      List.of("/get?key=a", "/exist?key=a", "/del?key=a", "/put?key=a&val=x");

  private static Map<RuntimeException, String> failures() {
    Map<RuntimeException, String> failures = new LinkedHashMap<>();
    failures.put(new NotLeaderException("data-0", Optional.of("n2")), "no-quorum");
    failures.put(new GroupUnavailableException("no leader"), "no-quorum");
    failures.put(new OverloadedException("queue"), "overloaded");
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
          Response response = client.ask("GET", target);
          assertThat(response.status()).as(target).isEqualTo(404);
          assertThat(response.header("Version")).isEqualTo("0");
          assertThat(response.header("Error")).isEqualTo(failure.getValue());
          assertThat(response.body()).isEmpty();
          assertThat(response.header("Content-Type")).isEqualTo("text/plain");
        }
      }
      server.store.recover();
      assertThat(client.ask("GET", "/put?key=a&val=x").status()).isEqualTo(200);
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
