package io.raftwood.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.raft.PeerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeaderPreferenceTest {
  private static final PeerId ONE = new PeerId("h", 1, 0);
  private static final PeerId TWO = new PeerId("h", 2, 0);
  private static final PeerId THREE = new PeerId("h", 3, 0);
  private static final GroupPlacement WANTED =
      new GroupPlacement(List.of(ONE, TWO, THREE), List.of());
  private static final GroupObservation TWO_LEADS = seen(WANTED, TWO, 5000);
  private static final GroupObservation ONE_LEADS = seen(WANTED, ONE, 5000);

  private long nanos = 77;
  private final LeaderPreference preference = new LeaderPreference(() -> nanos);

  @Test
  void leadershipGoesToTheFirstVoterAfterFiveCalmSeconds() {
    assertThat(secondsUntilTransfer(TWO_LEADS, 20)).isEqualTo(5);
  }

  @Test
  void theFirstVoterKeepsLeadership() {
    assertThat(secondsUntilTransfer(ONE_LEADS, 500)).isEqualTo(-1);
  }

  @Test
  void aChangeBeginsTheWaitAnew() {
    assertThat(secondsUntilTransfer(TWO_LEADS, 4)).isEqualTo(-1);
    assertThat(secondsUntilTransfer(seen(WANTED, THREE, 5000), 4)).isEqualTo(-1);
    assertThat(secondsUntilTransfer(TWO_LEADS, 20)).isEqualTo(5);
  }

  @Test
  void aFirstVoterThatIsDownOrBehindIsNotAsked() {
    assertThat(secondsUntilTransfer(seen(WANTED, TWO, 3999), 100)).isEqualTo(-1);
    GroupObservation down =
        new GroupObservation(WANTED, TWO, 5000, Map.of(TWO, 5000L, THREE, 5000L));
    assertThat(secondsUntilTransfer(down, 100)).isEqualTo(-1);
    assertThat(secondsUntilTransfer(seen(WANTED, TWO, 4000), 20)).isEqualTo(5);
  }

  @Test
  void nothingMovesWhileTheConfigurationIsNotAsWanted() {
    GroupPlacement less = new GroupPlacement(List.of(ONE, TWO), List.of());
    assertThat(secondsUntilTransfer(seen(less, TWO, 5000), 100)).isEqualTo(-1);
  }

  @Test
  void attemptsThatDoNotLastComeEverMoreRarely() {
    int[] waits = {5, 10, 20, 40, 80, 160, 300, 300};
    for (int wait : waits) {
      assertThat(secondsUntilTransfer(TWO_LEADS, 400)).isEqualTo(wait);
      assertThat(secondsUntilTransfer(ONE_LEADS, 2)).isEqualTo(-1);
    }
    assertThat(secondsUntilTransfer(ONE_LEADS, 61)).isEqualTo(-1);
    assertThat(secondsUntilTransfer(TWO_LEADS, 400)).isEqualTo(5);
  }

  @Test
  void anotherWishStartsAfresh() {
    secondsUntilTransfer(TWO_LEADS, 400);
    secondsUntilTransfer(TWO_LEADS, 400);
    GroupPlacement swapped = new GroupPlacement(List.of(THREE, TWO, ONE), List.of());
    assertThat(secondsUntilTransfer(swapped, seen(swapped, TWO, 5000), 400)).isEqualTo(5);
  }

  @Test
  void whatWasSeenBeforeAPauseDoesNotCount() {
    assertThat(secondsUntilTransfer(TWO_LEADS, 4)).isEqualTo(-1);
    preference.forget();
    assertThat(secondsUntilTransfer(TWO_LEADS, 20)).isEqualTo(5);
  }

  private static GroupObservation seen(GroupPlacement actual, PeerId leader, long firstApplied) {
    return new GroupObservation(
        actual, leader, 5000, Map.of(ONE, firstApplied, TWO, 5000L, THREE, 5000L));
  }

  private int secondsUntilTransfer(GroupObservation seen, int limit) {
    return secondsUntilTransfer(WANTED, seen, limit);
  }

  /** Looks once a second; -1 = not within {@code limit}. */
  private int secondsUntilTransfer(GroupPlacement wanted, GroupObservation seen, int limit) {
    for (int second = 0; second <= limit; second++) {
      Optional<MembershipStep> step = preference.next("data-0", wanted, seen);
      if (step.isPresent()) {
        assertThat(step).contains(new MembershipStep.TransferLeadership(wanted.voters().get(0)));
        return second;
      }
      if (second < limit) {
        nanos += Duration.ofSeconds(1).toNanos();
      }
    }
    return -1;
  }
}
