package io.raftwood.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The documentation shows screens as the program prints them. */
class DocumentedScreensTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final long GIB = 1L << 30;

  @Test
  void helpScreensAreThoseOfThePage() throws IOException {
    CliRun run = CliRun.of("man", "--screens");

    assertThat(Files.readString(DOCS.resolve("commands.md")))
        .as("write it by: ./raftwood man --screens > docs/commands.md")
        .isEqualTo(run.out());
  }

  @Test
  void statusIsThatOfTheOperationsPage() throws IOException {
    List<Map<String, Object>> nodes = new ArrayList<>();
    List<Map<String, Object>> replicas = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      nodes.add(
          Map.of(
              "name",
              "n" + i,
              "http",
              "127.0.0.1:" + (8081 + i),
              "raft",
              "127.0.0.1:" + (9081 + i),
              "index",
              0,
              "standing",
              "active",
              "version",
              "0.1.0-SNAPSHOT",
              "diskFreeBytes",
              741 * GIB / 10,
              "diskTotalBytes",
              252 * GIB));
      replicas.add(replica(i, "meta", 1, 5, 4));
      replicas.add(replica(i, "data-0", 2, 2, 1));
    }
    StatusReport report =
        StatusReport.parse(
            JSON.toJSONString(Map.of("cluster", Map.of("nodes", nodes), "replicas", replicas)));

    assertThat(Files.readString(DOCS.resolve("operations.md")))
        .contains(report.nodeTable() + "\n" + report.replicaTable() + "```");
  }

  private static Map<String, Object> replica(
      int node, String group, long term, long index, long revision) {
    return Map.of(
        "node", "n" + node,
        "group", group,
        "role", node == 3 ? "LEADER" : "FOLLOWER",
        "leader", "n3",
        "term", term,
        "commitIndex", index,
        "appliedIndex", index,
        "revision", revision,
        "snapshotIndex", 0);
  }
}
