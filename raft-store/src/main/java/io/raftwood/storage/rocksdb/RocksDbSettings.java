package io.raftwood.storage.rocksdb;

/**
 * What all tablets of a node share of memory and threads.
 *
 * @param blockCacheBytes blocks, indexes and filters read from disk, 1 MiB or more; shared
 * @param writeBufferBytes the memtables of all tablets together; at least four times {@code
 *     memtableBytes}. When nearly spent, the tablet that writes flushes its own, however small:
 *     allow a memtable for every group, or flush idle tablets from time to time
 * @param memtableBytes one memtable, 64 KiB..1 GiB; a full one is flushed
 * @param backgroundThreads flushes and compactions that run at once, 1..64. RocksDB's thread pool
 *     belongs to the process, so the largest wish in the process counts
 */
public record RocksDbSettings(
    long blockCacheBytes, long writeBufferBytes, long memtableBytes, int backgroundThreads) {
  private static final long KIB = 1024;
  private static final long MIB = 1024 * KIB;
  private static final int MEMTABLES_MIN = 4;

  /** 256 MiB of cache, 64 MiB of memtables at 8 MiB each, 2 threads. */
  public static final RocksDbSettings DEFAULT =
      new RocksDbSettings(256 * MIB, 64 * MIB, 8 * MIB, 2);

  /** Checks the ranges. */
  public RocksDbSettings {
    check("blockCacheBytes", blockCacheBytes, MIB, Long.MAX_VALUE);
    check("memtableBytes", memtableBytes, 64 * KIB, KIB * MIB);
    check("writeBufferBytes", writeBufferBytes, MEMTABLES_MIN * memtableBytes, Long.MAX_VALUE);
    check("backgroundThreads", backgroundThreads, 1, 64);
  }

  private static void check(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " = " + value + " is not within " + min + ".." + max);
    }
  }
}
