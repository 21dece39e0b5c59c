package io.raftwood.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The rows of {@link Settings} about the cache family. */
public final class CacheSection {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  /** See {@link CacheConfig#enabled()}. */
  public static final Setting<Boolean> ENABLED =
      new Setting<>(
          "cache.enabled",
          SettingTypes.flag(),
          "true",
          "Whether this node takes part in the cache; it forwards cache requests in any case.");

  /** See {@link CacheConfig#directory()}. */
  public static final Setting<Optional<Path>> DIRECTORY =
      new Setting<>(
          "cache.directory",
          SettingTypes.optionalPath(),
          "",
          "Directory on tmpfs or ramfs below which the cache is kept; empty = below /dev/shm, and"
              + " no part in the cache if there is none or too little room.");

  /** See {@link CacheConfig#allowDisk()}. */
  public static final Setting<Boolean> ALLOW_DISK =
      new Setting<>(
          "cache.allow-disk",
          SettingTypes.flag(),
          "false",
          "Allows a cache.directory that is not in memory: for tests, and systems without tmpfs.");

  /** See {@link CacheConfig#maxBytes()}. */
  public static final Setting<Long> MAX_BYTES =
      new Setting<>(
          "cache.max-bytes",
          SettingTypes.bytes(MIB, 64 * GIB),
          "64MiB",
          "Names and values that the cache holds, beyond which it evicts; equal on all nodes. The"
              + " directory takes up to three times as much, and 128 MiB.");

  /** All of them, in the order of the documentation. */
  static final List<Setting<?>> ALL = List.of(ENABLED, DIRECTORY, ALLOW_DISK, MAX_BYTES);

  private CacheSection() {}
}
