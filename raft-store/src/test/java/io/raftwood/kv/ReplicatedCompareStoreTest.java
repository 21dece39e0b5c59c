package io.raftwood.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvResult.Observed;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ReplicatedCompareStoreTest {
  private static final RecordId KEY = RecordId.key(Bytes.utf8("k"));
  private static final KvResult NOTHING = new KvResult.Absent();

  private final Script replicas = new Script();
  private final List<String> told = new ArrayList<>();
  private final CompareStore store =
      new ReplicatedCompareStore(
          replicas,
          new DivergenceListener() {
            @Override
            public void agreed(String group, RecordId id) {
              told.add("agreed " + group);
            }

            @Override
            public void diverged(RecordId id, Comparison.Diverged found) {
              told.add("diverged " + found.group());
            }
          });

  @Test
  void asksTheFirstAtAReadIndexAndTheSecondAsItStands() {
    replicas.answers("n1", at(9, 9, found(1, 5, "a")));
    replicas.answers("n2", at(10, 10, found(1, 5, "a")));
    assertThat(compare()).isEqualTo(new Comparison.Agreed(found(1, 5, "a"), 10));
    assertThat(replicas.asked).containsExactly("n1 LINEARIZABLE", "n2 LOCAL");
    assertThat(told).containsExactly("agreed data-0");
  }

  @Test
  void waitsForASecondThatHasNotReachedTheReadIndex() {
    replicas.answers("n1", at(9, 9, found(2, 9, "b")));
    replicas.answers("n2", at(7, 7, found(1, 5, "a")), at(9, 9, found(2, 9, "b")));
    assertThat(compare()).isEqualTo(new Comparison.Agreed(found(2, 9, "b"), 9));
    assertThat(replicas.asked).containsExactly("n1 LINEARIZABLE", "n2 LOCAL", "n2 LINEARIZABLE");
  }

  @Test
  void readsTheOneThatIsBehindAgain() {
    replicas.answers("n1", at(9, 9, found(2, 9, "b")), at(11, 11, found(3, 11, "c")));
    replicas.answers("n2", at(11, 11, found(3, 11, "c")));
    assertThat(compare()).isEqualTo(new Comparison.Agreed(found(3, 11, "c"), 11));
    assertThat(replicas.asked).containsExactly("n1 LINEARIZABLE", "n2 LOCAL", "n1 LINEARIZABLE");
    assertThat(told).containsExactly("agreed data-0");
  }

  @Test
  void answersFromTheNewerOfARecordThatIsWrittenWithoutPause() {
    replicas.answers("n1", at(9, 9, found(9, 9, "9")), at(14, 14, found(14, 14, "14")));
    replicas.answers("n2", at(12, 12, found(12, 12, "12")), at(16, 16, found(16, 16, "16")));
    replicas.answers("n1", at(18, 18, found(18, 18, "18")));
    assertThat(compare()).isEqualTo(new Comparison.Agreed(found(18, 18, "18"), 18));
    assertThat(told).isEmpty();
  }

  @Test
  void aDeletedRecordIsAnsweredAsAbsent() {
    replicas.answers("n1", at(9, 9, found(1, 5, "a")), at(12, 12, NOTHING));
    replicas.answers("n2", at(12, 12, NOTHING));
    assertThat(compare()).isEqualTo(new Comparison.Agreed(NOTHING, 12));
  }

  @Test
  void aDivergenceIsToldWithBothCopies() {
    replicas.answers("n1", at(9, 9, found(1, 5, "a")));
    replicas.answers("n2", at(9, 9, found(1, 5, "b")));
    assertThat(compare())
        .isEqualTo(
            new Comparison.Diverged(
                "data-0",
                new Comparison.Copy("n1", at(9, 9, found(1, 5, "a"))),
                new Comparison.Copy("n2", at(9, 9, found(1, 5, "b")))));
    assertThat(told).containsExactly("diverged data-0");
  }

  @Test
  void anotherReplicaStandsInForOneThatDoesNotAnswer() {
    replicas.answers("n2", at(9, 9, found(1, 5, "a")));
    replicas.answers("n3", at(9, 9, found(1, 5, "a")));
    assertThat(compare()).isEqualTo(new Comparison.Agreed(found(1, 5, "a"), 9));
    assertThat(replicas.asked).containsExactly("n1 LINEARIZABLE", "n2 LINEARIZABLE", "n3 LOCAL");
  }

  @Test
  void aReplicaThatStopsAnsweringInBetweenLeavesTheNewerCopy() {
    replicas.answers("n1", at(9, 9, found(1, 5, "a")));
    replicas.answers("n2", at(12, 12, found(2, 10, "b")));
    assertThat(compare()).isEqualTo(new Comparison.Agreed(found(2, 10, "b"), 12));
    assertThat(told).isEmpty();
  }

  @Test
  void triesAgainUntilTwoReplicasAnswer() {
    replicas.refusals = 4;
    replicas.always("n1", at(9, 9, found(1, 5, "a")));
    replicas.always("n2", at(9, 9, found(1, 5, "a")));
    assertThat(compare()).isEqualTo(new Comparison.Agreed(found(1, 5, "a"), 9));
    assertThat(replicas.asked).hasSizeGreaterThan(4);
  }

  @Test
  void oneReplicaAloneIsNotEnough() {
    replicas.always("n3", at(9, 9, found(1, 5, "a")));
    assertUnavailable("no two replicas answer");
    assertThat(told).isEmpty();
  }

  @Test
  void aGroupOfOneReplicaHasNothingToDiffer() {
    replicas.hosts = List.of("n1");
    replicas.answers("n1", at(9, 9, found(1, 5, "a")));
    assertThat(compare()).isEqualTo(new Comparison.Agreed(found(1, 5, "a"), 9));
  }

  @Test
  void withoutAClusterMapThereIsNoAnswer() {
    replicas.hosts = List.of();
    assertUnavailable("does not know the cluster map");
  }

  private void assertUnavailable(String why) {
    CompletionException failure = catchThrowableOfType(CompletionException.class, () -> compare());
    assertThat(failure.getCause())
        .isInstanceOf(GroupUnavailableException.class)
        .hasMessageContaining(why);
  }

  private Comparison compare() {
    RequestOptions options =
        new RequestOptions(
            ReadConsistency.LEASE,
            false,
            Deadline.after(Duration.ofMillis(400)),
            Optional.empty(),
            Runnable::run);
    return store.compare(KEY, options).join();
  }

  private static Observed at(long index, long revision, KvResult record) {
    return new Observed(index, revision, record);
  }

  private static KvResult found(long version, long modRevision, String value) {
    return new KvResult.Found(version, modRevision, Bytes.utf8(value));
  }

  /** One group whose replicas answer what they were told to, one after another, and then not. */
  private static final class Script implements KvGroups {
    private final Map<String, Deque<Observed>> answers = new HashMap<>();
    private final Map<String, Observed> standing = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private List<String> hosts = List.of("n1", "n2", "n3");
    private int refusals;

    void answers(String node, Observed... observed) {
      answers.computeIfAbsent(node, name -> new ArrayDeque<>()).addAll(List.of(observed));
    }

    void always(String node, Observed observed) {
      standing.put(node, observed);
    }

    @Override
    public List<Group> groups() {
      return hosts.isEmpty() ? List.of() : List.of(new Group("data-0", SlotRange.ALL, hosts));
    }

    @Override
    public List<String> nodes() {
      return hosts;
    }

    @Override
    public CompletableFuture<Replicated<KvResult>> query(
        String group, KvQuery query, RequestOptions options) {
      throw new AssertionError("a replica is to be asked, not the group");
    }

    @Override
    public CompletableFuture<Replicated<KvResult>> queryReplica(
        String node, String group, KvQuery query, RequestOptions options) {
      assertThat(query).isEqualTo(new KvQuery.Observe(KEY));
      asked.add(node + " " + options.consistency());
      Deque<Observed> next = answers.getOrDefault(node, new ArrayDeque<>());
      Optional<Observed> answer =
          Optional.ofNullable(next.poll()).or(() -> Optional.ofNullable(standing.get(node)));
      return answer
          .filter(one -> refusals-- <= 0)
          .map(one -> new Replicated<KvResult>(one, one.index(), false))
          .map(CompletableFuture::completedFuture)
          .orElseGet(
              () -> CompletableFuture.failedFuture(new GroupUnavailableException(node + ": down")));
    }
  }
}
