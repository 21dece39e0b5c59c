package io.raftwood.server.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the key that a mistyped one was meant to be. */
final class KeySuggestion {
  private static final int DISTANCE_MAX = 3;

  private KeySuggestion() {}

  /** {@code "; did you mean 'x'?"}, or nothing when no known key is near. */
  static String forKey(String unknown, Collection<String> known) {
    String wanted = unknown.toLowerCase(Locale.ROOT).replace('_', '-');
    List<String> near = new ArrayList<>();
    for (String key : known) {
      boolean sameLeaf = leaf(key).equals(leaf(wanted));
      if (sameLeaf || distance(wanted, key) <= Math.min(DISTANCE_MAX, key.length() / 2)) {
        near.add(key);
      }
    }
    return near.stream()
        .min(Comparator.comparingInt(key -> distance(wanted, key)))
        .map(key -> "; did you mean '" + key + "'?")
        .orElse("");
  }

  private static String leaf(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  /** Insertions, deletions, replacements and swaps of neighbours that turn {@code a} into b. */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      cost[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      cost[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        cost[i][j] = step(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int step(int[][] cost, String a, String b, int i, int j) {
    int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
