package io.raftwood.bench.torture.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds out what disks this machine can give. */
public final class DiskLayer {
  private DiskLayer() {}

  /** What disks are wanted. */
  public enum Choice {
    /** Loop mounts if a fault needs them and they can be had, else directories. */
    AUTO,
    /** Loop mounts or nothing. */
    LOOP,
    /** Directories. */
    DIRECTORIES
  }

  /**
   * Makes disks for a new cluster.
   *
   * @param base where they, or their images, lie
   * @param wanted whether any fault needs more than directories
   * @throws IOException if what is wanted cannot be had
   */
  public static Disks open(Choice choice, boolean wanted, int nodes, Path base) throws IOException {
    if (choice == Choice.DIRECTORIES) {
      return new OrdinaryDisks(base, "directories were asked for");
    }
    if (choice == Choice.AUTO && !wanted) {
      return new OrdinaryDisks(base, "no fault needs more");
    }
    Optional<String> limitation = LoopDisks.limitationHere();
    if (limitation.isPresent() && choice == Choice.LOOP) {
      throw new IOException(limitation.get());
    }
    if (limitation.isPresent()) {
      return new OrdinaryDisks(base, limitation.get());
    }
    try {
      return LoopDisks.open(nodes, base);
    } catch (IOException e) {
      if (choice == Choice.LOOP) {
        throw e;
      }
      return new OrdinaryDisks(base, "no loop mounts: " + e.getMessage());
    }
  }
}
