package io.raftwood.server;

import io.raftwood.raft.RoomThresholds.Disk;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Measures the file system of a data directory, and, where a quota asks for it, what the directory
 * itself holds. May block as long as the file system does; for one thread.
 */
final class DiskMeter implements Supplier<Optional<Disk>> {
  private static final long WALK_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Path directory;
  private final File file;
  private final boolean walks;
  private final LongSupplier nanoClock;
  private boolean walked;
  private long walkedNanos;
  private long used;

  /**
   * Measures {@code directory}.
   *
   * @param walks whether the bytes used are wanted; they cost a look at every file, so they are up
   *     to two seconds old
   */
  DiskMeter(Path directory, boolean walks, LongSupplier nanoClock) {
    this.directory = directory;
    this.file = directory.toFile();
    this.walks = walks;
    this.nanoClock = nanoClock;
  }

  /** The disk now; empty when the file system does not tell. */
  @Override
  public Optional<Disk> get() {
    long total = file.getTotalSpace();
    long now = nanoClock.getAsLong();
    if (walks && (!walked || now - walkedNanos >= WALK_NANOS)) {
      used = bytesBelow(directory);
      walked = true;
      walkedNanos = now;
    }
    return total <= 0
        ? Optional.empty()
        : Optional.of(new Disk(file.getUsableSpace(), total, used));
  }

  /** Files with several names count once: snapshots share most of theirs with the tablet. */
  private static long bytesBelow(Path directory) {
    Sizes sizes = new Sizes();
    try {
      Files.walkFileTree(directory, sizes);
    } catch (IOException e) {
      // Files come and go while they are counted; what was found so far stands.
    }
    return sizes.bytes;
  }

  private static final class Sizes extends SimpleFileVisitor<Path> {
    private final Set<Object> seen = new HashSet<>();
    private long bytes;

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
      Object key = attributes.fileKey();
      if (key == null || seen.add(key)) {
        bytes += attributes.size();
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException gone) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path path, IOException gone) {
      return FileVisitResult.CONTINUE;
    }
  }
}
