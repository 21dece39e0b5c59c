package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.admin.ChangeAnswer;
import io.raftwood.admin.ChangeAnswer.Verdict;
import io.raftwood.cluster.GroupPreference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes, placement and leadership over HTTP, with a cluster of two nodes on paper. */
class PlacementEndpointsTest {
  private final TestServer server;

  PlacementEndpointsTest() throws IOException {
    server = new TestServer(TestServer.settings());
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void everyChangeReachesThePort() throws IOException {
    for (String path :
        List.of(
            "nodes/add?node=n4&http=h%3A1&raft=h:2",
            "nodes/remove?node=n1",
            "nodes/drain?node=n1&force=true",
            "nodes/undrain?node=n1",
            "nodes/replace?node=n1&by=n2",
            "leader/transfer?group=data-0&node=n2",
            "leader/balance",
            "groups/spread")) {
      assertThat(server.ask("POST", "/admin/" + path).status()).as(path).isEqualTo(200);
    }
    assertThat(server.admin.changes())
        .containsExactly(
            "Add[node=n4, http=h:1, raft=h:2]",
            "Remove[node=n1]",
            "Drain[node=n1] by force",
            "Undrain[node=n1]",
            "Replace[old=n1, next=n2]",
            "Lead[group=data-0, node=n2]",
            "BalanceLeaders[]",
            "Spread[]");
    assertThat(server.ask("GET", "/admin/nodes/drain?node=n1").status()).isEqualTo(405);
  }

  @Test
  void anAnswerSaysWhatIsWished() throws IOException {
    server.admin.answerChanges(
        ChangeAnswer.made(9, List.of(new GroupPreference("data-0", List.of("n2", "n1")))));
    JSONObject said = JSON.parseObject(text(server.ask("POST", "/admin/nodes/drain?node=n1")));
    assertThat(said.toString())
        .isEqualTo("{\"epoch\":9,\"groups\":[{\"name\":\"data-0\",\"voters\":[\"n2\",\"n1\"]}]}");
  }

  @Test
  void refusalsSayWhy() throws IOException {
    assertThat(error("/admin/nodes/add?node=n4&http=h:1")).isEqualTo("400 missing-parameter:raft");
    assertThat(error("/admin/nodes/add?node=n4&http=h&raft=h:2"))
        .isEqualTo("400 malformed-parameter:http");
    assertThat(error("/admin/nodes/add?node=n%0a4&http=h:1&raft=h:2"))
        .isEqualTo("400 malformed-parameter:node");
    server.admin.answerChanges(ChangeAnswer.not(Verdict.REFUSED, "no node: add one"));
    assertThat(error("/admin/nodes/drain?node=n1"))
        .isEqualTo("409 change-refused:no node: add one");
    server.admin.answerChanges(ChangeAnswer.not(Verdict.UNDER_WAY, "wait"));
    assertThat(error("/admin/nodes/drain?node=n1")).isEqualTo("409 change-under-way:wait");
    server.admin.answerChanges(ChangeAnswer.not(Verdict.NO_SUCH_NODE, "n9"));
    assertThat(error("/admin/nodes/drain?node=n9")).isEqualTo("404 no-such-cluster-node:n9");
    assertThat(error("/admin/snapshot?group=data-9")).isEqualTo("404 no-such-group:data-9");
  }

  @Test
  void nodesAndGroupsAreListed() throws IOException {
    JSONArray nodes = JSON.parseArray(text(server.ask("GET", "/admin/nodes")));
    JSONObject first = nodes.getJSONObject(0);
    assertThat(first.getString("standing")).isEqualTo("active");
    assertThat(first.getString("state")).isEqualTo("up");
    assertThat(first.getJSONArray("leads")).containsExactly("data-0");
    assertThat(nodes.getJSONObject(1).getString("state")).isEqualTo("down");
    JSONArray groups = JSON.parseArray(text(server.ask("GET", "/admin/groups?group=data-0")));
    JSONObject group = groups.getJSONObject(0);
    assertThat(group.getBooleanValue("settled")).isTrue();
    assertThat(group.getString("leader")).isEqualTo("n1");
    assertThat(group.getJSONObject("wanted").getJSONArray("voters")).containsExactly("n1", "n2");
    assertThat(group.getJSONObject("actual").getJSONArray("voters")).containsExactly("n1");
    assertThat(server.ask("GET", "/admin/groups?group=x").status()).isEqualTo(404);
    server.admin.joined(false);
    assertThat(server.ask("GET", "/admin/nodes").status()).isEqualTo(503);
  }

  @Test
  void theSlotTableIsShownAndApplied() throws IOException {
    String table = text(server.ask("GET", "/admin/table"));
    assertThat(table).contains("\"127.0.0.1:8081\"");
    assertThat(
            server
                .ask("POST", "/admin/table/apply", table.getBytes(StandardCharsets.UTF_8))
                .status())
        .isEqualTo(200);
    assertThat(server.admin.changes()).containsExactly("Table[firsts={data-0=[n1, n2]}]");
    assertThat(server.ask("POST", "/admin/table/apply", new byte[] {(byte) 123}).status())
        .isEqualTo(400);
  }

  @Test
  void snapshotsAreReported() throws IOException {
    assertThat(JSON.parseArray(text(server.ask("POST", "/admin/snapshot"))).toString())
        .isEqualTo("[{\"group\":\"data-0\",\"node\":\"n1\",\"done\":true,\"detail\":\"\"}]");
  }

  private String error(String path) throws IOException {
    RawClient.Response response = server.ask("POST", path);
    return response.status() + " " + response.headers().get("error");
  }

  private static String text(RawClient.Response response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
