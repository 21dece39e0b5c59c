package io.raftwood.bench.load;

import java.util.Locale;

/**
 * Which operations, and how often.
 *
 * @param first what {@code percent} of the requests do
 * @param second what the others do
 * @param percent 0..100
 */
record LoadMix(LoadOperation first, LoadOperation second, int percent) {
  /** Puts and gets. */
  static LoadMix records(int putPercent) {
    return new LoadMix(LoadOperation.PUT, LoadOperation.GET, putPercent);
  }

  /** One operation alone. */
  static LoadMix only(LoadOperation operation) {
    return new LoadMix(operation, operation, 100);
  }

  /** The operation for a number of 0..99 that was drawn. */
  LoadOperation operation(int drawn) {
    return drawn < percent ? first : second;
  }

  /** Whether it works on a tree. */
  boolean ofTree() {
    return first != LoadOperation.PUT;
  }

  /** Whether the keys must be there before: puts alone make theirs. */
  boolean needsKeys() {
    return ofTree() || percent < 100;
  }

  /** For people. */
  String text() {
    return ofTree() ? first.name().toLowerCase(Locale.ROOT).replace('_', '-') : percent + " % put";
  }
}
