package io.raftwood.bench.torture.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is damaged, and that nothing else is. */
class RestingFilesTest {
  private static final byte[] CONTENT = new byte[500];
  private static final int TIMES = 20;

  @TempDir Path data;

  @Test
  void oneBitOfOneFileOfTheKindFlips() throws IOException {
    for (RestingFiles kind : RestingFiles.values()) {
      for (int seed = 0; seed < TIMES; seed++) {
        write();
        String done = kind.flip(data, new Random(seed)).orElseThrow();
        String file = onlyChange(done);
        assertThat(file).contains(folder(kind));
        byte[] bytes = Files.readAllBytes(data.resolve(file));
        assertThat(bytes).hasSize(CONTENT.length);
        assertThat(BitSet.valueOf(bytes).cardinality()).as(done).isOne();
      }
    }
  }

  @Test
  void oneFileOfTheKindLosesItsEnd() throws IOException {
    for (RestingFiles kind : RestingFiles.values()) {
      for (int seed = 0; seed < TIMES; seed++) {
        write();
        String done = kind.cut(data, new Random(seed)).orElseThrow();
        String file = onlyChange(done);
        assertThat(file).contains(folder(kind));
        assertThat(Files.size(data.resolve(file))).as(done).isBetween(0L, CONTENT.length - 1L);
      }
    }
  }

  @Test
  void whereThereIsNoSuchFileNothingIsDone() throws IOException {
    Files.write(data.resolve("identity"), CONTENT);
    Files.createDirectories(data.resolve("raft/data-0/log"));
    Files.createFile(data.resolve("raft/data-0/log/000003.log"));
    assertThat(RestingFiles.LOG.flip(data, new Random(1))).isEmpty();
    assertThat(RestingFiles.SNAPSHOT.cut(data, new Random(1))).isEmpty();
  }

  private static String folder(RestingFiles kind) {
    return switch (kind) {
      case LOG -> "/log/";
      case TABLET -> "tablets/";
      case SNAPSHOT -> "/snapshot/";
    };
  }

  private void write() throws IOException {
    for (String name :
        new String[] {
          "identity",
          "raft/data-0/meta/raft_meta",
          "raft/data-0/log/000003.log",
          "raft/data-0/log/000004.sst",
          "raft/data-0/log/LOG",
          "tablets/data-0@0/000012.sst",
          "tablets/data-0@0/MANIFEST-000005",
          "raft/data-0/snapshot/snapshot_7/tablet/000012.sst",
          "raft/data-0/snapshot/snapshot_7/__raft_snapshot_meta"
        }) {
      Path file = data.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, CONTENT);
    }
  }

  private String onlyChange(String done) throws IOException {
    TreeMap<String, byte[]> changed = new TreeMap<>();
    try (Stream<Path> all = Files.walk(data)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        if (!Arrays.equals(bytes, CONTENT)) {
          changed.put(data.relativize(file).toString(), bytes);
        }
      }
    }
    assertThat(changed).as(done).hasSize(1);
    assertThat(done).startsWith(changed.firstKey());
    return changed.firstKey();
  }
}
