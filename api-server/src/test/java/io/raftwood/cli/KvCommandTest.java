package io.raftwood.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bytes.Bytes;
import io.raftwood.raft.DiskFullException;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.OutcomeUnknownException;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.server.http.RunningEndpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code raftwood kv} against the HTTP edge over the real machine. */
class KvCommandTest {
  private static final long SEED = 20_261_122;

  @TempDir private Path dir;
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
  void aKeyLivesThroughPutGetExistAndDel() {
    assertThat(done("put greeting hello").out()).isEqualTo("1\n");
    assertThat(done("get greeting").out()).isEqualTo("hello");
    assertThat(done("put greeting world --ver 1").out()).isEqualTo("2\n");
    assertThat(done("exist greeting").out()).isEqualTo("2\n");
    assertThat(done("del greeting --ver 2").out()).isEqualTo("2\n");
    CliRun absent = kv("exist greeting");
    assertThat(absent.exitCode()).isEqualTo(7);
    assertThat(absent.out()).isEmpty();
    assertThat(absent.err()).isEmpty();
  }

  @Test
  void everyByteGoesThroughStandardInputAndOutputUnchanged() {
    byte[] all = new byte[256];
    for (int at = 0; at < all.length; at++) {
      all[at] = (byte) at;
    }
    SplittableRandom random = new SplittableRandom(SEED);
    byte[] large = new byte[3_000_000];
    random.nextBytes(large);
    for (byte[] value : List.of(all, new byte[] {0}, bytes("a\r\n"), bytes("\n"), large)) {
      CliRun put = CliRun.withInput(value, args("put k -"));
      assertThat(put.exitCode()).as(put.err()).isZero();
      assertThat(latin(done("get k -o raw"))).as("seed %d", SEED).isEqualTo(latin(value));
      assertThat(latin(done("get k"))).isEqualTo(latin(value));
    }
  }

  @Test
  void namesOfAnyBytesAreGivenInHexOrBase64() {
    done("put --encoding hex 000d0aff25 80817f");
    assertThat(node.value(Bytes.fromHex("000d0aff25"))).contains(Bytes.fromHex("80817f"));
    assertThat(latin(done("get --encoding base64 AA0K/yU"))).isEqualTo("\u0080\u0081\u007f");
    assertThat(done("keys -o table").out()).contains("\\x00\\r\\n\\xff%");
    JSONObject json = JSON.parseObject(done("get --encoding hex 000d0aff25 -o json").out());
    assertThat(Base64.getDecoder().decode(json.getString("keyBase64")))
        .isEqualTo(HexFormat.of().parseHex("000d0aff25"));
    assertThat(Base64.getDecoder().decode(json.getString("valueBase64")))
        .isEqualTo(HexFormat.of().parseHex("80817f"));
    assertThat(json.getLongValue("version")).isEqualTo(1);

    for (String member : List.of("00", "0d0a", "80ff", "2541")) {
      done("hash set h --encoding hex " + member + " " + member);
      done("set add s --encoding hex " + member);
      done("zset add z --encoding hex " + member + " 7");
      done("set has s --encoding hex " + member);
      assertThat(done("zset score z --encoding hex " + member).out()).isEqualTo("7\n");
      assertThat(Bytes.wrap(latin(done("hash get h --encoding hex " + member), 0)))
          .isEqualTo(Bytes.fromHex(member));
    }
  }

  @Test
  void aMemberThatIsTooLongForARequestLineGoesInTheBody() {
    String member = "4d".repeat(20_000);
    done("zset add z --encoding hex " + member + " 5");
    assertThat(done("zset score z --encoding hex " + member).out()).isEqualTo("5\n");
  }

  @Test
  void textIsUtf8AndWhatIsNoneIsRefused() {
    String key = "ключ \u732b\ud83d\ude00 ?&=%+#";
    assertThat(CliRun.of(args("put", key, "зна\nчение")).exitCode()).isZero();
    assertThat(node.value(Bytes.utf8(key))).contains(Bytes.utf8("зна\nчение"));
    JSONObject json = JSON.parseObject(CliRun.of(args("get", key, "-o", "json")).out());
    assertThat(json.getString("key")).isEqualTo(key);
    assertThat(json.getString("value")).isEqualTo("зна\nчение");
    for (String broken : List.of("\ufffd\ufffd", "a\ud800")) {
      CliRun run = CliRun.of(args("put", broken, "v"));
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("--encoding hex");
    }
  }

  @Test
  void aTerminalGetsATableAndAPipeTheBytes() {
    CliRun.withInput(bytes("\u001b[31mred\u0000\\ \n"), args("put k -"));
    CliRun table = CliRun.onTerminal(args("get k"));
    assertThat(table.out().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly("KEY VERSION VALUE", "k 1 \\x1b[31mred\\x00\\\\ \\n");
    CliRun.withInput(bytes("v"), args("put k -"));
    assertThat(CliRun.onTerminal(args("get k -o raw")).out()).isEqualTo("v\n");
    assertThat(done("get k -o raw").out()).isEqualTo("v");
  }

  @Test
  void valuesComeFromAnArgumentAFileOrStandardInput() throws IOException {
    Path file = Files.write(dir.resolve("value"), bytes("from\r\na file"));
    done("put k --file " + file);
    assertThat(done("get k").out()).isEqualTo("from\r\na file");
    assertThat(kv("put k --file " + dir.resolve("none")).exitCode()).isEqualTo(1);
    for (String wrong : List.of("put k", "put k v --file " + file, "put k -")) {
      CliRun run = kv(wrong);
      assertThat(run.exitCode()).as(wrong).isEqualTo(2);
      assertThat(run.err()).contains("Try 'raftwood kv put --help'");
    }
  }

  @Test
  void aTimeToLiveHasAUnit() {
    done("put k v --ttl 2m");
    node.passTime(119_000);
    done("get k");
    node.passTime(2000);
    assertThat(kv("get k").exitCode()).isEqualTo(7);
    for (String wrong : List.of("30", "500ms", "0s", "31d", "1w", "-1s")) {
      CliRun run = kv("put k v --ttl=" + wrong);
      assertThat(run.exitCode()).as(wrong).isEqualTo(2);
      assertThat(run.err()).contains("--ttl");
    }
  }

  @Test
  void aVersionConflictHasItsOwnCodeAndTellsTheVersion() {
    done("put k a");
    done("put k b");
    CliRun conflict = kv("put k c --ver 1");
    assertThat(conflict.exitCode()).isEqualTo(5);
    assertThat(conflict.out()).isEmpty();
    assertThat(conflict.err())
        .contains("key 'k' has version 2")
        .contains("'raftwood kv get k'")
        .contains("--ver 2");
    assertThat(kv("del k --ver 9").exitCode()).isEqualTo(5);
    assertThat(done("get k").out()).isEqualTo("b");
  }

  @Test
  void whatIsNotThereHasItsOwnCodeAndTellsWhereToLook() {
    done("hash set h f v");
    done("set add s m");
    done("zset add z m 1");
    notFound("get 'a'", "raftwood kv keys");
    notFound("del nothing", "raftwood kv keys");
    notFound("hash get h other", "raftwood kv hash list h");
    notFound("hash del h other", "raftwood kv hash list h");
    notFound("set remove s other", "raftwood kv set list s");
    notFound("zset score z other", "raftwood kv zset range z");
    notFound("zset remove z other", "raftwood kv zset range z");
    notFound("zset range none --rank 0:5", "raftwood kv stat --tables");
    notFound("stat none", "raftwood kv stat --tables");
    for (String question : List.of("hash exist h other", "set has s other", "zset has z other")) {
      assertThat(kv(question).exitCode()).isEqualTo(7);
      JSONObject answer = JSON.parseObject(kv(question + " -o json").out());
      assertThat(answer.getBoolean("exists")).isFalse();
    }
  }

  private void notFound(String line, String hint) {
    CliRun run = kv(line);
    assertThat(run.exitCode()).as(line).isEqualTo(7);
    assertThat(run.out()).as(line).isEmpty();
    assertThat(run.err()).startsWith("raftwood: ").contains("does not exist").contains(hint);
  }

  @Test
  void refusalsSayWhatToDo() {
    done("hash set h text abc");
    refused("hash incr h text", "no whole number", "raftwood kv hash get h text");
    done("hash set h big " + Long.MAX_VALUE);
    refused("hash incr h big", "nothing was changed");
    refused("set add h m", "another kind", "raftwood kv stat --tables");
    refused("get " + "k".repeat(17_000), "HTTP 400");
  }

  private void refused(String line, String... parts) {
    CliRun run = kv(line);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("raftwood: ").contains(parts);
  }

  @Test
  void countersAndScoresMayGoDown() {
    assertThat(done("hash incr h n").out()).isEqualTo("1\n");
    assertThat(done("hash incr h n -12").out()).isEqualTo("-11\n");
    assertThat(JSON.parseObject(done("hash incr h n 2 -o json").out()).getLongValue("value"))
        .isEqualTo(-9);
    assertThat(done("zset add z m -5").out()).isEqualTo("1\n");
    assertThat(done("zset incr z m -7").out()).isEqualTo("2\n");
    assertThat(done("zset score z m").out()).isEqualTo("-12\n");
    for (String wrong :
        List.of("hash incr h n 1.5", "hash incr h --vre 3", "zset add z m five", "zset add z m")) {
      assertThat(kv(wrong).exitCode()).as(wrong).isEqualTo(2);
    }
  }

  @Test
  void readsAskForTheirConsistency() {
    done("put k v");
    done("get k --consistency linearizable");
    assertThat(node.lastConsistency()).isEqualTo(ReadConsistency.LINEARIZABLE);
    done("exist k --consistency local");
    assertThat(node.lastConsistency()).isEqualTo(ReadConsistency.LOCAL);
    node.answerStale();
    CliRun stale = done("get k -o json");
    assertThat(JSON.parseObject(stale.out()).getBoolean("stale")).isTrue();
    assertThat(stale.err()).contains("warning").contains("raftwood admin status");
  }

  @Test
  void everyWriteHasAKeyOfItsOwn() {
    List<Bytes> keys = new ArrayList<>();
    for (String write :
        List.of(
            "put k v",
            "del k",
            "hash set h f v",
            "hash incr h n",
            "hash del h f",
            "set add s m",
            "set remove s m",
            "zset add z m 1",
            "zset incr z m 1",
            "zset remove z m")) {
      done(write);
      keys.add(node.lastIdempotencyKey().orElseThrow());
    }
    assertThat(keys).doesNotHaveDuplicates();
    done("put k v --idempotency-key order-7711");
    assertThat(node.lastIdempotencyKey()).contains(Bytes.utf8("order-7711"));
    done("get k");
    assertThat(node.lastIdempotencyKey()).isEmpty();
  }

  @Test
  void withoutAQuorumItEndsWith3AndWithAnUnknownOutcomeWith6() {
    node.failWith(new GroupUnavailableException("no leader"));
    CliRun none = kv("put k v --timeout 1");
    assertThat(none.exitCode()).isEqualTo(3);
    assertThat(none.err())
        .contains("nothing was changed")
        .contains(node.address() + ": no-quorum")
        .contains("raftwood admin status");
    assertThat(kv("get k --timeout 1").exitCode()).isEqualTo(3);
    assertThat(kv("keys --timeout 1").exitCode()).isEqualTo(3);

    node.failWith(new OutcomeUnknownException("too late"));
    CliRun unknown = kv("put k v --timeout 1");
    assertThat(unknown.exitCode()).isEqualTo(6);
    String key = node.lastIdempotencyKey().orElseThrow().toUtf8();
    assertThat(unknown.err())
        .contains("may have taken effect")
        .contains("--idempotency-key " + key);
  }

  @Test
  void onFullDisksItEndsWith3AtOnceAndSaysWhatToDo() {
    node.failWith(new DiskFullException("data-0"));
    CliRun full = kv("put k v --timeout 60");
    assertThat(full.exitCode()).isEqualTo(3);
    assertThat(full.err())
        .contains("no room for more data, nothing was changed")
        .contains("docs/runbook.md, Disk full");
  }

  @Test
  void strictModeIsUnderstoodToo() throws IOException {
    try (RunningEndpoint strict = RunningEndpoint.strict()) {
      String[] at = {"-e", strict.address()};
      assertThat(run(at, "put k v").out()).isEqualTo("1\n");
      CliRun conflict = run(at, "put k v --ver 7");
      assertThat(conflict.exitCode()).isEqualTo(5);
      assertThat(conflict.err()).contains("does not have the expected version");
      assertThat(run(at, "zset add z a%41 7").exitCode()).isZero();
      assertThat(run(at, "zset score z a%41").out()).isEqualTo("7\n");
      assertThat(run(at, "zset range z --rank 0:9").out()).isEqualTo("7\t1\ta%41\n");
      assertThat(run(at, "get none").exitCode()).isEqualTo(7);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "gte k",
        "get",
        "get k -o xml",
        "get k --timeout 0",
        "get k --timeout 301",
        "get k --consistency some",
        "put k v --ver 0",
        "put k v --idempotency-key=",
        "put k --encoding hex 0",
        "put k --encoding base64 ?",
        "hash",
        "hash get h",
        "hash get no/table f",
        "set",
        "zset",
        "zset range z",
        "zset range z --rank 0:1 --score 0:1",
        "zset range z --rank 5",
        "zset range z --rank -1:5",
        "zset range z --score 5:4",
        "keys --limit 0",
        "stat t --tables"
      })
  void wrongUsageEndsWith2AndSendsNothing(String line) {
    CliRun run = kv(line);
    assertThat(run.exitCode()).as(line).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("raftwood").contains("Try 'raftwood kv");
  }

  @Test
  void anEndpointThatIsNoneIsAUsageError() {
    CliRun run = CliRun.of("kv", "get", "k", "-e", "http://a:1");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("is not host:port");
  }

  private CliRun done(String line) {
    CliRun run = kv(line);
    assertThat(run.exitCode()).as("%s: %s", line, run.err()).isZero();
    return run;
  }

  private CliRun kv(String line) {
    return CliRun.of(args(line));
  }

  private static CliRun run(String[] more, String line) {
    List<String> all = new ArrayList<>(List.of("kv"));
    all.addAll(List.of(line.split(" ")));
    all.addAll(List.of(more));
    return CliRun.of(all.toArray(String[]::new));
  }

  private String[] args(String line) {
    return args(line.isEmpty() ? new String[0] : line.split(" "));
  }

  private String[] args(String... words) {
    List<String> all = new ArrayList<>(List.of("kv"));
    all.addAll(Arrays.asList(words));
    boolean leaf = words.length > 1;
    if (leaf) {
      all.addAll(List.of("-e", node.address()));
    }
    return all.toArray(String[]::new);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String latin(CliRun run) {
    return run.outLatin();
  }

  private static byte[] latin(CliRun run, int from) {
    return run.outLatin().substring(from).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
