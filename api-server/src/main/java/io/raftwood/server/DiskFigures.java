package io.raftwood.server;

import io.raftwood.admin.NodeFigures;
import java.io.File;
import java.nio.file.Path;

/** Measures the file system of a data directory. Thread-safe; a system call for each number. */
final class DiskFigures {
  private final File directory;
  private final String version = BuildVersion.text();

  /** Measures that of {@code directory}. */
  DiskFigures(Path directory) {
    this.directory = directory.toFile();
  }

  /** Version and disk as they are now. */
  NodeFigures now() {
    return new NodeFigures(version, directory.getUsableSpace(), directory.getTotalSpace());
  }
}
