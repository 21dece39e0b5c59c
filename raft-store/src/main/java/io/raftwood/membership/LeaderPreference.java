package io.raftwood.membership;

import io.raftwood.raft.PeerId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * When a group's leadership goes to its first voter: when that one has been up and caught up, under
 * one and the same other leader and in the wanted configuration, for {@link #CALM}; after each
 * attempt that long again and twice as long, up to {@link #CALM_MAX}, until the first voter has led
 * for {@link #TRUST}. So a first voter that cannot keep leadership does not make it go to and fro.
 * For one thread.
 */
public final class LeaderPreference {
  /** How long everything must have been as it is before the first attempt. */
  static final Duration CALM = Duration.ofSeconds(5);

  /** The longest wait between two attempts. */
  static final Duration CALM_MAX = Duration.ofMinutes(5);

  /** Having led for so long, the first voter gets leadership back after {@link #CALM} again. */
  static final Duration TRUST = Duration.ofMinutes(1);

  private static final long LAG = 1_000;

  private final LongSupplier nanoClock;
  private final Map<String, Watch> watches = new HashMap<>();

  /** Measures time with {@code nanoClock}, monotonic nanoseconds. */
  public LeaderPreference(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /**
   * What is seen of a group.
   *
   * @param leader its leader
   * @param preferred its first voter
   * @param ready whether that one could lead now
   */
  private record Sight(PeerId leader, PeerId preferred, boolean ready) {}

  /**
   * A sight that lasts.
   *
   * @param since when it began
   * @param attempts how often leadership was asked for
   */
  private record Watch(Sight sight, long since, int attempts) {}

  /** The transfer that is due in {@code group}, if any; to be called at each tick. */
  Optional<MembershipStep> next(String group, GroupPlacement wanted, GroupObservation seen) {
    if (wanted.voters().isEmpty()) {
      return Optional.empty();
    }
    long now = nanoClock.getAsLong();
    PeerId preferred = wanted.voters().get(0);
    boolean ready = wanted.sameAs(seen.actual()) && seen.caughtUp(preferred, LAG);
    Watch watch = watch(group, new Sight(seen.leader(), preferred, ready), now);
    Duration lasted = Duration.ofNanos(now - watch.since());
    if (preferred.equals(seen.leader())) {
      if (lasted.compareTo(TRUST) >= 0) {
        watches.put(group, new Watch(watch.sight(), watch.since(), 0));
      }
      return Optional.empty();
    }
    if (!ready || lasted.compareTo(calm(watch.attempts())) < 0) {
      return Optional.empty();
    }
    watches.put(group, new Watch(watch.sight(), now, watch.attempts() + 1));
    return Optional.of(new MembershipStep.TransferLeadership(preferred));
  }

  private Watch watch(String group, Sight sight, long now) {
    Watch before = watches.get(group);
    if (before != null && before.sight().equals(sight)) {
      return before;
    }
    boolean sameWish = before != null && before.sight().preferred().equals(sight.preferred());
    Watch begun = new Watch(sight, now, sameWish ? before.attempts() : 0);
    watches.put(group, begun);
    return begun;
  }

  private static Duration calm(int attempts) {
    Duration wait = CALM;
    for (int i = 0; i < attempts && wait.compareTo(CALM_MAX) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(CALM_MAX) < 0 ? wait : CALM_MAX;
  }

  /** Somebody else watches now. */
  void forget() {
    watches.clear();
  }
}
