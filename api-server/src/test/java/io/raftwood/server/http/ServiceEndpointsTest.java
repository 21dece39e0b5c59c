package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.server.http.RawClient.Response;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceEndpointsTest {
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(TestServer.settings());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void versionStatusAndPeerCountAreTheOriginals() throws IOException {
    Response version = server.ask("GET", "/version");
    assertThat(version.text()).isEqualTo("hustdbha 1.7\n");
    assertThat(version.headers()).doesNotContainKeys("version", "error");
    Response status = server.ask("GET", "/status.html");
    assertThat(status.text()).isEqualTo("ok\n");
    assertThat(status.header("Content-Type")).isEqualTo("text/html");
    assertThat(server.ask("POST", "/peer_count", new byte[] {1}).text()).isEqualTo("2");
    server.admin.joined(false);
    assertThat(server.ask("GET", "/peer_count").status()).isEqualTo(503);
  }

  @Test
  void readinessNamesWhatFails() throws IOException {
    assertThat(server.ask("GET", "/livez").text()).isEqualTo("ok\n");
    assertThat(server.ask("GET", "/readyz").text()).isEqualTo("ok\n");
    assertThat(server.ask("GET", "/readyz?verbose").text())
        .isEqualTo("[+]joined\n[+]raft-leader:data-0 n1 leads\n[+]draining\nok\n");
    server.admin.ready(false);
    Response response = server.ask("GET", "/readyz");
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.header("Error")).isEqualTo("not-ready");
    assertThat(response.text()).isEqualTo("[-]raft-leader:data-0 no leader for 3 s\nnot ready\n");
    assertThat(server.ask("GET", "/livez").status()).isEqualTo(200);
  }

  @Test
  void metricsCountRequestsAndNeverNameKeys() throws IOException {
    server.ask("GET", "/put?key=secretkey&val=x");
    server.ask("GET", "/get?key=secretkey");
    server.ask("GET", "/get?key=other");
    server.ask("GET", "/nosuch");
    Response metrics = server.ask("GET", "/metrics");
    assertThat(metrics.header("Content-Type")).startsWith("text/plain; version=0.0.4");
    assertThat(metrics.text())
        .contains("raftwood_http_requests_total{op=\"put\",outcome=\"ok\"} 1.0")
        .contains("raftwood_http_requests_total{op=\"get\",outcome=\"ok\"} 1.0")
        .contains("raftwood_http_requests_total{op=\"get\",outcome=\"not-found\"} 1.0")
        .contains("raftwood_http_requests_total{op=\"none\",outcome=\"unknown-path\"} 1.0")
        .contains("raftwood_http_request_duration_seconds_bucket{op=\"get\",outcome=\"ok\",le=")
        .contains("raftwood_http_inflight 1.0")
        .contains("raftwood_http_connections ")
        .contains("raftwood_http_body_bytes 0.0")
        .contains("raftwood_http_rejected_total{reason=\"connections\"} 0.0")
        .contains("jvm_memory_used_bytes")
        .doesNotContain("secretkey");
  }

  @Test
  void adminStatusShowsMapAndReplicas() throws IOException {
    Response response = server.ask("GET", "/admin/status");
    assertThat(response.header("Content-Type")).isEqualTo("application/json");
    JSONObject status = JSON.parseObject(response.text());
    JSONObject cluster = status.getJSONObject("cluster");
    assertThat(cluster.getLongValue("epoch")).isEqualTo(3);
    assertThat(cluster.getJSONArray("nodes").getJSONObject(1).getString("http"))
        .isEqualTo("127.0.0.1:8082");
    assertThat(cluster.getJSONArray("groups").getJSONObject(0).getIntValue("endSlot"))
        .isEqualTo(1024);
    JSONObject replica = status.getJSONArray("replicas").getJSONObject(0);
    assertThat(replica.getString("role")).isEqualTo("LEADER");
    assertThat(replica.getJSONArray("voters")).containsExactly("127.0.0.1:9081:0");
    server.admin.joined(false);
    assertThat(JSON.parseObject(server.ask("GET", "/admin/status").text()))
        .doesNotContainKey("cluster");
  }

  @Test
  void adminCheckShowsHashesOrWhyThereAreNone() throws IOException {
    JSONArray checks = JSON.parseArray(server.ask("POST", "/admin/check").text());
    JSONObject check = checks.getJSONObject(0);
    assertThat(check.getBooleanValue("equal")).isFalse();
    assertThat(check.getJSONArray("replicas").getJSONObject(0).getString("hash")).isEqualTo("ab");
    assertThat(check.getJSONArray("replicas").getJSONObject(1)).doesNotContainKey("hash");
    server.admin.checks(false);
    Response failed = server.ask("POST", "/admin/check");
    assertThat(failed.status()).isEqualTo(503);
    assertThat(failed.header("Error")).isEqualTo("no-quorum");
    Response refused = server.ask("GET", "/admin/check");
    assertThat(refused.status()).isEqualTo(405);
    assertThat(refused.header("Allow")).isEqualTo("POST");
  }

  @Test
  void pagesAreTheOriginalsInStrictMode() throws IOException {
    try (TestServer strict = new TestServer(TestServer.settings().with(HustdbDialect.STRICT))) {
      assertThat(strict.ask("GET", "/nosuch").body()).hasSize(169);
      Response root = strict.ask("GET", "/");
      assertThat(root.status()).isEqualTo(403);
      assertThat(root.body()).hasSize(169);
      Response trace = strict.ask("TRACE", "/get");
      assertThat(trace.reason()).isEqualTo("Not Allowed");
      assertThat(trace.body()).hasSize(173);
    }
  }
}
