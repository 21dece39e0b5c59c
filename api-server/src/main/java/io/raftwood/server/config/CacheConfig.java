package io.raftwood.server.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * This node's part in the cache.
 *
 * @param enabled whether it takes part
 * @param directory below which it keeps the cache, in memory; empty = a directory of this user's
 *     below {@code /dev/shm}
 * @param allowDisk whether the directory may be on a disk after all
 * @param maxBytes the byte budget of a cache group, set by the node that leads it
 */
public record CacheConfig(
    boolean enabled, Optional<Path> directory, boolean allowDisk, long maxBytes) {
  /** Checks the ranges of {@link Settings}. */
  public CacheConfig {
    CacheSection.DIRECTORY.require(directory);
    CacheSection.MAX_BYTES.require(maxBytes);
  }
}
