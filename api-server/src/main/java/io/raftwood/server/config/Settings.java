package io.raftwood.server.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The table of all settings: the single source for the loader, the records' checks, {@code config
 * print}, {@code docs/configuration.md} and the tests of the defaults. Its rows stand in a class
 * for each section of the configuration file.
 */
public final class Settings {
  private static final List<Setting<?>> ALL =
      Stream.of(
              NodeSection.ALL,
              HttpSection.ALL,
              RaftSection.ALL,
              StorageSection.ALL,
              DiskSection.ALL,
              ClusterSection.ALL,
              CacheSection.ALL,
              HustdbSection.ALL,
              AuthSection.ALL,
              DtSection.ALL,
              LogSection.ALL)
          .<Setting<?>>flatMap(List::stream)
          .toList();

  private Settings() {}

  /** All settings, in the order of the documentation. */
  public static List<Setting<?>> all() {
    return ALL;
  }

  /** The setting called {@code key}. */
  public static Optional<Setting<?>> find(String key) {
    for (Setting<?> setting : ALL) {
      if (setting.key().equals(key)) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }
}
