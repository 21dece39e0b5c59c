package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rule about forgetting: nodes stop, die and lose their memory, one, two or all of them, in
 * every order, under write load. Whatever happens, writes succeed again and replicas are equal; and
 * while a majority remembers, nothing acknowledged is lost. And nothing of it all is on disk.
 *
 * <p>{@code raftwood.it.cache-schedules} schedules (4), each chosen by the seed and its number.
 */
@Timeout(value = 90, unit = TimeUnit.MINUTES)
class CacheRestartIT {
  private static final String NAME = "cache-restart";
  private static final int WRITERS = 3;
  private static final int WRITES = 50;
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final long MILLI = 1_000_000;
  private static final int KINDS = 4;

  @TempDir Path directory;

  @Test
  void theCacheNeitherWedgesNorDivergesNorLosesWhatAMajorityRemembers() throws Exception {
    long seed = TestSettings.seed(NAME);
    int schedules = TestSettings.number("cache-schedules", 4);
    try (CacheFiles memory = CacheFiles.create(directory);
        ProcessCluster cluster =
            ProcessCluster.start(memory.in(ClusterSpec.threeNodes()), directory)) {
      CacheWrites writes = new CacheWrites(cluster);
      writes.awaitWhole();
      for (int number = 0; number < schedules; number++) {
        long began = System.nanoTime();
        Schedule schedule = new Schedule(cluster, memory, writes, new Random(seed + number));
        try (RunningClients clients = new RunningClients(WRITERS)) {
          for (int i = 0; i < WRITERS; i++) {
            clients.add(i, client -> writes.write(client, clients::stopped));
          }
          writes.awaitMore(WRITES);
          schedule.run(number % KINDS);
          writes.awaitWhole();
          writes.awaitMore(WRITES);
          clients.stop(LIMIT);
        }
        for (int node = 0; node < cluster.size(); node++) {
          writes.assertAllReadable(node);
        }
        cluster.awaitEqualReplicas();
        long seconds = (System.nanoTime() - began) / (1000 * MILLI);
        TestSettings.say(
            NAME,
            "schedule %d: %s; epoch %d, %d writes there, %d s"
                .formatted(number, schedule.done, writes.epoch(0), writes.count(), seconds));
      }
      for (int node = 0; node < cluster.size(); node++) {
        cluster.stop(node);
      }
      assertNothingIsOnDisk(memory);
    }
  }

  /** The marker is in every value: in memory it is found, so it would be on disk. */
  private void assertNothingIsOnDisk(CacheFiles memory) throws IOException {
    assertThat(holding(memory.root())).as("files in memory with the marker").isNotEmpty();
    if (!memory.root().startsWith(directory)) {
      assertThat(holding(directory)).as("files on disk with the marker").isEmpty();
    }
  }

  private static List<Path> holding(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        // One character for each byte, so that binary files are searched too.
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(CacheWrites.MARKER)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  /** One schedule; its kind says how many nodes are struck and whether together. */
  private static final class Schedule {
    final List<String> done = new ArrayList<>();
    private final ProcessCluster cluster;
    private final CacheFiles memory;
    private final CacheWrites writes;
    private final Random random;

    Schedule(ProcessCluster cluster, CacheFiles memory, CacheWrites writes, Random random) {
      this.cluster = cluster;
      this.memory = memory;
      this.writes = writes;
      this.random = random;
    }

    void run(int kind) throws IOException, InterruptedException {
      switch (kind) {
        case 0:
          together(nodes(1), random.nextInt(2));
          break;
        case 1:
          together(nodes(2), random.nextInt(3));
          break;
        case 2:
          together(nodes(3), random.nextInt(4));
          break;
        default:
          oneAfterTheOther();
      }
    }

    private List<Integer> nodes(int count) {
      List<Integer> all = new ArrayList<>(List.of(0, 1, 2));
      Collections.shuffle(all, random);
      return all.subList(0, count);
    }

    /** All of {@code nodes} go, {@code forgetful} of them forget, all come back. */
    private void together(List<Integer> nodes, int forgetful)
        throws IOException, InterruptedException {
      for (int node : nodes) {
        strike(node);
        Await.pause(random.nextInt(1500) * MILLI);
      }
      List<Integer> back = new ArrayList<>(nodes);
      Collections.shuffle(back, random);
      for (int node : back.subList(0, forgetful)) {
        forget(node);
      }
      if (forgetful > 1) {
        // A majority has forgotten: whatever was written before may be gone from now on.
        writes.forget();
      }
      Collections.shuffle(back, random);
      for (int node : back) {
        done.add("start " + cluster.node(node).name());
        cluster.launch(node);
        Await.pause(random.nextInt(3000) * MILLI);
      }
      for (int node : back) {
        cluster.awaitReady(node);
      }
      if (forgetful > 1) {
        long epoch = writes.epoch(back.get(0));
        assertThat(epoch).as("epoch").isGreaterThan(1);
      }
    }

    /** Every node forgets, but never before the one before it is a voter again. */
    private void oneAfterTheOther() throws IOException, InterruptedException {
      for (int node : nodes(3)) {
        long epoch = writes.epoch(node);
        strike(node);
        forget(node);
        done.add("start " + cluster.node(node).name());
        cluster.start(node);
        writes.awaitWhole();
        assertThat(writes.epoch(node)).as("epoch").isEqualTo(epoch);
      }
    }

    private void strike(int node) throws InterruptedException {
      boolean kill = random.nextBoolean();
      done.add((kill ? "kill " : "stop ") + cluster.node(node).name());
      if (kill) {
        cluster.kill(node);
      } else {
        cluster.stop(node);
      }
    }

    private void forget(int node) throws IOException {
      done.add("forget " + cluster.node(node).name());
      memory.forget(cluster.node(node));
    }
  }
}
