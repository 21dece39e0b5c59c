package io.raftwood.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads the native library in processes of its own, since a process loads it once. */
class RocksDbLibraryIT {
  @TempDir private Path directory;

  @Test
  void isUnpackedOnceForAllStartsAndRepairedWhenDamaged() throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    Path store = directory.resolve("store");
    killedStart(store, temporary);
    List<Path> first = files(store.resolve(".native"));
    Path library = first.stream().filter(path -> path.toString().endsWith(".so")).findAny().get();
    Object unpacked = Files.getLastModifiedTime(library);
    byte[] content = Files.readAllBytes(library);

    killedStart(store, temporary);
    assertThat(files(store.resolve(".native"))).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(library)).isEqualTo(unpacked);

    byte[] damaged = content.clone();
    damaged[damaged.length / 2] ^= 1;
    Files.write(library, damaged);
    killedStart(store, temporary);
    assertThat(files(store.resolve(".native"))).isEqualTo(first);
    assertThat(Files.readAllBytes(library)).isEqualTo(content);

    assertThat(files(temporary)).as("nothing in java.io.tmpdir").isEmpty();
    System.out.println("library: " + content.length + " bytes, files: " + first.size());
  }

  private static void killedStart(Path store, Path temporary) throws Exception {
    try (ChildProcess child =
        ChildProcess.start(
            TabletWriterMain.class,
            List.of("-Djava.io.tmpdir=" + temporary, "-XX:-UsePerfData"),
            store.toString())) {
      child.awaitLine("ready");
      child.killAfter(0);
    }
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).sorted().collect(Collectors.toList());
    }
  }
}
