package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bench.client.HustdbClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code deploy/monitoring} names is there. */
class MonitoringIT {
  private static final Path MONITORING = Path.of("..", "deploy", "monitoring");
  private static final Path RUNBOOK = Path.of("..", "docs", "runbook.md");
  private static final Pattern METRIC = Pattern.compile("\\b(raftwood|jvm|process)_[a-z0-9_]+");
  private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
  private static final ClusterSpec ONE_NODE = new ClusterSpec(1, 1, Map.of(), Map.of(), false);

  @TempDir Path directory;

  @Test
  void alertsAndDashboardNameOnlyMetricsThatANodeHas() throws Exception {
    try (ProcessCluster cluster = ProcessCluster.start(ONE_NODE, directory);
        HustdbClient client = cluster.client(0, Duration.ofSeconds(30))) {
      client.request("PUT", "/put?key=a", "v".getBytes(StandardCharsets.UTF_8));
      Set<String> scraped = found(METRIC, 0, client.request("GET", "/metrics", new byte[0]).text());

      assertThat(scraped).containsAll(found(METRIC, 0, read("alerts.yml")));
      assertThat(scraped).containsAll(found(METRIC, 0, read("dashboard.json")));
    }
  }

  @Test
  void everyAlertHasAnEntryInTheRunbook() throws Exception {
    Set<String> alerts = found(ALERT, 1, read("alerts.yml") + read("alerts-host.yml"));
    Set<String> headings = found(Pattern.compile("(?m)^### (\\w+)$"), 1, Files.readString(RUNBOOK));

    assertThat(alerts).hasSizeGreaterThanOrEqualTo(12);
    assertThat(headings).containsExactlyElementsOf(alerts);
  }

  @Test
  void everyAlertIsStaged() throws Exception {
    Set<String> staged = found(Pattern.compile("alertname: (\\w+)"), 1, read("alerts-test.yml"));

    assertThat(staged).containsAll(found(ALERT, 1, read("alerts.yml")));
  }

  private static String read(String name) throws Exception {
    return Files.readString(MONITORING.resolve(name));
  }

  private static Set<String> found(Pattern pattern, int part, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(part));
    }
    return found;
  }
}
