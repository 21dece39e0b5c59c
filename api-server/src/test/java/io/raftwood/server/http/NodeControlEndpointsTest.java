package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Settings and log levels of a process over HTTP. */
class NodeControlEndpointsTest {
  private final TestServer server;

  NodeControlEndpointsTest() throws IOException {
    server = new TestServer(TestServer.settings());
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void settingsCarryTheirOrigins() throws IOException {
    JSONObject answer = body("GET", "/admin/config");

    assertThat(answer.getString("node")).isEqualTo("n1");
    assertThat(answer.getJSONArray("settings").getJSONObject(0))
        .containsEntry("key", "node.name")
        .containsEntry("value", "n1")
        .containsEntry("origin", "n1.yaml:2");
  }

  @Test
  void levelsAreChangedAndPutBack() throws IOException {
    assertThat(body("POST", "/admin/log-level?level=WARN").getJSONObject("levels"))
        .containsEntry("root", "warn");
    assertThat(
            body("POST", "/admin/log-level?logger=io.raftwood&level=trace").getJSONObject("levels"))
        .containsEntry("io.raftwood", "trace");
    assertThat(
            body("POST", "/admin/log-level?logger=io.raftwood&level=default")
                .getJSONObject("levels"))
        .doesNotContainKey("io.raftwood");
    assertThat(body("GET", "/admin/log-levels").getJSONObject("levels")).containsOnlyKeys("root");
  }

  @Test
  void whatIsNoLevelOrNoLoggerIsRefused() throws IOException {
    assertThat(error("/admin/log-level")).isEqualTo("400 missing-parameter:level");
    assertThat(error("/admin/log-level?level=loud")).isEqualTo("400 malformed-parameter:level");
    assertThat(error("/admin/log-level?level=info&logger=a%20b"))
        .isEqualTo("400 malformed-parameter:logger");
    assertThat(error("/admin/log-level?level=info&logger=org.nobody"))
        .isEqualTo("404 no-such-logger:org.nobody");
    assertThat(server.ask("GET", "/admin/log-level?level=info").status()).isEqualTo(405);
  }

  private JSONObject body(String method, String target) throws IOException {
    RawClient.Response answer = server.ask(method, target);
    assertThat(answer.status()).isEqualTo(200);
    return JSON.parseObject(answer.text());
  }

  private String error(String target) throws IOException {
    RawClient.Response answer = server.ask("POST", target);
    return answer.status() + " " + answer.header("Error");
  }
}
