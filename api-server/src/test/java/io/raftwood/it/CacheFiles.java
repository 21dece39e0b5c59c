package io.raftwood.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The memory of a test's nodes: one directory, on tmpfs where there is one. */
record CacheFiles(Path root) implements AutoCloseable {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  /** A directory of its own for a test; below {@code fallback} where there is no tmpfs. */
  static CacheFiles create(Path fallback) throws IOException {
    Path parent = Files.isDirectory(SHARED_MEMORY) ? SHARED_MEMORY : fallback;
    return new CacheFiles(Files.createTempDirectory(parent, "raftwood-it-"));
  }

  /** {@code spec} with its nodes' memory here. */
  ClusterSpec in(ClusterSpec spec) {
    return spec.with("cache.directory", "'" + root + "'")
        .with("cache.allow-disk", String.valueOf(!root.startsWith(SHARED_MEMORY)));
  }

  /** Empties the memory of {@code node}, which must not run: as a reboot does. */
  void forget(NodeFiles node) throws IOException {
    for (Path child : children()) {
      Path identity = child.resolve("identity");
      if (Files.exists(identity)
          && Files.readAllLines(identity).contains("data=" + node.data().toAbsolutePath())) {
        delete(child);
      }
    }
  }

  /** The directories of the nodes. */
  List<Path> children() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.toList();
    }
  }

  @Override
  public void close() throws IOException {
    delete(root);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
