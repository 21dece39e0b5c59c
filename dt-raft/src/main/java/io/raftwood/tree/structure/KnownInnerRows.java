package io.raftwood.tree.structure;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Inner nodes that were read before, so that the way to a leaf need not read them again. A tree's
 * number and {@link TreePlace#structure} together name one and the same set of inner nodes on every
 * replica and for ever, so what is kept under them cannot be out of date. Thread-safe; bounded.
 */
public final class KnownInnerRows {
  private static final int TREES_MAX = 64;
  private static final long BYTES_PER_TREE_MAX = 1 << 20;

  private final ConcurrentHashMap<Long, OfTree> trees = new ConcurrentHashMap<>();

  /** Those of one tree in one structure. */
  static final class OfTree {
    private final long structure;
    private final ConcurrentHashMap<Long, InnerRow> rows = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();

    private OfTree(long structure) {
      this.structure = structure;
    }

    Optional<InnerRow> find(long node) {
      return Optional.ofNullable(rows.get(node));
    }

    void keep(long node, InnerRow row) {
      int length = row.encode().length();
      if (bytes.get() + length <= BYTES_PER_TREE_MAX && rows.putIfAbsent(node, row) == null) {
        bytes.addAndGet(length);
      }
    }
  }

  /** Those of the tree at {@code place}; for a moment that is past, an empty set of its own. */
  OfTree of(TreePlace place) {
    OfTree known = trees.get(place.tree());
    if (known != null && known.structure == place.structure()) {
      return known;
    }
    OfTree fresh = new OfTree(place.structure());
    if (known == null || known.structure < place.structure()) {
      if (trees.size() >= TREES_MAX) {
        trees.clear();
      }
      trees.put(place.tree(), fresh);
    }
    return fresh;
  }
}
