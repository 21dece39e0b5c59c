package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bench.client.HustdbClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mixed records of one Raftwood in strict mode, read through hustdb's own listings into another
 * one, killed in the middle and run again; and by file, interrupted as well.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ImportIT {
  private static final String TEST = "ImportIT";
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final Duration LONG = Duration.ofMinutes(10);

  @TempDir Path directory;

  @Test
  void anImportThatWasKilledGoesOnAndAllIsEqual() throws Exception {
    long seed = TestSettings.seed(TEST);
    int records = TestSettings.number("import-records", 12_000);
    Path lines = directory.resolve("lines.jsonl");
    new ImportedLines(seed, 0).write(lines, records, 0);
    Files.write(
        lines,
        Files.readAllLines(lines).stream()
            .map(line -> line.replaceAll(",\"expires\":[0-9]+", ""))
            .toList());
    try (ProcessCluster source = cluster("source", 2, true);
        ProcessCluster target = cluster("target", 1, false)) {
      CliProcess.Ending filled = CliProcess.run(source, directory, "import", lines.toString());
      TestSettings.say(TEST, String.format("%.1f s: %s", filled.seconds(), filled.ok().strip()));
      Path state = directory.resolve("state");
      String[] words = {
        "import", "--from-hustdb", CliProcess.endpoints(source), "--state", state.toString()
      };
      CliProcess killed = CliProcess.start(target, directory, words);
      Await.until(
          "a part is in",
          LONG,
          () -> keys(target) > records / 10 || !killed.running(),
          () -> "keys of the target");
      assertThat(killed.running()).as("still importing").isTrue();
      killed.kill();
      assertThat(state).exists();
      TestSettings.say(TEST, "killed at " + Files.readString(state).strip());
      CliProcess.Ending rest = CliProcess.run(target, directory, words);
      TestSettings.say(TEST, String.format("%.1f s: %s", rest.seconds(), rest.ok().strip()));
      assertThat(state).doesNotExist();
      assertThat(export(target, "target")).isEqualTo(export(source, "source"));
    }
  }

  private ProcessCluster cluster(String name, int groups, boolean strict) throws IOException {
    ClusterSpec three = ClusterSpec.threeNodes();
    ClusterSpec one = new ClusterSpec(1, groups, three.settings(), three.environments(), false);
    ClusterSpec spec = strict ? one.with("hustdb.strict", "true") : one;
    return ProcessCluster.start(spec, Files.createDirectory(directory.resolve(name)));
  }

  /** The number of keys on the cluster's node. */
  private static long keys(ProcessCluster cluster) throws IOException {
    try (HustdbClient client = cluster.client(0, TIMEOUT)) {
      String stat = client.request("GET", "/stat?peer=0", new byte[0]).text();
      return Long.parseLong(stat.replaceFirst(".*?\"count\":([0-9]+).*", "$1"));
    }
  }

  /** All lines but for the revisions, which are each cluster's own. */
  private List<String> export(ProcessCluster cluster, String name) throws Exception {
    Path file = directory.resolve(name + "-export.jsonl");
    CliProcess.run(cluster, directory, "export", file.toString()).ok();
    return Files.readAllLines(file).stream()
        .map(line -> line.replaceFirst(",\"revision\":[0-9]+", ""))
        .toList();
  }
}
