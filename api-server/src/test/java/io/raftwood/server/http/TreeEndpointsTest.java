package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.OutcomeUnknownException;
import io.raftwood.raft.OverloadedException;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.server.http.RawClient.Response;
import io.raftwood.tree.model.Fanout;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests, envelope, codes, and the four calls: dt-api 2 and 3. */
class TreeEndpointsTest {
  private TestServer server;
  private TreeClient client;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(TestServer.settings());
    client = new TreeClient(server);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  private void create(String... keys) throws IOException {
    client.call("create", "tree_id=t");
    for (String key : keys) {
      client.call("insert", "tree_id=t&key=" + key + "&value=" + key);
    }
  }

  @Test
  void insertNamesTheLeafAndADuplicateIsNull() throws IOException {
    create();
    String leaf = client.text("insert", "tree_id=t&key=apple&value=red%20one");
    assertThat(leaf).isEqualTo(client.text("getroot", "tree_id=t"));
    client.succeeds("insert", "tree_id=t&key=apple&value=other", "null");
    assertThat(client.text("get", "tree_id=t&key=apple")).isEqualTo("red one");
    client.fails("insert", "tree_id=unknown&key=apple&value=x", 801);
  }

  @Test
  void deleteSaysWhetherTheKeyWasThere() throws IOException {
    create("a");
    client.succeeds("delete", "tree_id=t&key=a", "\"deleted\",\"existed\":true");
    client.succeeds("delete", "tree_id=t&key=a", "\"deleted\",\"existed\":false");
    client.fails("delete", "tree_id=unknown&key=a", 801);
  }

  @Test
  void deleteComparesOnlyIfAnOldValueIsGiven() throws IOException {
    create("a");
    client.fails("delete", "tree_id=t&key=a&old_value=b", 804);
    client.fails("delete", "tree_id=t&key=a&old_value=", 804);
    client.fails("delete", "tree_id=t&key=none&old_value=", 804);
    client.succeeds("delete", "tree_id=t&key=a&old_value=a", "\"deleted\",\"existed\":true");
    client.call("insert", "tree_id=t&key=e&value=");
    client.succeeds("delete", "tree_id=t&key=e&old_value=", "\"deleted\",\"existed\":true");
  }

  @Test
  void setcasReplacesWhatIsExpected() throws IOException {
    create("a");
    client.succeeds("setcas", "tree_id=t&key=a&old_value=a&value=a", "\"ok\"");
    client.succeeds("setcas", "tree_id=t&key=a&old_value=a&value=", "\"ok\"");
    client.fails("setcas", "tree_id=t&key=a&old_value=a&value=b", 804);
    client.fails("setcas", "tree_id=t&key=a&value=b", 804);
    client.succeeds("setcas", "tree_id=t&key=a&old_value=&value=b", "\"ok\"");
    client.fails("setcas", "tree_id=t&key=n&old_value=&value=b", 804);
    client.succeeds("setcas", "tree_id=t&key=n&value=b", "\"ok\"");
    client.fails("setcas", "tree_id=unknown&key=a&value=b", 801);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "'b d f', d, '[\"b\",\"f\"],\"exact\":true'",
        "'b d f', e, '[\"d\",\"f\"],\"exact\":false'",
        "'b d f', a, '[\"\",\"b\"],\"exact\":false'",
        "'b d f', b, '[\"\",\"d\"],\"exact\":true'",
        "'b d f', f, '[\"d\",\"\"],\"exact\":true'",
        "'b d f', z, '[\"f\",\"\"],\"exact\":false'",
        "'b d f', '', '[\"\",\"b\"],\"exact\":false'",
        "'', x, '[\"\",\"\"],\"exact\":false'",
        "'x', x, '[\"\",\"\"],\"exact\":true'"
      })
  void seekIsStrictOnBothSides(String keys, String key, String data) throws IOException {
    create(keys.isEmpty() ? new String[0] : keys.split(" "));
    client.succeeds("seek", "tree_id=t&key=" + key, data);
    client.fails("seek", "tree_id=unknown&key=" + key, 801);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert|",
        "insert|key=k&value=v",
        "insert|tree_id=&key=k&value=v",
        "insert|tree_id=t&value=v",
        "insert|tree_id=t&key=&value=v",
        "insert|tree_id=t&key=k",
        "insert|tree_id=t&key=k&key=k&value=v",
        "insert|tree_id=t&tree%5Fid=t&key=k&value=v",
        "insert|tree_id=t&key=%&value=v",
        "insert|tree_id=t&key=%4&value=v",
        "insert|tree_id=t&key=%FF&value=v",
        "insert|tree_id=t&key=%ED%A0%80&value=v",
        "insert|tree_id=t&key=%C0%80&value=v",
        "insert|tree_id=t&key=k&value=%FF",
        "delete|tree_id=t",
        "delete|tree_id=t&key=",
        "setcas|tree_id=t&key=k&old_value=a",
        "setcas|tree_id=t&key=k&value=a&old_value=a&old_value=a",
        "seek|tree_id=t",
        "seek|key=",
        "get|tree_id=t&key=",
        "get|tree_id=t&key=k&consistency=none",
        "getroot|tree_id=",
        "getdownnodes|",
        "getupnode|node_id=",
        "getmetaprop|node_id=1.1",
        "getmetaprop|node_id=1.1&prop_name=",
        "casmetaprop|node_id=1.1&prop_name=p",
        "casmetaprop|node_id=no&prop_name=sys.low&value=x",
        "create|",
        "drop|tree_id=",
        "info|",
        "range|",
        "range|tree_id=t&limit=0",
        "range|tree_id=t&limit=10001",
        "range|tree_id=t&limit=x",
        "range|tree_id=t&reverse=maybe",
        "list|limit=-1",
      })
  void badRequestIs805BeforeAnythingElse(String request) throws IOException {
    server.trees.failWith(new OverloadedException("full"));
    int bar = request.indexOf('|');
    client.fails(request.substring(0, bar), request.substring(bar + 1), 805);
    assertThat(server.trees.commands()).isEmpty();
  }

  @Test
  void lengthsEndWhereTheContractSays() throws IOException {
    client.call("create", "tree_id=" + "t".repeat(255));
    client.fails("create", "tree_id=" + "t".repeat(256), 805);
    String tree = "tree_id=" + "t".repeat(255);
    String key = "k".repeat(4096);
    String value = "v".repeat(1 << 20);
    assertThat(client.call("insert", tree + "&key=" + key + "&value=" + value)).contains("success");
    client.fails("insert", tree + "&key=" + key + "k&value=", 805);
    client.fails("insert", tree + "&key=x&value=v" + value, 805);
    client.fails("setcas", tree + "&key=x&value=&old_value=v" + value, 805);
    String root = client.text("getroot", tree);
    String property = "node_id=" + root + "&prop_name=" + "p".repeat(255);
    String longest = "&value=" + "v".repeat(1 << 16);
    client.succeeds("casmetaprop", property + longest, "true");
    client.fails("casmetaprop", property + "p&value=", 805);
    client.fails("casmetaprop", property + longest + "v", 805);
  }

  @Test
  void formsAreDecodedOnce() throws IOException {
    create();
    client.call("insert", "tree_id=t&key=a+b%2B%2520&value=%00%F0%9F%8C%B2%22%5C%0A&more=%zz&&=x");
    String stored = "[[\"a b+%20\",\"\\u0000\ud83c\udf32\\\"\\\\\\n\"]],\"more\":false";
    client.succeeds("range", "tree_id=t", stored);
  }

  @Test
  void otherBodiesThanFormsAre805() throws IOException {
    String form = "tree_id=t";
    for (String type : new String[] {"text/plain", "application/json", "multipart/form-data"}) {
      Response refused = client.post("create", form, "Content-Type: " + type);
      TreeClient.assertFailure(TreeClient.envelope(refused), 805);
    }
    TreeClient.assertFailure(TreeClient.envelope(client.post("create", form)), 805);
    String latin = "Content-Type: application/x-www-form-urlencoded; charset=iso-8859-1";
    TreeClient.assertFailure(TreeClient.envelope(client.post("create", form, latin)), 805);
    String utf8 = "Content-Type: Application/X-WWW-Form-Urlencoded; charset=UTF-8";
    assertThat(TreeClient.envelope(client.post("create", form, utf8))).contains("success");
    assertThat(TreeClient.envelope(client.post("list", ""))).contains("[\"t\"]");
  }

  @Test
  void queryStringsAreNotRead() throws IOException {
    create();
    Response refused =
        client.post("getroot?tree_id=t", "", "Content-Type: application/x-www-form-urlencoded");
    TreeClient.assertFailure(TreeClient.envelope(refused), 805);
  }

  @Test
  void whatIsNoTreeMatterHasAStatusOfItsOwn() throws IOException {
    assertThat(server.ask("POST", "/dt/unknown").status()).isEqualTo(404);
    assertThat(server.ask("POST", "/dt/insertx").status()).isEqualTo(404);
    for (String method : new String[] {"GET", "PUT", "DELETE", "HEAD"}) {
      Response refused = server.ask(method, "/dt/insert");
      assertThat(refused.status()).isEqualTo(405);
      assertThat(refused.header("Allow")).isEqualTo("POST");
    }
    server.admin.joined(false);
    assertThat(client.post("getroot", "tree_id=t").status()).isEqualTo(503);
  }

  @Test
  void bodyOverTheServersCapIs413() throws IOException {
    HttpLimits small = new HttpLimits(16_384, 100, 100, 1000, 2000, 100_000, 10);
    try (TestServer strict = new TestServer(TestServer.settings().with(small))) {
      byte[] body = new byte[2001];
      assertThat(strict.ask("POST", "/dt/insert", body).status()).isEqualTo(413);
    }
  }

  @Test
  void failuresOfReplicationAre802AndSayWhetherTheOutcomeIsKnown() throws IOException {
    String form = "tree_id=t&key=k&value=v";
    server.trees.failWith(new OutcomeUnknownException("deadline"));
    assertThat(client.call("insert", form)).contains("\"code\":802").contains("unknown");
    server.trees.failWith(new GroupUnavailableException("no leader"));
    assertThat(client.call("insert", form)).contains("\"code\":802").contains("nothing was done");
    server.trees.failWith(new OverloadedException("queue is full"));
    assertThat(client.call("insert", form)).contains("\"code\":802").contains("queue is full");
    for (String read : new String[] {"seek", "get", "range", "info", "list"}) {
      client.fails(read, "tree_id=t&key=k", 802);
    }
  }

  @Test
  void everythingElseIs803WithAnIdOfTheLogAlone() throws IOException {
    server.trees.failWith(new IllegalStateException("secret"));
    String envelope = client.call("get", "tree_id=t&key=k");
    TreeClient.assertFailure(envelope, 803);
    assertThat(envelope).doesNotContain("secret").containsPattern("under [0-9a-f]+\"");
  }

  @Test
  void readsAreLinearizableUnlessAskedOtherwise() throws IOException {
    create("a");
    for (String call : new String[] {"seek", "get", "range", "list", "info", "getroot"}) {
      client.call(call, "tree_id=t&key=a");
      assertThat(server.trees.lastOptions().consistency()).isEqualTo(ReadConsistency.LINEARIZABLE);
      assertThat(server.trees.lastOptions().staleFallback()).isFalse();
      client.call(call, "tree_id=t&key=a&consistency=lease");
      assertThat(server.trees.lastOptions().consistency()).isEqualTo(ReadConsistency.LEASE);
      Response local =
          client.post(
              call,
              "tree_id=t&key=a&consistency=local",
              "Content-Type: application/x-www-form-urlencoded");
      assertThat(local.header("Raft-Applied")).as(call).isEqualTo("2");
    }
  }

  @Test
  void writesCarryTheIdempotencyKey() throws IOException {
    client.call("create", "tree_id=t", "Idempotency-Key: one");
    assertThat(server.trees.lastOptions().idempotencyKey())
        .hasValueSatisfying(key -> assertThat(key.toUtf8()).isEqualTo("one"));
    String tooLong = "Idempotency-Key: " + "k".repeat(129);
    TreeClient.assertFailure(client.call("create", "tree_id=t", tooLong), 805);
  }

  @Test
  void autocreateIsForInsertAndForSetcasWithoutOldValue() throws IOException {
    TreeSettings creating = new TreeSettings(true, new Fanout(4, 5));
    try (TestServer other = new TestServer(TestServer.settings().with(creating));
        TreeClient there = new TreeClient(other)) {
      there.fails("setcas", "tree_id=a&key=k&value=v&old_value=x", 801);
      there.fails("delete", "tree_id=a&key=k", 801);
      there.fails("seek", "tree_id=a&key=k", 801);
      there.fails("get", "tree_id=a&key=k", 801);
      there.succeeds("setcas", "tree_id=a&key=k&value=v", "\"ok\"");
      assertThat(there.call("insert", "tree_id=b&key=k&value=v")).contains("success");
      there.succeeds("list", "", "[\"a\",\"b\"],\"more\":false");
      for (int i = 0; i < 4; i++) {
        there.call("insert", "tree_id=b&key=" + i + "&value=");
      }
      assertThat(there.call("info", "tree_id=b")).contains("\"height\":2");
    }
  }
}
