package io.raftwood.bench.torture.disk;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the nodes' caches are: a directory in memory for one run, which is taken away at its end.
 */
public final class CacheMemory implements AutoCloseable {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");
  private static final String PREFIX = "raftwood-torture-";

  private final Path directory;

  private CacheMemory(Path directory) {
    this.directory = directory;
  }

  /** One for this process; what killed ones left behind is taken away. */
  public static CacheMemory open() throws IOException {
    if (Files.isDirectory(SHARED_MEMORY)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(SHARED_MEMORY, PREFIX + "*")) {
        for (Path one : all) {
          String pid = one.getFileName().toString().substring(PREFIX.length());
          if (!Files.exists(Path.of("/proc", pid))) {
            delete(one);
          }
        }
      }
    }
    return new CacheMemory(SHARED_MEMORY.resolve(PREFIX + ProcessHandle.current().pid()));
  }

  /** The directory; servers make it. */
  public Path directory() {
    return directory;
  }

  /** Deletes everything; may be called more than once. */
  @Override
  public void close() {
    try {
      delete(directory);
    } catch (IOException e) {
      // The next run does it.
    }
  }

  private static void delete(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> files = Files.walk(root)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.deleteIfExists(file);
    }
  }
}
