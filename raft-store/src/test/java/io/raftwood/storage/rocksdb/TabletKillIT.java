package io.raftwood.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.storage.Tablet;
import io.raftwood.storage.TabletStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process (SIGKILL) that works on a tablet, and looks at what is left. */
class TabletKillIT {
  private static final int ROUNDS = 8;
  private static final int RUN_MILLIS_MAX = 700;

  @TempDir private Path directory;

  @Test
  void killedAtAnyMomentATabletReopensAtAnExactPrefixNotBelowTheLastFlush() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Path root = directory.resolve("killed");
    List<String> seen = new ArrayList<>();
    long reached = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long durable = Math.max(reached, killedWriter(root, random.nextInt(RUN_MILLIS_MAX)));
      try (TabletStore store = new RocksDbTabletStore(root, RocksDbSettings.DEFAULT);
          Tablet tablet = store.open("g")) {
        reached = Prefix.verified(tablet);
      }
      assertThat(reached).as("seed %d, round %d", seed, round).isGreaterThanOrEqualTo(durable);
      seen.add(durable + "<=" + reached);
    }
    System.out.println("killed writers, last known durable <= reopened at: " + seen);
  }

  private static long killedWriter(Path root, long millis) throws Exception {
    try (ChildProcess child =
        ChildProcess.start(TabletWriterMain.class, List.of(), root.toString())) {
      child.awaitLine("ready");
      return lastNumber(child.killAfter(millis), "durable ");
    }
  }

  @Test
  void killedAtAnyMomentAnInstallationLeavesOneWholeGeneration() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Path root = directory.resolve("installed");
    String even = checkpoint("even", 20).toString();
    String odd = checkpoint("odd", 21).toString();
    List<String> seen = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      long installed;
      try (ChildProcess child =
          ChildProcess.start(TabletInstallerMain.class, List.of(), root.toString(), odd, even)) {
        child.awaitLine("ready");
        installed = lastNumber(child.killAfter(random.nextInt(RUN_MILLIS_MAX)), "installed ");
      }
      List<String> left = names(root);
      try (TabletStore store = new RocksDbTabletStore(root, RocksDbSettings.DEFAULT);
          Tablet tablet = store.open("g")) {
        long generation = tablet.generation();
        assertThat(generation).as("seed %d", seed).isGreaterThanOrEqualTo(installed);
        long expected = generation == 0 ? 0 : 20 + generation % 2;
        assertThat(Prefix.verified(tablet)).as("seed %d", seed).isEqualTo(expected);
        assertThat(names(root)).containsExactlyInAnyOrder("g@" + generation, ".native");
      }
      seen.add(left.stream().filter(name -> !name.equals(".native")).sorted().toList().toString());
    }
    System.out.println("killed installers left, before the next open: " + seen);
  }

  private Path checkpoint(String name, long position) {
    Path checkpoint = directory.resolve(name);
    try (TabletStore store =
            new RocksDbTabletStore(directory.resolve("of-" + name), RocksDbSettings.DEFAULT);
        Tablet tablet = store.open("g")) {
      for (long n = 1; n <= position; n++) {
        Prefix.commit(tablet, n);
      }
      tablet.checkpoint(checkpoint);
    }
    return checkpoint;
  }

  private static long lastNumber(List<String> lines, String prefix) {
    return lines.stream()
        .filter(line -> line.startsWith(prefix))
        .mapToLong(line -> Long.parseLong(line.substring(prefix.length())))
        .max()
        .orElse(0);
  }

  private static List<String> names(Path root) throws Exception {
    try (Stream<Path> files = Files.list(root)) {
      return files.map(path -> path.getFileName().toString()).collect(Collectors.toList());
    }
  }
}
