package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.OverloadedException;
import io.raftwood.server.http.RawClient.Response;
import io.raftwood.tree.model.Fanout;
import io.raftwood.tree.model.TreeCommand;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tree nodes, what we add to DT, and loads: dt-api 4 and 5. */
class TreeExtensionsTest {
  private TestServer server;
  private TreeClient client;

  @BeforeEach
  void start() throws IOException {
    TreeSettings small = new TreeSettings(false, new Fanout(4, 4));
    server = new TestServer(TestServer.settings().with(small));
    client = new TreeClient(server);
    client.call("create", "tree_id=t");
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  private void insert(String... keys) throws IOException {
    for (String key : keys) {
      client.call("insert", "tree_id=t&key=" + key + "&value=v" + key);
    }
  }

  private String load(String tree, String lines) throws IOException {
    return TreeClient.envelope(client.post("load?tree_id=" + tree, lines));
  }

  @Test
  void nodesAreWalkedDownAndUp() throws IOException {
    String root = client.text("getroot", "tree_id=t");
    client.succeeds("getdownnodes", "node_id=" + root, "[]");
    client.succeeds("getupnode", "node_id=" + root, "null");
    insert("a", "b", "c", "d", "e");
    client.succeeds("getroot", "tree_id=t", "\"" + root + "\"");
    String right = client.text("insert", "tree_id=t&key=f&value=");
    String left = client.call("get", "tree_id=t&key=a");
    left = left.substring(left.indexOf("\"node\":\"") + 8, left.length() - 2);
    String children = "[\"" + left + "\",\"" + right + "\"]";
    client.succeeds("getdownnodes", "node_id=" + root, children);
    client.succeeds("getdownnodes", "node_id=" + left, "[]");
    client.succeeds("getupnode", "node_id=" + right, "\"" + root + "\"");
    client.succeeds("getmetaprop", "node_id=" + root + "&prop_name=sys.level", "\"1\"");
    client.succeeds("getmetaprop", "node_id=" + root + "&prop_name=sys.count", "\"2\"");
    client.succeeds("getmetaprop", "node_id=" + left + "&prop_name=sys.low", "\"\"");
    client.succeeds("getmetaprop", "node_id=" + right + "&prop_name=sys.high", "null");
    client.succeeds("getmetaprop", "node_id=" + right + "&prop_name=sys.tree", "\"t\"");
    client.fails("getroot", "tree_id=unknown", 801);
  }

  @Test
  void whatIsNoNodeIs806() throws IOException {
    String root = client.text("getroot", "tree_id=t");
    String stranger = root.substring(0, root.indexOf('.')) + ".777";
    for (String node : new String[] {stranger, "x", "1", "-1.2", "1.2.3", "%00", "9".repeat(300)}) {
      client.fails("getdownnodes", "node_id=" + node, 806);
      client.fails("getupnode", "node_id=" + node, 806);
      client.fails("getmetaprop", "prop_name=p&node_id=" + node, 806);
      client.fails("casmetaprop", "prop_name=p&value=&node_id=" + node, 806);
    }
    client.call("drop", "tree_id=t");
    client.fails("getdownnodes", "node_id=" + root, 806);
  }

  @Test
  void propertiesAreComparedAndSet() throws IOException {
    String of = "node_id=" + client.text("getroot", "tree_id=t") + "&prop_name=owner";
    client.succeeds("getmetaprop", of, "null");
    client.fails("casmetaprop", of + "&old_value=&value=ann", 804);
    client.succeeds("casmetaprop", of + "&value=ann", "true");
    client.fails("casmetaprop", of + "&value=bob", 804);
    client.fails("casmetaprop", of + "&old_value=x&value=bob", 804);
    client.succeeds("casmetaprop", of + "&old_value=ann&value=", "true");
    client.succeeds("getmetaprop", of, "\"\"");
  }

  @Test
  void createAndDropSayWhatWas() throws IOException {
    String root = client.text("getroot", "tree_id=t");
    client.succeeds("create", "tree_id=t", "\"" + root + "\",\"existed\":true");
    client.succeeds("drop", "tree_id=t", "\"dropped\"");
    client.fails("drop", "tree_id=t", 801);
    assertThat(client.call("create", "tree_id=t")).endsWith(",\"existed\":false}");
    assertThat(client.text("getroot", "tree_id=t")).isNotEqualTo(root);
  }

  @Test
  void getNamesVersionAndLeaf() throws IOException {
    String leaf = client.text("insert", "tree_id=t&key=k&value=");
    String found = "\"\",\"version\":2,\"node\":\"" + leaf + "\"";
    client.succeeds("get", "tree_id=t&key=k", found);
    client.succeeds("get", "tree_id=t&key=none", "null");
    client.fails("get", "tree_id=unknown&key=k", 801);
  }

  @ParameterizedTest
  @CsvSource({
    "'', abcde, false",
    "from=b, cde, false",
    "to=d, abcd, false",
    "from=a&to=c&limit=2, bc, false",
    "limit=2, ab, true",
    "from=b&limit=2, cd, true",
    "reverse=true, edcba, false",
    "reverse=true&from=d&to=b, cb, false",
    "reverse=true&limit=1, e, true",
    "reverse=false&from=&to=, abcde, false",
    "from=x, '', false",
    "limit=10000, abcde, false"
  })
  void rangeIsOpenAtItsBeginning(String form, String keys, boolean more) throws IOException {
    insert("a", "b", "c", "d", "e");
    StringBuilder pairs = new StringBuilder();
    for (String key : keys.split("")) {
      pairs.append(key.isEmpty() ? "" : ",[\"" + key + "\",\"v" + key + "\"]");
    }
    String data = "[" + pairs.substring(Math.min(1, pairs.length())) + "],\"more\":" + more;
    client.succeeds("range", "tree_id=t&" + form, data);
    client.fails("range", "tree_id=unknown&" + form, 801);
  }

  @Test
  void listIsInByteOrderPageByPage() throws IOException {
    client.call("create", "tree_id=%F0%90%80%80");
    client.call("create", "tree_id=%EF%BF%BF");
    client.succeeds("list", "limit=2", "[\"t\",\"\uffff\"],\"more\":true");
    client.succeeds("list", "limit=2&from=%EF%BF%BF", "[\"\ud800\udc00\"],\"more\":false");
    client.fails("list", "from=" + "x".repeat(256), 805);
  }

  @Test
  void infoTellsFourFigures() throws IOException {
    String root = client.text("getroot", "tree_id=t");
    insert("a", "b", "c", "d", "e");
    String figures = "{\"root\":\"" + root + "\",\"height\":2,\"entries\":5,\"nodes\":3}";
    client.succeeds("info", "tree_id=t", figures);
    client.fails("info", "tree_id=unknown", 801);
  }

  @Test
  void loadInsertsWhatIsNotThere() throws IOException {
    insert("b");
    String lines = "a\t1\nb\t2\n%D0%B6\t%25%09+\na\t3";
    assertThat(load("t", lines))
        .isEqualTo("{\"status\":\"success\",\"code\":0,\"data\":{\"inserted\":2,\"existing\":2}}");
    client.succeeds(
        "range",
        "tree_id=t",
        "[[\"a\",\"1\"],[\"b\",\"vb\"],[\"\u0436\",\"%\\t+\"]],\"more\":false");
    TreeClient.assertFailure(load("unknown", lines), 801);
    TreeClient.assertFailure(load("", lines), 805);
    TreeClient.assertFailure(load("t", ""), 805);
  }

  @ParameterizedTest
  @CsvSource({
    "'a<x<b', 1: no tab",
    "'a\tx<<b\tx', 2: no tab",
    "'a\tx<b\tx<\tx<', 3: the key is empty",
    "'a\tx<b\t%', 2: the value is not",
    "'a\tx<%FF\tx', 2: the key is not",
    "'a\tx\ty', 1: a control",
    "'a\tx\r<b\tx\r', 1: a control"
  })
  void firstMalformedLineStopsTheLoadBeforeAnythingIsApplied(String text, String error)
      throws IOException {
    int before = server.trees.commands().size();
    String refused = load("t", text.replace('<', '\n'));
    TreeClient.assertFailure(refused, 805);
    assertThat(refused).contains("line " + error);
    assertThat(server.trees.commands()).hasSize(before);
  }

  @Test
  void manyLinesAreFewCommands() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 2500; i++) {
      lines.append("key-").append(i).append("\tvalue\n");
    }
    int before = server.trees.commands().size();
    assertThat(load("t", lines.toString())).contains("{\"inserted\":2500,\"existing\":0}");
    assertThat(server.trees.commands()).hasSize(before + 3);
    String large = "v".repeat(200_000);
    load("t", "x\t" + large + "\ny\t" + large + "\nz\tv\n");
    assertThat(server.trees.commands()).hasSize(before + 5);
    TreeCommand last = server.trees.commands().get(before + 4);
    assertThat(((TreeCommand.Load) last).entries()).hasSize(2);
  }

  @Test
  void moreLinesThanAllowedAreRefused() throws IOException {
    String refused = load("t", "k\tv\n".repeat(LoadLines.LINES_MAX + 1));
    TreeClient.assertFailure(refused, 805);
    assertThat(refused).contains("line 100001: ");
  }

  @Test
  void loadThatStopsHalfwaySaysHowFarItCame() throws IOException {
    server.trees.failAfter(1, new OverloadedException("full"));
    String failed = load("t", "k\tv\n".repeat(1001));
    TreeClient.assertFailure(failed, 802);
    assertThat(failed).contains("unknown").contains("lines 1 to 1000 were loaded");
    server.trees.failAfter(0, new OverloadedException("full"));
    assertThat(load("t", "k\tv\n")).contains("\"code\":802").contains("nothing was done");
  }

  @Test
  void eachCommandOfALoadHasAnIdempotencyKeyOfItsOwn() throws IOException {
    String lines = "k\tv\n".repeat(1001);
    client.post("load?tree_id=t", lines, "Idempotency-Key: abc");
    assertThat(server.trees.lastOptions().idempotencyKey()).contains(Bytes.utf8("abc\0001"));
    client.post("load?tree_id=t", lines);
    assertThat(server.trees.lastOptions().idempotencyKey()).isEmpty();
    String longest = "Idempotency-Key: " + "k".repeat(120);
    assertThat(TreeClient.envelope(client.post("load?tree_id=t", lines, longest)))
        .contains("\"code\":0");
    TreeClient.assertFailure(
        TreeClient.envelope(client.post("load?tree_id=t", lines, longest + "k")), 805);
  }

  @Test
  void loadTakesAnyContentType() throws IOException {
    Response done =
        client.post("load?tree_id=t", "a\tb", "Content-Type: application/x-www-form-urlencoded");
    assertThat(TreeClient.envelope(done)).contains("\"inserted\":1");
  }
}
