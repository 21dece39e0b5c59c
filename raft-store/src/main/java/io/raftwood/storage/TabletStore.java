package io.raftwood.storage;

import java.nio.file.Path;
import java.util.List;

/**
 * All tablets of a node. Thread-safe; at most one tablet of a group is open at a time, except
 * between {@link #install} and the closing of the generation that it replaces.
 */
public interface TabletStore extends AutoCloseable {
  /**
   * Opens the group's newest complete generation, or creates generation 0. Incomplete generations
   * (left by a crash during {@link #install}) and superseded ones are deleted first.
   *
   * @throws StorageException when the store cannot be opened; a fault
   */
  Tablet open(String group);

  /**
   * Places the content of {@code checkpoint} (a directory written by {@link Tablet#checkpoint},
   * here or on another node) as the group's next generation, opens and returns it. The files are
   * linked or copied; {@code checkpoint} itself is left as it is. A crash at any step leaves the
   * old or the new generation, whole. The caller closes the old tablet and then calls {@link
   * #deleteSuperseded}.
   */
  Tablet install(String group, Path checkpoint);

  /** Deletes the directories of all generations of {@code group} but the newest complete one. */
  void deleteSuperseded(String group);

  /** Deletes everything of {@code group}; its tablet must be closed. */
  void destroy(String group);

  /** The groups that have a complete generation on disk, sorted. */
  List<String> groups();

  /** Closes what is shared by the tablets; the tablets must be closed before. */
  @Override
  void close();
}
