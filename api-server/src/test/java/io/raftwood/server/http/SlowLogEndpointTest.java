package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Slow requests over HTTP, and the ids of requests. */
class SlowLogEndpointTest {
  private static final String ID = "X-Request-Id";

  @Test
  void slowRequestIsKeptUnderItsIdWhichTheAnswerTellsIfTheClientDid() throws IOException {
    Duration slow = TestServer.briefly().request().dividedBy(2);
    try (TestServer server =
        new TestServer(TestServer.settings().with(TestServer.briefly()).withSlow(slow))) {
      server.store.hold();
      assertThat(server.ask("GET", "/get?key=s%20low").header(ID)).isEmpty();
      String id = server.ask("GET", "/get?key=s%20low", ID + ": slow-1").header(ID);

      JSONObject log = slowLog(server);
      assertThat(log).containsEntry("node", "n1").containsEntry("thresholdMillis", 500);
      List<JSONObject> gets =
          log.getJSONArray("requests").toList(JSONObject.class).stream()
              .filter(request -> request.getString("operation").equals("get"))
              .toList();
      assertThat(gets).hasSize(2);
      JSONObject kept = gets.get(0);
      assertThat(id).isEqualTo("slow-1").isEqualTo(kept.getString("id"));
      assertThat(gets.get(1).getString("id")).hasSize(16);
      assertThat(kept)
          .containsEntry("operation", "get")
          .containsEntry("target", "/get?key=s%20low")
          .containsEntry("outcome", "no-quorum")
          .containsEntry("client", "127.0.0.1");
      assertThat(kept.getLongValue("answerMillis")).isGreaterThanOrEqualTo(slow.toMillis());
      assertThat(kept.getLongValue("totalMillis"))
          .isGreaterThanOrEqualTo(kept.getLongValue("answerMillis"));
    }
  }

  @Test
  void idOfTheClientComesBackAndAnIllFormedOneDoesNot() throws IOException {
    try (TestServer server = new TestServer(TestServer.settings())) {
      assertThat(server.ask("GET", "/get?key=a", ID + ": trace-1.2:3").header(ID))
          .isEqualTo("trace-1.2:3");
      assertThat(server.ask("GET", "/get?key=a", ID + ": a b").header(ID)).isEmpty();
      assertThat(server.ask("GET", "/get?key=a").header(ID)).isEmpty();
    }
  }

  @Test
  void defectIsAnsweredWithAnId() throws IOException {
    try (TestServer server = new TestServer(TestServer.settings())) {
      server.store.failWith(new IllegalStateException("this log is expected"));
      assertThat(server.ask("GET", "/get?key=a").header(ID)).hasSize(16);
      assertThat(server.ask("GET", "/get?key=a", ID + ": mine").header(ID)).isEqualTo("mine");
    }
  }

  private static JSONObject slowLog(TestServer server) throws IOException {
    return JSON.parseObject(server.ask("GET", "/admin/slowlog").text());
  }
}
