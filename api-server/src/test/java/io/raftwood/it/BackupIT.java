package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bench.client.HustdbClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records of all kinds, with versions and expiries, and trees: saved from three nodes under load,
 * restored into one node and into five nodes with three groups, and compared by export.
 */
@Timeout(value = 90, unit = TimeUnit.MINUTES)
class BackupIT {
  private static final String TEST = "BackupIT";
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final byte[] NO_BODY = new byte[0];

  @TempDir Path directory;

  @Test
  void whatIsSavedUnderLoadIsRestoredIntoClustersOfAnyShape() throws Exception {
    long seed = TestSettings.seed(TEST);
    int records = TestSettings.number("backup-records", 8_000);
    Path lines = directory.resolve("lines.jsonl");
    long expires = System.currentTimeMillis() + Duration.ofDays(2).toMillis();
    new ImportedLines(seed, expires)
        .write(lines, records, TestSettings.number("backup-entries", records * 35 / 100));
    Path backup = directory.resolve("all.backup");
    Map<String, Long> still;
    long acknowledged;
    try (ProcessCluster source = cluster("source", 3, 2)) {
      say("import", CliProcess.run(source, directory, "import", lines.toString()));
      change(source);
      try (BackupLoad load = new BackupLoad(source)) {
        load.awaitWrites(50);
        acknowledged = load.writes();
        say("save", CliProcess.run(source, directory, "backup", "save", backup.toString()));
        TestSettings.say(TEST, "writes before and meanwhile: " + load.writes());
        assertThat(load.writes()).isGreaterThan(acknowledged);
      }
      still = export(source, "source").still();
      say("inspect", CliProcess.run(source, directory, "backup", "inspect", backup.toString()));
      refusesDamage(source, backup, seed);
    }
    Exported one = restored("one", 1, 1, backup);
    assertThat(one.still()).isEqualTo(still);
    for (long write = 0; write < acknowledged; write++) {
      assertThat(one.names()).contains("\"key\":\"" + BackupLoad.KEY + write + "\"");
    }
    Exported five = restored("five", 5, 3, backup);
    assertThat(five.all()).isEqualTo(one.all());
  }

  private ProcessCluster cluster(String name, int nodes, int groups) throws IOException {
    ClusterSpec three = ClusterSpec.threeNodes();
    Path home = Files.createDirectory(directory.resolve(name));
    return ProcessCluster.start(
        new ClusterSpec(nodes, groups, three.settings(), three.environments(), false), home);
  }

  /** Versions that went on, a tree that has been split and merged, properties of its nodes. */
  private static void change(ProcessCluster source) throws IOException {
    try (HustdbClient client = source.client(0, TIMEOUT)) {
      for (int i = 0; i < 400; i += 4) {
        ok(client, "/put?key=key-" + i + "&val=second");
      }
      for (int i = 0; i < 300; i++) {
        BackupLoad.tree(client, "delete", "tree_id=words&key=word-" + String.format("%07d", i));
      }
      String root = BackupLoad.tree(client, "getroot", "tree_id=words");
      String id = root.replaceFirst(".*\"([0-9]+\\.1)\".*", "$1").strip();
      BackupLoad.tree(client, "casmetaprop", "node_id=" + id + "&prop_name=colour&value=red");
    }
  }

  private static void ok(HustdbClient client, String target) throws IOException {
    assertThat(client.request("POST", target, NO_BODY).status()).as(target).isEqualTo(200);
  }

  private void refusesDamage(ProcessCluster cluster, Path backup, long seed) throws Exception {
    byte[] bytes = Files.readAllBytes(backup);
    SplittableRandom random = new SplittableRandom(seed);
    Path damaged = directory.resolve("damaged");
    for (int round = 0; round < 2; round++) {
      int at = random.nextInt(bytes.length);
      bytes[at] ^= 4;
      Files.write(damaged, bytes);
      bytes[at] ^= 4;
      CliProcess.Ending refused =
          CliProcess.run(cluster, directory, "backup", "restore", damaged.toString());
      assertThat(refused.exitCode()).as(refused.text()).isEqualTo(1);
      assertThat(refused.text()).contains("is no whole backup");
    }
    CliProcess.Ending full =
        CliProcess.run(cluster, directory, "backup", "restore", backup.toString());
    assertThat(full.exitCode()).isEqualTo(1);
    assertThat(full.text()).contains("into a new cluster only");
  }

  private Exported restored(String name, int nodes, int groups, Path backup) throws Exception {
    try (ProcessCluster target = cluster(name, nodes, groups)) {
      say(
          "restore into " + nodes + " nodes, " + groups + " groups",
          CliProcess.run(target, directory, "backup", "restore", backup.toString()));
      Exported exported = export(target, name);
      CliProcess.run(target, directory, "admin", "check").ok();
      return exported;
    }
  }

  private Exported export(ProcessCluster cluster, String name) throws Exception {
    Path file = directory.resolve(name + ".jsonl");
    say(
        "export of " + name,
        CliProcess.run(cluster, directory, "export", file.toString(), "--structure"));
    return Exported.read(file);
  }

  private static void say(String what, CliProcess.Ending ending) {
    String text = ending.ok().strip();
    String last = text.substring(text.lastIndexOf('\n') + 1);
    TestSettings.say(TEST, String.format("%s: %.1f s; %s", what, ending.seconds(), last));
  }

  /**
   * An export. Of many lines only a number is kept that stands for all of them.
   *
   * @param still lines that no load touches: their number and sum of hashes by kind
   * @param all the same of all lines
   * @param loaded the names of the load's keys, as the lines say them
   */
  private record Exported(Map<String, Long> still, Map<String, Long> all, List<String> loaded) {
    static Exported read(Path file) throws IOException {
      Map<String, Long> still = new TreeMap<>();
      Map<String, Long> all = new TreeMap<>();
      List<String> loaded = new ArrayList<>();
      try (Stream<String> lines = Files.lines(file)) {
        lines.forEach(
            line -> {
              String kind = line.substring(0, line.indexOf(','));
              count(all, kind, line);
              if (line.contains(BackupLoad.MARK)) {
                loaded.add(line);
              } else {
                count(still, kind, line);
              }
            });
      }
      return new Exported(still, all, loaded);
    }

    private static void count(Map<String, Long> counts, String kind, String line) {
      counts.merge(kind, 1L, Long::sum);
      long hash = 1_125_899_906_842_597L;
      for (int i = 0; i < line.length(); i++) {
        hash = 31 * hash + line.charAt(i);
      }
      counts.merge(kind + " hash", hash * hash + hash, Long::sum);
    }

    /** All that is said of the load. */
    String names() {
      return String.join("\n", loaded);
    }
  }
}
