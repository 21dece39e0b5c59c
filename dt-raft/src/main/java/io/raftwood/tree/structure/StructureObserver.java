package io.raftwood.tree.structure;

/**
 * Hears of changes of structure as they are applied, for counters; it must change nothing and be
 * fast. Called on apply threads, and again when entries are replayed after a restart.
 */
public interface StructureObserver {
  /** A node of {@code level} (0 = leaf) was cut in two. */
  void split(int level);

  /** Two nodes of {@code level} became one. */
  void merged(int level);
}
