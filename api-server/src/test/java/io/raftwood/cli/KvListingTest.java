package io.raftwood.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.cli.call.CallStreams;
import io.raftwood.server.http.RunningEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code raftwood kv} where answers are many. */
class KvListingTest {
  private RunningEndpoint node;

  @BeforeEach
  void start() throws IOException {
    node = RunningEndpoint.start();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void keysWalksAllPages() throws IOException {
    for (int at = 0; at < 2100; at++) {
      send("/put?key=user:" + at + "&val=v" + at);
    }
    send("/put?key=other&val=x");
    List<String> keys = raw("keys --prefix user:");
    assertThat(keys).hasSize(2100);
    assertThat(new TreeSet<>(keys)).hasSize(2100).contains("user:0\t1", "user:2099\t1");
    assertThat(raw("keys")).hasSize(2101).contains("other\t1");
    assertThat(raw("keys --limit 1500")).hasSize(1500);
    assertThat(raw("keys --prefix user:209 --values")).hasSize(11).contains("user:2091\t1\tv2091");
    assertThat(raw("keys --prefix none")).isEmpty();
    assertThat(raw("keys --values --limit 250")).hasSize(250);
  }

  @Test
  void aRecordIsALineOfJson() {
    kv("put --encoding hex 00ff 0aff");
    kv("put text", "line\nfeed \"quoted\" \u0001");
    List<JSONObject> objects =
        kv("keys --values -o json").out().lines().map(JSON::parseObject).toList();
    assertThat(objects).hasSize(2);
    JSONObject binary =
        objects.stream().filter(one -> one.containsKey("keyBase64")).findFirst().orElseThrow();
    assertThat(Base64.getDecoder().decode(binary.getString("valueBase64")))
        .containsExactly('\n', 0xff);
    JSONObject text =
        objects.stream()
            .filter(one -> "text".equals(one.getString("key")))
            .findFirst()
            .orElseThrow();
    assertThat(text.getString("value")).isEqualTo("line\nfeed \"quoted\" \u0001");
    assertThat(text.getLongValue("version")).isEqualTo(1);
  }

  @Test
  void fieldsAndMembersAreListed() {
    kv("hash set h a 1");
    kv("hash set h ab 2");
    kv("set add s x");
    assertThat(raw("hash list h --prefix ab --values")).containsExactly("ab\t1\t2");
    assertThat(raw("hash list h")).containsExactlyInAnyOrder("a\t1", "ab\t1");
    assertThat(raw("set list s")).containsExactly("x\t1");
    assertThat(raw("set list none")).isEmpty();
    assertThat(kv("set list s -o table").out().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly("MEMBER VERSION", "x 1");
  }

  @Test
  void rangesGoByRankAndByScore() throws IOException {
    for (int at = 0; at < 1200; at++) {
      send("/zadd?tb=z&score=" + (at - 600) + "&key=m" + at);
    }
    assertThat(raw("zset range z --rank 0:2")).containsExactly("-600\t1\tm0", "-599\t1\tm1");
    assertThat(raw("zset range z --rank 1198:50")).hasSize(2);
    assertThat(raw("zset range z --rank 0:5000")).hasSize(1200);
    assertThat(raw("zset range z --rank 5:0")).isEmpty();
    assertThat(raw("zset range z --score -2:1"))
        .containsExactly("-2\t1\tm598", "-1\t1\tm599", "0\t1\tm600", "1\t1\tm601");
    assertThat(raw("zset range z --score -9999:9999 --limit 1100")).hasSize(1100);
    JSONObject first =
        JSON.parseObject(
            kv("zset range z --rank 0:1 -o json").out().lines().findFirst().orElseThrow());
    assertThat(first.getLongValue("score")).isEqualTo(-600);
    assertThat(first.getString("member")).isEqualTo("m0");
  }

  @Test
  void figuresComeFromEveryNode() {
    kv("put key value");
    kv("hash set h f v");
    kv("set add s m");
    assertThat(raw("stat"))
        .containsExactly(
            "0\t-\tkeys\t1\t8\t1024",
            "0\t-\thashes\t1\t2\t1024",
            "1\t-\tkeys\t1\t8\t1024",
            "1\t-\thashes\t1\t2\t1024");
    assertThat(raw("stat s")).containsExactly("0\ts\tset\t1\t-\t-", "1\ts\tset\t1\t-\t-");
    assertThat(raw("stat --tables")).hasSize(8).contains("1\th\thash\t1\t2\t1024");
    JSONObject set = JSON.parseObject(kv("stat s -o json").out().lines().findFirst().orElseThrow());
    assertThat(set.getLong("count")).isEqualTo(1);
    assertThat(set.getLong("size")).isNull();

    node.stop("n2");
    CliRun part = kv("stat");
    assertThat(part.exitCode()).isEqualTo(3);
    assertThat(part.out().lines()).hasSize(2);
    assertThat(part.err()).contains("peer 1 does not answer").contains("raftwood admin status");
  }

  @Test
  void aReaderThatHasSeenEnoughIsNoNews() {
    kv("put k v");
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    StringWriter err = new StringWriter();
    CliContext context =
        new CliContext(
            config -> 0,
            CliRun::fakeNodes,
            Map.of(),
            new CallStreams(InputStream.nullInputStream(), closed, () -> false, () -> false));
    int exitCode =
        new RaftwoodMain(context)
            .execute(
                new PrintWriter(new StringWriter(), true),
                new PrintWriter(err, true),
                "kv",
                "keys",
                "-e",
                node.address());
    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString()).isEmpty();
  }

  private List<String> raw(String line) {
    CliRun run = kv(line + " -o raw");
    assertThat(run.exitCode()).as("%s: %s", line, run.err()).isZero();
    return run.out().lines().collect(Collectors.toList());
  }

  private CliRun kv(String line, String... more) {
    List<String> all = new ArrayList<>(List.of("kv"));
    all.addAll(List.of(line.split(" ")));
    all.addAll(List.of(more));
    all.addAll(List.of("-e", node.address()));
    return CliRun.of(all.toArray(String[]::new));
  }

  /** Past the command line: quicker. */
  private void send(String target) throws IOException {
    URI uri = URI.create("http://" + node.address() + target);
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    assertThat(connection.getResponseCode()).isEqualTo(200);
    try (InputStream in = connection.getInputStream()) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
    }
  }
}
