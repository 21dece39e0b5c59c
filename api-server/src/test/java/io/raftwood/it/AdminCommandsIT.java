package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each command of {@code admin}, and the shell, against three processes. */
class AdminCommandsIT {
  private static final int USAGE = 2;
  private static final int FAILED = 1;
  private static final int CONFLICT = 5;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path directory;

  private ProcessCluster cluster;
  private CommandsHere commands;

  @Test
  void everyCommandDoesWhatItSays() throws Exception {
    try (ProcessCluster started =
        ProcessCluster.start(
            ClusterSpec.threeNodes().withDataGroups(2).with("raft.cli-rpc", "true"), directory)) {
      cluster = started;
      commands = new CommandsHere(cluster);
      shows();
      showsAndChangesWhatANodeAloneKnows();
      movesLeaders();
      changesNodes();
      refuses();
      new JRaftCommands(cluster, "data-1").check();
      runsTheShell();
    }
  }

  private void shows() {
    List<String> status = lines("admin status");
    assertThat(status.get(1)).startsWith("NODE").contains("VERSION").endsWith("DISK FREE");
    assertThat(status.subList(2, 5)).allMatch(line -> line.matches("n\\d .*iB \\(\\d+%\\)"));
    JSONObject node =
        JSON.parseObject(ok("admin status -o json"))
            .getJSONObject("cluster")
            .getJSONArray("nodes")
            .getJSONObject(2);
    assertThat(node.getLongValue("diskFreeBytes")).isPositive();
    assertThat(node.getLongValue("diskTotalBytes"))
        .isGreaterThanOrEqualTo(node.getLongValue("diskFreeBytes"));
    assertThat(ok("admin check")).contains("data-1").doesNotContain("UNEQUAL", "unknown");
    assertThat(ok("admin groups list")).contains("data-0", "0..512", "512..1024");
    assertThat(ok("admin groups show data-1")).contains("data-1").doesNotContain("data-0");
    assertThat(ok("admin snapshot --group data-0").lines().skip(1))
        .hasSize(3)
        .allMatch(line -> line.endsWith("taken"));
    String ready = "admin wait-ready --timeout 5 --config " + cluster.node(1).config();
    assertThat(ok(ready)).isEqualTo("ready\n");
  }

  private void showsAndChangesWhatANodeAloneKnows() {
    assertThat(ok("admin config show").replaceAll(" +", " "))
        .contains("cluster.data-groups 2 all\n")
        .contains("node.name n3 n3\n");
    assertThat(ok("admin config show n2").replaceAll(" +", " "))
        .contains("raft.election-timeout 1s " + cluster.node(1).config())
        .contains("insecure false default\n");
    assertThat(JSON.parseArray(ok("admin config show -o json"))).hasSize(3);
    String logger = "io.raftwood.membership";
    assertThat(ok("admin log-level " + logger + " trace --node n2").replaceAll(" +", " "))
        .contains(logger + " trace all\n");
    assertThat(ok("admin log-level").replaceAll(" +", " ")).contains(logger + " trace n2\n");
    assertThat(cluster.node(1).logLines())
        .anyMatch(line -> line.contains("log level of " + logger + " is now trace"));
    ok("admin log-level " + logger + " default");
    assertThat(ok("admin log-level")).doesNotContain(logger);
    assertThat(ok("admin log-level warn").replaceAll(" +", " ")).contains("root warn all\n");
    ok("admin log-level default");
    assertThat(ok("admin slowlog --node n2")).startsWith("BEGAN").contains("NODE");
    assertThat(JSON.parseArray(ok("admin slowlog -o json")).toList(JSONObject.class))
        .extracting(answer -> answer.getString("node"))
        .containsExactly("n1", "n2", "n3");
  }

  private void movesLeaders() throws Exception {
    assertThat(changed("admin leader transfer data-0 n3 --wait")).endsWith("done\n");
    assertThat(ok("admin groups show data-0").lines().skip(1))
        .allMatch(line -> line.replaceAll(" +", " ").startsWith("data-0 0..512 n3 yes n3,"));
    Path table = Files.writeString(directory.resolve("table.json"), ok("admin table show"));
    changed("admin leader balance --wait");
    changed("admin table apply " + table + " --wait");
    assertThat(ok("admin table show")).isEqualTo(Files.readString(table));
  }

  private void changesNodes() {
    assertThat(changed("admin nodes add n9 --http 127.0.0.1:1 --raft 127.0.0.1:2"))
        .contains("accepted");
    assertThat(ok("admin nodes list").lines().skip(4).findFirst().orElseThrow())
        .startsWith("n9")
        .contains("never-started");
    assertThat(changed("admin nodes remove n9 --wait")).endsWith("done\n");
    assertThat(ok("admin nodes list")).doesNotContain("n9");
    assertThat(changed("admin nodes drain n3 --force --wait")).endsWith("done\n");
    assertThat(ok("admin nodes list").lines().filter(line -> line.startsWith("n3")))
        .allMatch(line -> line.contains("draining") && !line.contains("data-"));
    changed("admin nodes undrain n3 --wait");
    assertThat(changed("admin groups place data-0 n3 n1 n2 --wait")).endsWith("done\n");
    assertThat(ok("admin groups show data-0").replaceAll(" +", " ")).contains("yes n3,n1,n2 ");
    assertThat(changed("admin nodes spread --wait")).endsWith("done\n");
    assertThat(ok("admin nodes list").lines().filter(line -> line.startsWith("n3")))
        .allMatch(line -> line.contains("active") && line.contains("data-1"));
    cluster.awaitLeader("data-0");
  }

  private void refuses() {
    assertThat(exit("admin nodes replace n1 n1")).isEqualTo(CONFLICT);
    assertThat(exit("admin nodes replace n1 n2")).isEqualTo(CONFLICT);
    assertThat(exit("admin groups place data-0 n1")).isEqualTo(CONFLICT);
    assertThat(exit("admin groups place data-0 n1 n2 n8")).isEqualTo(FAILED);
    assertThat(exit("admin nodes drain n8")).isEqualTo(FAILED);
    assertThat(exit("admin nodes remove n1")).isEqualTo(CONFLICT);
    assertThat(exit("admin groups show data-7")).isEqualTo(FAILED);
    assertThat(exit("admin log-level org.nobody info")).isEqualTo(FAILED);
    assertThat(exit("admin log-level loud")).isEqualTo(USAGE);
    assertThat(exit("admin config show n8")).isEqualTo(FAILED);
    CommandsHere.Ending recover =
        commands.run("admin unsafe-recover --config " + cluster.node(0).config());
    assertThat(recover.exitCode()).isEqualTo(FAILED);
    assertThat(recover.err()).contains("is in use by another process");
  }

  private void runsTheShell() {
    String puts =
        String.join(
            "\n", IntStream.range(0, 20).mapToObj(i -> "put 'k " + i + "' \\x0" + i % 10).toList());
    assertThat(commands.run("kv shell", puts + "\n").ok().lines()).hasSize(20).containsOnly("1");
    assertThat(commands.run("kv shell -o table", "get 'k 7'\n").ok()).contains("\\x07");
    assertThat(commands.run("kv shell", "get 'k 7'\nget absent\nput a b\n").exitCode())
        .isEqualTo(7);
  }

  /** What a change printed, once no other one is under way. */
  private String changed(String line) {
    AtomicReference<CommandsHere.Ending> last = new AtomicReference<>();
    Await.until(
        line,
        LIMIT,
        () -> {
          last.set(commands.run(line));
          return last.get().exitCode() != CONFLICT;
        },
        () -> last.get().err());
    return last.get().ok();
  }

  private List<String> lines(String line) {
    return ok(line).lines().toList();
  }

  private String ok(String line) {
    return commands.run(line).ok();
  }

  private int exit(String line) {
    CommandsHere.Ending ending = commands.run(line);
    TestSettings.say("admin", line + ": " + ending.exitCode() + " " + ending.err().strip());
    return ending.exitCode();
  }
}
