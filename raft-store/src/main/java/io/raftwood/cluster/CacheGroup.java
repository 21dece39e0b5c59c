package io.raftwood.cluster;

import java.util.List;

/**
 * The life of one cache group. Each epoch is a Raft group of its own, which begins empty.
 *
 * @param base the name without epoch
 * @param epoch counts from 1; 0 = none has begun
 * @param founders who voted when the epoch began
 * @param seated who votes, as far as the meta group knows: the last configuration of which it was
 *     told that it is in force
 * @param next who may vote besides: a configuration that was asked for and may be in force, or on
 *     the way; empty = none
 */
public record CacheGroup(
    String base,
    long epoch,
    List<CacheSeat> founders,
    List<CacheSeat> seated,
    List<CacheSeat> next) {
  private static final String EPOCH = "-e";

  /** Copies the lists. */
  public CacheGroup {
    founders = List.copyOf(founders);
    seated = List.copyOf(seated);
    next = List.copyOf(next);
  }

  /** A group that has not begun. */
  public static CacheGroup unborn(String base) {
    return new CacheGroup(base, 0, List.of(), List.of(), List.of());
  }

  /** The name of the present epoch's Raft group. */
  public String name() {
    return epoch == 0 ? base : base + EPOCH + epoch;
  }

  /**
   * Whether {@code name} is that of an epoch of this group before the present one. A later one is
   * not: the map may be an old one.
   */
  public boolean hasLeftBehind(String name) {
    String prefix = base + EPOCH;
    if (!name.startsWith(prefix)) {
      return false;
    }
    String number = name.substring(prefix.length());
    return number.matches("[1-9][0-9]{0,17}") && Long.parseLong(number) < epoch;
  }

  /** The next epoch, founded by {@code seats}. */
  CacheGroup begun(List<CacheSeat> seats) {
    return new CacheGroup(base, epoch + 1, seats, seats, List.of());
  }

  CacheGroup asked(List<CacheSeat> voters) {
    return new CacheGroup(base, epoch, founders, seated, voters);
  }

  CacheGroup settled(List<CacheSeat> voters) {
    return new CacheGroup(base, epoch, founders, voters, List.of());
  }
}
