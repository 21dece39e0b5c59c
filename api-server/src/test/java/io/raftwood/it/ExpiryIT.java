package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bench.client.HttpReply;
import io.raftwood.bench.client.HustdbClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records expire while leaders are killed and one node's wall clock is an hour ahead (Debian's
 * package {@code faketime}; where it is not installed, all clocks are right): none early, none
 * late, none comes back.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class ExpiryIT {
  private static final String NAME = "expiry";
  private static final String GROUP = "data-0";
  private static final int CLIENTS = 32;
  private static final int KILLS = 3;
  private static final int TTL_SECONDS_MIN = 30;
  private static final int TTL_SECONDS_MAX = 60;
  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"));

  @TempDir Path directory;

  @Test
  void noRecordExpiresEarlyOrLateOrComesBackUnderAWrongClock() throws Exception {
    long seed = TestSettings.seed(NAME);
    int count = TestSettings.number("expiring", 100_000);
    Optional<Path> library = LIBRARIES.stream().filter(Files::exists).findFirst();
    TestSettings.say(NAME, library.map(path -> "n1 runs an hour ahead").orElse("all clocks right"));
    ClusterSpec spec = ClusterSpec.threeNodes();
    if (library.isPresent()) {
      spec = spec.withEnvironment(0, anHourAhead(library.get()));
    }
    try (ProcessCluster cluster = ProcessCluster.start(spec, directory)) {
      ExpiringRecords records =
          new ExpiringRecords(cluster, count, TTL_SECONDS_MIN, TTL_SECONDS_MAX);
      try (RunningClients clients =
          RunningClients.start(CLIENTS, number -> records.run(number, CLIENTS, seed))) {
        changeLeaders(cluster, clients);
        clients.finish(Duration.ofMinutes(10));
      }
      cluster.awaitEqualReplicas();
      assertThat(keysLeft(cluster)).as("what was purged is gone from the rows").isEqualTo(1);
      TestSettings.say(NAME, count + " records expired, none early, late or back");
    }
  }

  /** Monotonic time stays as it is, so that only the wall clock is wrong. */
  private static Map<String, String> anHourAhead(Path library) {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME", "+3600s",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        "FAKETIME_FORCE_MONOTONIC_FIX", "0");
  }

  private static void changeLeaders(ProcessCluster cluster, RunningClients clients)
      throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      long next = System.nanoTime() + Duration.ofSeconds(25).toNanos();
      Await.until(
          "the next kill",
          Duration.ofSeconds(60),
          () -> {
            clients.rethrowFailure();
            return System.nanoTime() - next > 0;
          },
          cluster::logs);
      int leader = cluster.awaitLeader(GROUP);
      cluster.kill(leader);
      cluster.start(leader);
      TestSettings.say(NAME, "killed " + cluster.node(leader).name());
    }
  }

  /** Keys that a node still has; only the one that was written to move time should be. */
  private static long keysLeft(ProcessCluster cluster) throws Exception {
    try (HustdbClient client = cluster.client(0, Duration.ofSeconds(10))) {
      HttpReply stat = client.request("GET", "/stat?peer=1", new byte[0]);
      String text = stat.text();
      int start = text.indexOf("\"count\":") + 8;
      return Long.parseLong(text.substring(start, text.indexOf(',', start)));
    }
  }
}
