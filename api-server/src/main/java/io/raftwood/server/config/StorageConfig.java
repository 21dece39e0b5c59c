package io.raftwood.server.config;

import java.time.Duration;

/**
 * What all tablets of the node share.
 *
 * @param blockCache cache of read blocks, in bytes
 * @param writeBuffer memory of unflushed writes of all tablets together, in bytes
 * @param memtable size at which one tablet's memtable is flushed, in bytes
 * @param backgroundThreads threads that flush and compact
 * @param flushInterval longest time that a write stays in memory only
 */
public record StorageConfig(
    long blockCache,
    long writeBuffer,
    long memtable,
    int backgroundThreads,
    Duration flushInterval) {
  /** Checks the ranges of {@link Settings} and that a memtable fits into the write buffer. */
  public StorageConfig {
    StorageSection.BLOCK_CACHE.require(blockCache);
    StorageSection.WRITE_BUFFER.require(writeBuffer);
    StorageSection.MEMTABLE.require(memtable);
    StorageSection.BACKGROUND_THREADS.require(backgroundThreads);
    StorageSection.FLUSH_INTERVAL.require(flushInterval);
    if (memtable > writeBuffer) {
      throw new ConfigException(
          "storage.memtable: '"
              + Units.formatBytes(memtable)
              + "' is above storage.write-buffer, "
              + Units.formatBytes(writeBuffer));
    }
  }
}
