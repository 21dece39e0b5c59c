package io.raftwood.kv;

import static io.raftwood.kv.CompareVerdict.AGREED;
import static io.raftwood.kv.CompareVerdict.DIVERGED;
import static io.raftwood.kv.CompareVerdict.FIRST_BEHIND;
import static io.raftwood.kv.CompareVerdict.SECOND_BEHIND;
import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvResult.Observed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** An observation is written as index, revision and what is there. */
class CompareVerdictTest {
  private static final KvResult NOTHING = new KvResult.Absent();

  @Test
  void statesOfOneIndexAreEqualOrOneReplicaIsWrong() {
    assertThat(verdict(at(9, 9, found(1, 5, "a")), at(9, 9, found(1, 5, "a")))).isEqualTo(AGREED);
    assertThat(verdict(at(9, 9, NOTHING), at(9, 9, NOTHING))).isEqualTo(AGREED);
    for (KvResult other :
        List.of(found(1, 5, "b"), found(2, 5, "a"), found(1, 6, "a"), found(1, 4, "a"), NOTHING)) {
      assertThat(verdict(at(9, 9, found(1, 5, "a")), at(9, 9, other))).isEqualTo(DIVERGED);
    }
  }

  @Test
  void aTableOfAnotherKindIsNoRecordEither() {
    assertThat(verdict(at(9, 9, NOTHING), at(9, 9, new KvResult.WrongKind()))).isEqualTo(AGREED);
  }

  @Test
  void oneWriteSeenAtTwoIndexesIsTheSameBytesOrOneReplicaIsWrong() {
    assertThat(verdict(at(9, 9, found(1, 5, "a")), at(12, 12, found(1, 5, "a")))).isEqualTo(AGREED);
    assertThat(verdict(at(9, 9, found(1, 5, "a")), at(12, 12, found(1, 5, "b"))))
        .isEqualTo(DIVERGED);
    assertThat(verdict(at(9, 9, found(1, 5, "a")), at(12, 12, found(2, 5, "a"))))
        .isEqualTo(DIVERGED);
  }

  @Test
  void aWriteThatTheEarlierStateCannotKnowLeavesItBehind() {
    assertThat(verdict(at(9, 9, found(1, 5, "a")), at(12, 12, found(2, 10, "b"))))
        .isEqualTo(FIRST_BEHIND);
    assertThat(verdict(at(9, 9, NOTHING), at(12, 12, found(1, 10, "b")))).isEqualTo(FIRST_BEHIND);
  }

  @Test
  void aWriteThatTheEarlierStateMustKnowAndDoesNotShowIsADivergence() {
    assertThat(verdict(at(9, 9, found(1, 5, "a")), at(12, 12, found(2, 9, "b"))))
        .isEqualTo(DIVERGED);
    assertThat(verdict(at(9, 9, NOTHING), at(12, 12, found(1, 9, "b")))).isEqualTo(DIVERGED);
  }

  @Test
  void aLaterStateThatShowsAnOlderWriteIsADivergence() {
    assertThat(verdict(at(9, 9, found(3, 8, "a")), at(12, 12, found(2, 5, "b"))))
        .isEqualTo(DIVERGED);
    assertThat(verdict(at(9, 9, found(3, 11, "a")), at(12, 12, found(2, 10, "b"))))
        .isEqualTo(DIVERGED);
  }

  @Test
  void aRecordThatIsGoneInTheLaterStateMayHaveBeenDeletedBetween() {
    assertThat(verdict(at(9, 9, found(1, 5, "a")), at(12, 12, NOTHING))).isEqualTo(FIRST_BEHIND);
    assertThat(verdict(at(9, 9, NOTHING), at(12, 12, NOTHING))).isEqualTo(AGREED);
  }

  /** Barriers and results by idempotency key move the index and not the revision. */
  @Test
  void revisionsNeedNotGrowWithTheIndex() {
    assertThat(verdict(at(9, 5, found(1, 5, "a")), at(12, 5, found(1, 5, "a")))).isEqualTo(AGREED);
    assertThat(verdict(at(9, 5, found(1, 5, "a")), at(12, 6, found(2, 6, "b"))))
        .isEqualTo(FIRST_BEHIND);
  }

  @Test
  void noTwoStatesOfOneHistoryDivergeAndEveryTamperingOfOneIndexDoes() {
    for (long seed = 1; seed <= 40; seed++) {
      List<Observed> states = history(new SplittableRandom(seed));
      for (Observed one : states) {
        fits(seed, one, states);
        assertThat(verdict(one, at(one.index(), one.revision(), found(9, 1, "x"))))
            .as("seed %d", seed)
            .isEqualTo(DIVERGED);
      }
    }
  }

  private static void fits(long seed, Observed one, List<Observed> states) {
    for (Observed other : states) {
      CompareVerdict verdict = CompareVerdict.of(one, other);
      boolean equal = one.found().equals(other.found());
      assertThat(verdict).as("seed %d: %s, %s", seed, one, other).isNotEqualTo(DIVERGED);
      assertThat(verdict == AGREED).as("seed %d: %s, %s", seed, one, other).isEqualTo(equal);
    }
  }

  /** The record's state after each entry of a log in which it is written, deleted or left alone. */
  private static List<Observed> history(SplittableRandom random) {
    List<Observed> states = new ArrayList<>();
    KvResult record = NOTHING;
    long revision = 1;
    long version = 0;
    for (long index = 2; index < 40; index++) {
      for (int left = random.nextInt(3); left > 0; left--) {
        revision++;
        int what = random.nextInt(4);
        if (what == 0) {
          record = NOTHING;
          version = 0;
        } else if (what == 1) {
          version++;
          record = found(version, revision, "v" + random.nextInt(2));
        }
      }
      states.add(at(index, revision, record));
    }
    return states;
  }

  /** The verdict, which must be the mirror image when the two change places. */
  private static CompareVerdict verdict(Observed first, Observed second) {
    CompareVerdict verdict = CompareVerdict.of(first, second);
    CompareVerdict mirrored =
        verdict == FIRST_BEHIND ? SECOND_BEHIND : verdict == SECOND_BEHIND ? FIRST_BEHIND : verdict;
    assertThat(CompareVerdict.of(second, first)).isEqualTo(mirrored);
    return verdict;
  }

  private static Observed at(long index, long revision, KvResult record) {
    return new Observed(index, revision, record);
  }

  private static KvResult found(long version, long modRevision, String value) {
    return new KvResult.Found(version, modRevision, Bytes.utf8(value));
  }
}
