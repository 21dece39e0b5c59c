package io.raftwood.bench.torture;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What is chosen by the seed alone: settings that make rare things happen often.
 *
 * @param servers settings of all nodes
 * @param timeout of clients
 */
record SeededSettings(Map<String, String> servers, Duration timeout) {
  /** The choice of {@code seed}. */
  static SeededSettings of(long seed) {
    // Mixed first: the first choices of a Random are alike for seeds that are near each other.
    Random random = new Random(new SplittableRandom(seed).nextLong());
    Map<String, String> servers = new TreeMap<>();
    servers.put("raft.election-timeout", one(random, "800ms", "1s", "2s"));
    servers.put("raft.snapshot-interval", one(random, "1s", "3s", "10s"));
    servers.put("raft.snapshot-log-margin", one(random, "50", "100", "1000"));
    servers.put("raft.prefer-leader", one(random, "true", "false"));
    servers.put("storage.flush-interval", one(random, "1s", "5s", "30s"));
    servers.put("dt.leaf-max", one(random, "4", "5", "8"));
    servers.put("dt.inner-max", one(random, "4", "5", "8"));
    // Only one workload uses it, and its groups cost CPU time.
    servers.put("cache.enabled", "false");
    return new SeededSettings(
        servers, Duration.ofMillis(Long.parseLong(one(random, "700", "1500", "3000"))));
  }

  private static String one(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
