package io.raftwood.bench.compare;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** How long the disk takes to make a small append durable: the floor of a durable write. */
final class DiskSync {
  private static final int SYNCS = 300;
  private static final int BYTES = 512;

  private DiskSync() {}

  /** Microseconds of an append with {@code fdatasync} in {@code directory}, on the average. */
  static double micros(Path directory) throws IOException {
    Path file = directory.resolve("sync");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES);
      long start = System.nanoTime();
      for (int i = 0; i < SYNCS; i++) {
        bytes.clear();
        channel.write(bytes);
        channel.force(false);
      }
      return (System.nanoTime() - start) / 1000.0 / SYNCS;
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
