package io.raftwood.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bytes.Bytes;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.OutcomeUnknownException;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.server.http.RunningEndpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code raftwood tree} against the HTTP edge over the real machine. */
class TreeCommandTest {
  private RunningEndpoint node;
  private String timeout = "30";

  @BeforeEach
  void start() throws IOException {
    node = RunningEndpoint.withSmallNodes();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private CliRun tree(String command) {
    return CliRun.of(args(command.split(" ")));
  }

  private String[] args(String... command) {
    List<String> args = new ArrayList<>(List.of("tree"));
    args.addAll(Arrays.asList(command));
    args.addAll(List.of("-e", node.address(), "--timeout", timeout));
    return args.toArray(String[]::new);
  }

  private String done(String command) {
    CliRun run = tree(command);
    assertThat(run.exitCode()).as(command + ": " + run.err()).isZero();
    assertThat(run.err()).isEmpty();
    return run.out();
  }

  private String refused(String command, int exitCode) {
    CliRun run = tree(command);
    assertThat(run.exitCode()).as(command + ": " + run.err()).isEqualTo(exitCode);
    assertThat(run.out()).isEmpty();
    return run.err();
  }

  private void fill(String... keys) {
    done("create t");
    for (String key : keys) {
      done("insert t " + key + " v" + key);
    }
  }

  @Test
  void aTreeIsCreatedOnceListedAndDropped() {
    String root = done("create fruit").strip();
    assertThat(done("create fruit -o json"))
        .isEqualTo("{\"tree\":\"fruit\",\"existed\":true,\"root\":\"" + root + "\"}\n");
    done("create nuts");
    assertThat(done("list")).isEqualTo("fruit\nnuts\n");
    assertThat(done("list --limit 1")).isEqualTo("fruit\n");
    assertThat(done("info fruit")).isEqualTo(root + "\t1\t0\t1\n");
    assertThat(done("drop fruit")).isEqualTo("true\n");
    assertThat(refused("drop fruit", 7)).contains("tree 'fruit'").contains("raftwood tree list");
    assertThat(done("list")).isEqualTo("nuts\n");
  }

  @Test
  void aKeyLivesThroughInsertGetCasAndDelete() {
    done("create t");
    String leaf = done("insert t apple red");
    assertThat(done("get t apple")).isEqualTo("red");
    JSONObject json = JSON.parseObject(done("get t apple -o json"));
    assertThat(json.getString("value")).isEqualTo("red");
    assertThat(json.getString("node") + "\n").isEqualTo(leaf);
    assertThat(json.getLongValue("version")).isEqualTo(2);
    assertThat(refused("insert t apple green", 5)).contains("there already");
    assertThat(done("cas t apple eaten --old red")).isEqualTo("true\n");
    assertThat(refused("cas t apple kept --old red", 5)).contains("raftwood tree get t apple");
    assertThat(refused("delete t apple --old red", 5)).contains("nothing was changed");
    assertThat(done("delete t apple --old eaten")).isEqualTo("true\n");
    assertThat(refused("delete t apple", 7)).contains("does not exist");
    assertThat(refused("get t apple", 7)).contains("raftwood tree range t");
    assertThat(done("cas t apple new --absent")).isEqualTo("true\n");
    refused("cas t apple new --absent", 5);
  }

  @Test
  void theEmptyValueIsAValue() {
    done("create t");
    assertThat(CliRun.of(args("insert", "t", "k", "")).exitCode()).isZero();
    assertThat(done("get t k")).isEmpty();
    assertThat(CliRun.of(args("cas", "t", "k", "v", "--old", "")).exitCode()).isZero();
    assertThat(CliRun.of(args("delete", "t", "k", "--old", "")).exitCode()).isEqualTo(5);
  }

  @Test
  void textGoesThroughUnchanged() {
    done("create t");
    String key = "ключ \u732b\ud83d\ude00 ?&=%+#\t";
    String value = "a\r\n\u0000 +%";
    byte[] input = value.getBytes(StandardCharsets.UTF_8);
    CliRun insert = CliRun.withInput(input, args("insert", "t", key, "-"));
    assertThat(insert.exitCode()).as(insert.err()).isZero();
    assertThat(CliRun.of(args("get", "t", key)).out()).isEqualTo(value);
    JSONObject json = JSON.parseObject(done("range t -o json"));
    assertThat(json.getString("key")).isEqualTo(key);
    assertThat(json.getString("value")).isEqualTo(value);
    assertThat(done("get t -o table --encoding hex " + Bytes.utf8(key).toHex()))
        .contains("a\\r\\n\\x00 +%");
    assertThat(refused("insert t k --encoding hex ff", 2)).isNotEmpty();
    assertThat(refused("insert t ff 00ff --encoding hex", 1)).contains("percent-encoded UTF-8");
  }

  @Test
  void seekPrintsNeighbours() {
    fill("b", "d", "f");
    assertThat(done("seek t d")).isEqualTo("b\tf\ttrue\n");
    assertThat(done("seek t e")).isEqualTo("d\tf\tfalse\n");
    assertThat(done("seek t")).isEqualTo("\tb\tfalse\n");
    assertThat(done("seek t z -o json"))
        .isEqualTo("{\"previous\":\"f\",\"next\":\"\",\"exact\":false}\n");
  }

  @Test
  void rangeGoesBothWaysAndIsOpenAtItsBeginning() {
    fill("a", "b", "c", "d");
    assertThat(done("range t")).isEqualTo("a\tva\nb\tvb\nc\tvc\nd\tvd\n");
    assertThat(done("range t --from a --to c")).isEqualTo("b\tvb\nc\tvc\n");
    assertThat(done("range t --reverse --from d --limit 2")).isEqualTo("c\tvc\nb\tvb\n");
    done("insert t e/%+ x");
    assertThat(done("range t --from d --encoded")).isEqualTo("e%2F%25%2B\tx\n");
    assertThat(refused("range t --limit 0", 2)).contains("--limit");
    refused("range unknown", 7);
  }

  @Test
  void longListingsAreWalkedPageByPage() {
    done("create t");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 2500; i++) {
      lines.append(String.format("key-%04d\tv%n", i));
    }
    byte[] input = lines.toString().getBytes(StandardCharsets.UTF_8);
    assertThat(CliRun.withInput(input, args("load", "t", "-")).out()).isEqualTo("2500\t2500\t0\n");
    assertThat(done("range t")).isEqualTo(lines.toString());
    assertThat(done("range t --limit 1500").lines()).hasSize(1500);
    assertThat(done("range t --reverse").lines()).hasSize(2500).startsWith("key-2499\tv");
  }

  @Test
  void showDrawsNodesBelowTheirParents() {
    fill("a", "b", "c", "d");
    String root = done("info t").split("\t")[0];
    assertThat(done("show t").lines())
        .containsExactly("tree 't': height 1, 4 entries, 1 nodes", root + "  leaf, 4 entries  ..");
    done("insert t e v");
    List<String> two = done("show t").lines().toList();
    String left = two.get(2).strip().split(" ")[0];
    String right = two.get(3).strip().split(" ")[0];
    assertThat(two)
        .containsExactly(
            "tree 't': height 2, 5 entries, 3 nodes",
            root + "  level 1, 2 children  ..",
            "  " + left + "  leaf, 2 entries  .. 'c'",
            "  " + right + "  leaf, 3 entries  'c' ..");
    assertThat(done("show t --depth 0").lines())
        .contains("inner nodes not opened: 1; --depth 1 does");
    assertThat(done("show t -o raw"))
        .isEqualTo(
            String.join(
                "\n",
                root + "\t-\t1\t2\t\t-",
                left + "\t" + root + "\t0\t2\t\tc",
                right + "\t" + root + "\t0\t3\tc\t-",
                ""));
    assertThat(done("show t --node " + right + " -o json"))
        .isEqualTo(
            "{\"node\":\""
                + right
                + "\",\"parent\":null,\"level\":0,\"count\":3,\"low\":\"c\",\"high\":null}\n");
    assertThat(refused("show t --node 1.777 -o raw", 7)).contains("1.777");
    assertThat(refused("show t --depth 100", 2)).contains("--depth");
    refused("show unknown", 7);
  }

  @Test
  void readsAskForTheFreshnessThatIsWanted() {
    fill("a");
    done("get t a");
    assertThat(node.lastTreeOptions().consistency()).isEqualTo(ReadConsistency.LINEARIZABLE);
    done("seek t a --consistency local");
    assertThat(node.lastTreeOptions().consistency()).isEqualTo(ReadConsistency.LOCAL);
    done("show t --consistency lease");
    assertThat(node.lastTreeOptions().consistency()).isEqualTo(ReadConsistency.LEASE);
  }

  @Test
  void anUnknownOutcomeTellsTheKeyToRepeatWith() {
    done("create t");
    node.failTreesAfter(0, new OutcomeUnknownException("no answer in time"));
    timeout = "1";
    String message = refused("insert t k v --idempotency-key again", 6);
    assertThat(message).contains("--idempotency-key again").contains("raftwood tree get t k");
    assertThat(node.lastTreeOptions().idempotencyKey()).contains(Bytes.utf8("again"));
  }

  @Test
  void withoutAQuorumNothingIsChanged() {
    done("create t");
    node.failTreesAfter(0, new GroupUnavailableException("no leader"));
    timeout = "1";
    assertThat(refused("delete t k", 3)).contains("nothing was changed").contains("no-quorum");
    assertThat(refused("get t k", 3)).doesNotContain("nothing was changed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "get t",
        "insert t k",
        "cas t k v",
        "cas t k v --old a --absent",
        "delete t k --older v",
        "load t - --value x",
        "load t - --part-lines 0",
        "range"
      })
  void aWrongCommandLineSendsNothing(String command) {
    CliRun run = command.isEmpty() ? CliRun.of("tree") : tree(command);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--help");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create", "drop", "get", "insert", "delete", "cas", "seek", "range", "list", "info", "show",
        "load"
      })
  void everyCommandExplainsItself(String command) {
    CliRun help = CliRun.of("tree", command, "--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains("Usage: raftwood tree " + command).contains("--endpoints");
    assertThat(CliRun.of("tree", "--help").out()).contains("\n  " + command + " ");
  }
}
