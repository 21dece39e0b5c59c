package io.raftwood.server.http;

/**
 * How hustdb's requests are read and answered.
 *
 * @param strict whether to follow the original also where it is questionable; the differences are
 *     the outcome table's {@code strict} rows and the lenient readings of {@link RequestParameters}
 * @param decodeVal whether {@code val} in the query is percent-decoded; the original stores it raw
 * @param staleFallback whether a plain read may be answered by any replica, marked {@code Stale:
 *     true}, when no leader answers in time
 */
public record HustdbDialect(boolean strict, boolean decodeVal, boolean staleFallback) {
  /** Default mode, raw {@code val}, stale fallback. */
  public static final HustdbDialect DEFAULT = new HustdbDialect(false, false, true);

  /** Strict mode, raw {@code val}, stale fallback. */
  public static final HustdbDialect STRICT = new HustdbDialect(true, false, true);
}
