package io.raftwood.bench.load;

import java.util.Locale;

/**
 * Which operations, and how often.
 *
 * @param first what {@code percent} of the requests do
 * @param second what the others do
 * @param percent 0..100
 */
public record LoadMix(LoadOperation first, LoadOperation second, int percent) {
  /** Puts and gets. */
  public static LoadMix records(int putPercent) {
    return new LoadMix(LoadOperation.PUT, LoadOperation.GET, putPercent);
  }

  /** One operation alone. */
  public static LoadMix only(LoadOperation operation) {
    return new LoadMix(operation, operation, 100);
  }

  /** The operation for a number of 0..99 that was drawn. */
  LoadOperation operation(int drawn) {
    return drawn < percent ? first : second;
  }

  /** How many commands one request has. */
  int commands() {
    return first.commands();
  }

  /** Whether it works on a tree. */
  boolean ofTree() {
    return first.ofTree();
  }

  /** Whether the keys must be there before: what only writes makes its own. */
  public boolean needsKeys() {
    return ofTree() || first.preloading() != first || percent < 100;
  }

  /** What puts a key there. */
  LoadOperation preloading() {
    return first.preloading();
  }

  /** For people. */
  String text() {
    boolean records = first == LoadOperation.PUT;
    return records ? percent + " % put" : first.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
