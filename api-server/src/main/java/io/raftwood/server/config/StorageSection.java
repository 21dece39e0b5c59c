package io.raftwood.server.config;

import java.time.Duration;
import java.util.List;

/** The rows of {@link Settings} about tablets. */
public final class StorageSection {
  private static final long KIB = 1024;
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  /** See {@link StorageConfig#blockCache()}. */
  public static final Setting<Long> BLOCK_CACHE =
      new Setting<>(
          "storage.block-cache",
          SettingTypes.bytes(MIB, 1024 * GIB),
          "256MiB",
          "Cache of read blocks, shared by all tablets; outside the Java heap.");

  /** See {@link StorageConfig#writeBuffer()}. */
  public static final Setting<Long> WRITE_BUFFER =
      new Setting<>(
          "storage.write-buffer",
          SettingTypes.bytes(MIB, 64 * GIB),
          "64MiB",
          "Memory of unflushed writes of all tablets together; outside the Java heap.");

  /** See {@link StorageConfig#memtable()}. */
  public static final Setting<Long> MEMTABLE =
      new Setting<>(
          "storage.memtable",
          SettingTypes.bytes(64 * KIB, GIB),
          "16MiB",
          "Size at which one tablet's memtable is flushed; at most storage.write-buffer.");

  /** See {@link StorageConfig#backgroundThreads()}. */
  public static final Setting<Integer> BACKGROUND_THREADS =
      new Setting<>(
          "storage.background-threads",
          SettingTypes.integer(1, 64),
          "2",
          "Threads that flush and compact, shared by all tablets.");

  /** See {@link StorageConfig#flushInterval()}. */
  public static final Setting<Duration> FLUSH_INTERVAL =
      new Setting<>(
          "storage.flush-interval",
          SettingTypes.duration(Duration.ofSeconds(1), Duration.ofDays(1)),
          "30s",
          "Longest time that a write stays in memory only (the Raft log has it on disk);"
              + " bounds what a restart replays.");

  /** All of them, in the order of the documentation. */
  static final List<Setting<?>> ALL =
      List.of(BLOCK_CACHE, WRITE_BUFFER, MEMTABLE, BACKGROUND_THREADS, FLUSH_INTERVAL);

  private StorageSection() {}
}
