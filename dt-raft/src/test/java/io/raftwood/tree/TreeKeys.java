package io.raftwood.tree;

import io.raftwood.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Keys that are hard on whoever orders or escapes them. */
final class TreeKeys {
  private static final String[] PIECES = {
    "\0", ":", "%", "+", " ", "\uFFFD", "\uD800\uDC00", "a", "b", "zz"
  };

  private TreeKeys() {}

  /** {@code count} different keys in no order. */
  static List<Bytes> random(SplittableRandom random, int count) {
    Set<Bytes> keys = new TreeSet<>();
    while (keys.size() < count) {
      StringBuilder key = new StringBuilder();
      for (int pieces = 1 + random.nextInt(4); pieces > 0; pieces--) {
        key.append(PIECES[random.nextInt(PIECES.length)]);
      }
      keys.add(Bytes.utf8(key.toString()));
    }
    return new ArrayList<>(keys);
  }
}
