package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.RecordId;
import io.raftwood.raft.OverloadedException;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.Slot;
import io.raftwood.server.http.RawClient.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code keys hkeys smembers stat stat_all file_count} over HTTP. */
class PeerEndpointsTest {
  private static final String ALL = "&offset=0&size=1000";

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
  void keysListsAllKindsOfAFile() throws IOException {
    ask("/put?key=k1&val=hello");
    ask("/hset?tb=h&key=k1&val=field");
    server.ask("POST", "/sadd?tb=s", bytes("k1"));
    server.ask("POST", "/zadd?tb=k1&score=-7", bytes("member"));
    int file = Slot.of(Bytes.utf8("k1")) / 16;
    Response keys = ask("/keys?peer=0&file=" + file + ALL);
    assertThat(keys.status()).isEqualTo(200);
    assertThat(keys.header("Content-Type")).isEqualTo("text/plain");
    assertThat(keys.header("Keys")).isEqualTo("4");
    assertThat(keys.header("Version")).isEmpty();
    assertThat(keys.header("Raft-Applied")).isEqualTo("4");
    assertThat(keys.text())
        .isEqualTo(
            "[{\"key\":\"azE=\",\"ver\":1},"
                + "{\"key\":\"azE=\",\"ver\":1,\"tb\":\"h\",\"ty\":\"H\"},"
                + "{\"key\":\"azE=\",\"ver\":1,\"tb\":\"s\",\"ty\":\"S\"},"
                + "{\"key\":\"bWVtYmVy\",\"ver\":1,\"tb\":\"k1\",\"ty\":\"Z\"}]");
    assertThat(ask("/keys?peer=1&noval=false&file=" + file + ALL).text())
        .isEqualTo(
            "[{\"key\":\"azE=\",\"val\":\"aGVsbG8=\",\"ver\":1},"
                + "{\"key\":\"azE=\",\"val\":\"ZmllbGQ=\",\"ver\":1,\"tb\":\"h\",\"ty\":\"H\"},"
                + "{\"key\":\"azE=\",\"ver\":1,\"tb\":\"s\",\"ty\":\"S\"},"
                + "{\"key\":\"bWVtYmVy\",\"val\":\"-7\",\"ver\":1,\"tb\":\"k1\",\"ty\":\"Z\"}]");
    Response other = ask("/keys?peer=0&file=" + (file + 1) + ALL);
    assertThat(other.header("Keys")).isEqualTo("0");
    assertThat(other.text()).isEqualTo("[]");
  }

  @Test
  void startAndEndAreSlotsWithinTheFile() throws IOException {
    ask("/put?key=k1&val=hello");
    int slot = Slot.of(Bytes.utf8("k1"));
    String file = "/keys?peer=0&file=" + slot / 16 + ALL;
    assertThat(ask(file + "&start=" + slot + "&end=" + (slot + 1)).header("Keys")).isEqualTo("1");
    assertThat(ask(file + "&start=" + (slot + 1)).header("Keys")).isEqualTo("0");
    assertThat(ask(file + "&start=0&end=" + slot).header("Keys")).isEqualTo("0");
    assertThat(ask(file + "&start=1000&end=1024").header("Keys")).isEqualTo("0");
  }

  /** The walk of the original's fetch.py (contract 8.3), but by records seen. */
  @Test
  void aWalkOverAllFilesSeesEveryRecordOnce() throws IOException {
    TreeSet<String> expected = new TreeSet<>();
    for (int at = 0; at < 3000; at++) {
      server.store.record(Bytes.utf8("key" + at), Bytes.of(1), 1);
      expected.add("key" + at);
    }
    List<String> walked = new ArrayList<>();
    int files = Integer.parseInt(ask("/file_count?peer=0").text());
    assertThat(files).isEqualTo(64);
    for (int file = 0; file < files; file++) {
      int offset = 0;
      JSONArray page;
      do {
        page =
            JSON.parseArray(
                ask("/keys?peer=0&size=20&start=0&end=1024&file=" + file + "&offset=" + offset)
                    .text());
        for (int at = 0; at < page.size(); at++) {
          byte[] key = Base64.getDecoder().decode(page.getJSONObject(at).getString("key"));
          walked.add(new String(key, StandardCharsets.UTF_8));
        }
        offset += page.size();
      } while (page.size() == 20);
    }
    assertThat(walked).hasSize(3000);
    assertThat(new TreeSet<>(walked)).isEqualTo(expected);
  }

  @Test
  void hkeysAndSmembersListOneTableWithoutItsName() throws IOException {
    ask("/hset?tb=h&key=b&val=2");
    ask("/hset?tb=h&key=a&val=1");
    server.ask("POST", "/sadd?tb=s", bytes("m"));
    assertThat(ask("/hkeys?peer=0&tb=h" + ALL).text())
        .isEqualTo("[{\"key\":\"YQ==\",\"ver\":1},{\"key\":\"Yg==\",\"ver\":1}]");
    Response second = ask("/hkeys?peer=1&tb=h&offset=1&size=1&noval=false&async=true");
    assertThat(second.text()).isEqualTo("[{\"key\":\"Yg==\",\"val\":\"Mg==\",\"ver\":1}]");
    assertThat(second.header("Keys")).isEqualTo("1");
    assertThat(ask("/hkeys?peer=0&tb=h&offset=2&size=1").text()).isEqualTo("[]");
    assertThat(ask("/hkeys?peer=0&tb=h&offset=0&size=0").header("Keys")).isEqualTo("0");
    assertThat(ask("/smembers?peer=0&tb=s&noval=false" + ALL).text())
        .isEqualTo("[{\"key\":\"bQ==\",\"ver\":1}]");
    refused("/hkeys?peer=0&tb=s" + ALL, 404, "wrong-kind");
    refused("/smembers?peer=0&tb=h" + ALL, 404, "wrong-kind");
    refused("/hkeys?peer=0&tb=none" + ALL, 404, "not-found");
  }

  @Test
  void figuresAreThoseOfTheContract() throws IOException {
    ask("/put?key=abc&val=12");
    ask("/put?key=d&val=1234");
    ask("/hset?tb=ht&key=f&val=" + "v".repeat(1030));
    server.ask("POST", "/sadd?tb=st", bytes("m"));
    server.ask("POST", "/zadd?tb=zt&score=1", bytes("m"));
    String totals =
        "{\"TOTALIZE\":{\"KVPAIR\":{\"count\":2,\"size\":10,\"capacity\":2048},"
            + "\"HASHTABLE\":{\"count\":1,\"size\":1031,\"capacity\":2048}}}";
    String hash = "{\"table\":\"ht\",\"type\":\"H\",\"count\":1,\"size\":1031,\"capacity\":2048}";
    String set = "{\"table\":\"st\",\"type\":\"S\",\"count\":1}";
    String sorted = "{\"table\":\"zt\",\"type\":\"Z\",\"count\":1}";
    Response stat = ask("/stat?peer=0");
    assertThat(stat.text()).isEqualTo(totals);
    assertThat(stat.header("Content-Type")).isEqualTo("text/plain");
    assertThat(stat.headers()).doesNotContainKeys("keys", "version");
    assertThat(ask("/stat?peer=1&tb=ht").text()).isEqualTo(hash);
    assertThat(ask("/stat?peer=0&tb=st").text()).isEqualTo(set);
    assertThat(ask("/stat?peer=0&tb=zt").text()).isEqualTo(sorted);
    assertThat(ask("/stat_all?peer=0").text())
        .isEqualTo("[" + String.join(",", totals, hash, set, sorted) + "]");
    refused("/stat?peer=0&tb=none", 404, "not-found");
  }

  @Test
  void emptyNodeHasZeroFigures() throws IOException {
    String zero = "{\"count\":0,\"size\":0,\"capacity\":0}";
    assertThat(ask("/stat_all?peer=0").text())
        .isEqualTo("[{\"TOTALIZE\":{\"KVPAIR\":" + zero + ",\"HASHTABLE\":" + zero + "}}]");
  }

  @Test
  void whatIsMissingOrMalformedIsAnswered400() throws IOException {
    refused("/keys?file=0" + ALL, 400, "missing-parameter:peer");
    refused("/keys?peer=0" + ALL, 400, "missing-parameter:file");
    refused("/keys?peer=0&file=0&size=5", 400, "missing-parameter:offset");
    refused("/keys?peer=0&file=0&offset=5", 400, "missing-parameter:size");
    refused("/hkeys?peer=0" + ALL, 400, "missing-parameter:tb");
    refused("/hkeys?peer=0&tb=a-b" + ALL, 400, "malformed-parameter:tb");
    refused("/stat?peer=0&tb=a%20b", 400, "malformed-parameter:tb");
    refused("/smembers?peer=0&tb=t&offset=0&size=1001", 400, "malformed-parameter:size");
    refused("/smembers?peer=0&tb=t&offset=100000001&size=1", 400, "malformed-parameter:offset");
    refused("/smembers?peer=0&tb=t&noval=maybe" + ALL, 400, "malformed-parameter:noval");
    for (String path : List.of("stat", "stat_all", "file_count")) {
      refused("/" + path, 400, "missing-parameter:peer");
      refused("/" + path + "?peer=2", 400, "malformed-parameter:peer");
      refused("/" + path + "?peer=-1", 400, "malformed-parameter:peer");
      refused("/" + path + "?peer=abc", 400, "malformed-parameter:peer");
    }
  }

  @Test
  void whatDoesNotExistIsAnswered404WithoutVersion() throws IOException {
    refused("/keys?peer=0&file=64" + ALL, 404, "empty-range:file");
    refused("/keys?peer=0&file=-1" + ALL, 404, "empty-range:file");
    refused("/keys?peer=0&file=0&start=5&end=5" + ALL, 404, "empty-range:start");
    refused("/keys?peer=0&file=0&start=0&end=1025" + ALL, 404, "empty-range:start");
    refused("/hkeys?peer=0&tb=t&start=-1" + ALL, 404, "empty-range:start");
  }

  @Test
  void aPageThatWouldBeTooLargeIsRefusedAndASmallerOneServed() throws IOException {
    for (int at = 0; at < 3; at++) {
      RecordId field = RecordId.field(Bytes.utf8("big"), Bytes.utf8("f" + at));
      server.store.execute(
          new KvCommand.Put(field, Bytes.wrap(new byte[16 << 20]), 0, 0), TestServer.direct());
    }
    refused("/hkeys?peer=0&tb=big&noval=false" + ALL, 404, "page-too-large");
    assertThat(ask("/hkeys?peer=0&tb=big&noval=false&offset=1&size=1").header("Keys"))
        .isEqualTo("1");
    assertThat(ask("/hkeys?peer=0&tb=big" + ALL).header("Keys")).isEqualTo("3");
  }

  @Test
  void eachNodeIsAskedForItself() throws IOException {
    server.groups.stop("n2");
    for (String target : List.of("stat?", "stat_all?", "file_count?", "keys?file=0" + ALL + "&")) {
      assertThat(ask("/" + target + "peer=0").status()).as(target).isEqualTo(200);
      refused("/" + target + "peer=1", 404, "node-unavailable");
    }
    assertThat(server.store.lastOptions().consistency()).isEqualTo(ReadConsistency.LOCAL);
  }

  @Test
  void beforeTheNodeKnowsTheOthersThereAreNoPeers() throws IOException {
    server.admin.joined(false);
    refused("/stat?peer=0", 404, "not-ready");
  }

  @Test
  void peersAreAsManyAsPeerCountSays() throws IOException {
    assertThat(ask("/peer_count").text()).isEqualTo("" + server.groups.nodes().size());
  }

  @Test
  void listingsDoNotRunOnTheThreadsOfOtherRequests() throws IOException {
    server.store.completeDirectly();
    ask("/keys?peer=0&file=3" + ALL);
    ask("/stat_all?peer=0");
    ask("/scan");
    assertThat(server.groups.threads).hasSize(4).containsOnly("http-listing");
  }

  @Test
  void tooManyAtOnceAreRefusedWhileOtherRequestsAreServed() throws IOException {
    server.store.hold();
    List<RawClient> clients = new ArrayList<>();
    for (int at = 0; at < 64; at++) {
      clients.add(server.connect());
      clients.get(at).send("GET /stat?peer=0 HTTP/1.1\r\nHost: t\r\n\r\n");
    }
    TestServer.await("all are held", () -> server.store.heldCount() == 64);
    refused("/stat?peer=0", 404, "overloaded");
    assertThat(ask("/peer_count").status()).isEqualTo(200);
    assertThat(ask("/scan").status()).isEqualTo(503);
    server.store.letGo();
    for (RawClient client : clients) {
      assertThat(client.read().orElseThrow().status()).isEqualTo(200);
      client.close();
    }
    assertThat(ask("/stat?peer=0").status()).isEqualTo(200);
  }

  @Test
  void anOverloadOfTheNodeThatIsAskedIsTold() throws IOException {
    server.store.failWith(new OverloadedException("too many long queries wait"));
    refused("/stat?peer=0", 404, "overloaded");
  }

  @Test
  void strictModeReadsNumbersAsTheOriginal() throws IOException {
    try (TestServer strict = new TestServer(TestServer.settings().with(HustdbDialect.STRICT))) {
      Response stat = strict.ask("GET", "/stat?peer=abc");
      assertThat(stat.status()).isEqualTo(200);
      assertThat(stat.headers()).doesNotContainKey("raft-applied");
      assertThat(strict.ask("GET", "/keys?peer=0&file=x&offset=1x&size=1.9").text())
          .isEqualTo("[]");
      String far = "/keys?peer=0&file=0&size=1&offset=1000001";
      assertThat(strict.ask("GET", far).status()).isEqualTo(404);
      assertThat(strict.ask("GET", far + "&async=true").status()).isEqualTo(200);
      assertThat(ask(far).status()).isEqualTo(200);
    }
  }

  @Test
  void aBodyThatNobodyAskedForIsDropped() throws IOException {
    assertThat(server.ask("POST", "/keys?peer=0&file=0" + ALL, bytes("x")).text()).isEqualTo("[]");
  }

  private void refused(String target, int status, String error) throws IOException {
    Response response = ask(target);
    assertThat(response.status()).as(target).isEqualTo(status);
    assertThat(response.header("Error")).as(target).isEqualTo(error);
    assertThat(response.headers()).as(target).doesNotContainKeys("version", "keys");
    assertThat(response.body()).as(target).isEmpty();
  }

  private Response ask(String target) throws IOException {
    return server.ask("GET", target);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
