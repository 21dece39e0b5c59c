package io.raftwood.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.raft.PeerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PlacementStepTest {
  private static final long LAG = 10;
  private static final PeerId A = peer(1, 0);
  private static final PeerId B = peer(2, 0);
  private static final PeerId C = peer(3, 0);
  private static final PeerId C1 = peer(3, 1);
  private static final PeerId D = peer(4, 0);
  private static final PeerId E = peer(5, 0);

  @Test
  void aReplacementIsAddedThenPromotedInOneChange() {
    GroupPlacement wanted = placement(List.of(A, B, C1), List.of());
    GroupPlacement actual = placement(List.of(A, B, C), List.of());
    Map<PeerId, Long> applied = new HashMap<>(Map.of(A, 100L, B, 95L));
    assertThat(next(wanted, actual, A, applied)).isEmpty();
    applied.put(C1, 0L);
    assertThat(next(wanted, actual, A, applied)).contains(new MembershipStep.AddLearner(C1));
    actual = placement(List.of(A, B, C), List.of(C1));
    assertThat(next(wanted, actual, A, applied)).isEmpty();
    applied.put(C1, 90L);
    assertThat(next(wanted, actual, A, applied))
        .contains(new MembershipStep.ChangeVoters(List.of(A, B, C1)));
    actual = placement(List.of(A, B, C1), List.of());
    assertThat(next(wanted, actual, A, applied)).isEmpty();
  }

  @Test
  void nothingIsDoneWithoutALiveMajority() {
    GroupPlacement wanted = placement(List.of(A, B, C1), List.of());
    GroupPlacement actual = placement(List.of(A, B, C), List.of(C1));
    assertThat(next(wanted, actual, A, Map.of(A, 100L, C1, 100L))).isEmpty();
  }

  @Test
  void anUnwantedLeaderHandsOverFirst() {
    GroupPlacement wanted = placement(List.of(B, C, D), List.of());
    Map<PeerId, Long> applied = Map.of(A, 100L, B, 20L, C, 100L, D, 100L);
    assertThat(next(wanted, placement(List.of(A, B, C), List.of(D)), A, applied))
        .contains(new MembershipStep.TransferLeadership(C));
    assertThat(next(wanted, placement(List.of(A, B, C), List.of(D)), C, applied))
        .contains(new MembershipStep.ChangeVoters(List.of(B, C, D)));
  }

  @Test
  void theOnlyVoterMovesToAnotherNode() {
    GroupPlacement wanted = placement(List.of(B), List.of());
    Map<PeerId, Long> applied = Map.of(A, 100L, B, 100L);
    assertThat(next(wanted, placement(List.of(A), List.of(B)), A, applied))
        .contains(new MembershipStep.ChangeVoters(List.of(A, B)));
    assertThat(next(wanted, placement(List.of(A, B), List.of()), A, applied))
        .contains(new MembershipStep.TransferLeadership(B));
    assertThat(next(wanted, placement(List.of(A, B), List.of()), B, applied))
        .contains(new MembershipStep.ChangeVoters(List.of(B)));
  }

  @Test
  void aReplacedLearnerIsReplaced() {
    GroupPlacement wanted = placement(List.of(A, B), List.of(C1));
    Map<PeerId, Long> applied = Map.of(A, 100L, B, 100L, C1, 0L);
    assertThat(next(wanted, placement(List.of(A, B), List.of(C)), A, applied))
        .contains(new MembershipStep.AddLearner(C1));
    assertThat(next(wanted, placement(List.of(A, B), List.of(C, C1)), A, applied))
        .contains(new MembershipStep.RemoveLearner(C));
  }

  /** Every configuration, wish, leader and set of live replicas over four peers. */
  @Test
  void everySmallPlacementConvergesThroughLiveMajorities() {
    List<PeerId> universe = List.of(A, B, C, C1);
    int[] cases = {0};
    forEachPlacement(
        universe,
        actual ->
            forEachPlacement(
                universe,
                wanted ->
                    forEachLive(
                        universe,
                        wanted,
                        live -> cases[0] += runAllLeaders(wanted, actual, live))));
    assertThat(cases[0]).isGreaterThan(10_000);
  }

  @Test
  void interruptedRandomPlacementsConverge() {
    List<PeerId> universe = List.of(A, B, C, C1, D, E, peer(5, 1));
    for (long seed = 1; seed <= 3_000; seed++) {
      Random random = new Random(seed);
      GroupPlacement actual = anyPlacement(universe, random);
      GroupPlacement wanted = anyPlacement(universe, random);
      Model model = new Model(actual, universe, random);
      model.live.removeIf(peer -> !hosts(wanted, peer) && random.nextBoolean());
      if (model.majorityLive()) {
        String description = "seed " + seed;
        model.run(wanted, 0.4, () -> description);
      }
    }
  }

  private static int runAllLeaders(
      GroupPlacement wanted, GroupPlacement actual, List<PeerId> live) {
    int cases = 0;
    for (PeerId leader : actual.voters()) {
      Model model = new Model(actual, live, new Random(1));
      if (model.majorityLive() && live.contains(leader)) {
        model.leader = leader;
        model.run(
            wanted, 0, () -> wanted + " from " + actual + " led by " + leader + " live " + live);
        cases++;
      }
    }
    return cases;
  }

  private static void forEachPlacement(List<PeerId> universe, Consumer<GroupPlacement> action) {
    int codes = (int) Math.pow(3, universe.size());
    for (int code = 0; code < codes; code++) {
      List<PeerId> voters = new ArrayList<>();
      List<PeerId> learners = new ArrayList<>();
      int rest = code;
      for (PeerId peer : universe) {
        if (rest % 3 == 1) {
          voters.add(peer);
        } else if (rest % 3 == 2) {
          learners.add(peer);
        }
        rest /= 3;
      }
      if (!voters.isEmpty()) {
        action.accept(placement(voters, learners));
      }
    }
  }

  /** Every set that has all wanted replicas in it. */
  private static void forEachLive(
      List<PeerId> universe, GroupPlacement wanted, Consumer<List<PeerId>> action) {
    for (int code = 0; code < 1 << universe.size(); code++) {
      List<PeerId> live = new ArrayList<>();
      for (int i = 0; i < universe.size(); i++) {
        if ((code >> i & 1) == 1) {
          live.add(universe.get(i));
        }
      }
      if (live.containsAll(wanted.voters()) && live.containsAll(wanted.learners())) {
        action.accept(live);
      }
    }
  }

  private static GroupPlacement anyPlacement(List<PeerId> universe, Random random) {
    List<PeerId> voters = new ArrayList<>();
    List<PeerId> learners = new ArrayList<>();
    for (PeerId peer : universe) {
      int kind = random.nextInt(3);
      if (kind == 1) {
        voters.add(peer);
      } else if (kind == 2) {
        learners.add(peer);
      }
    }
    if (voters.isEmpty()) {
      voters.add(universe.get(0));
      learners.remove(universe.get(0));
    }
    return placement(voters, learners);
  }

  private static boolean hosts(GroupPlacement placement, PeerId peer) {
    return placement.voters().contains(peer) || placement.learners().contains(peer);
  }

  private static Optional<MembershipStep> next(
      GroupPlacement wanted, GroupPlacement actual, PeerId leader, Map<PeerId, Long> applied) {
    return PlacementStep.next(wanted, new GroupObservation(actual, leader, 100, applied), LAG);
  }

  private static GroupPlacement placement(List<PeerId> voters, List<PeerId> learners) {
    return new GroupPlacement(voters, learners);
  }

  private static PeerId peer(int node, int index) {
    return new PeerId("10.0.0." + node, 9080, index);
  }

  /** A group that carries steps out, wholly, halfway or not at all. */
  private static final class Model implements MembershipStep.Handler<Void> {
    private final Random random;
    private final List<PeerId> live;
    private final Map<PeerId, Long> applied = new HashMap<>();
    private List<PeerId> voters;
    private final List<PeerId> learners;
    private PeerId leader;
    private double interruptions;

    Model(GroupPlacement actual, List<PeerId> live, Random random) {
      this.random = random;
      this.live = new ArrayList<>(live);
      voters = new ArrayList<>(actual.voters());
      learners = new ArrayList<>(actual.learners());
      leader = voters.get(0);
    }

    boolean majorityLive() {
      return 2 * voters.stream().filter(live::contains).count() > voters.size();
    }

    void run(GroupPlacement wanted, double share, Supplier<String> description) {
      interruptions = share;
      int idle = 0;
      for (int step = 0; step < 400 && idle < 10; step++) {
        electIfNeeded();
        GroupPlacement before = placement(voters, learners);
        Optional<MembershipStep> next = PlacementStep.next(wanted, observation(), LAG);
        next.ifPresent(taken -> taken.dispatch(this));
        assertThat(majorityLive())
            .as(() -> description.get() + ": " + next + " in " + before + " loses the majority")
            .isTrue();
        idle = next.isPresent() ? 0 : idle + 1;
        catchUp();
      }
      assertThat(placement(voters, learners).sameAs(wanted))
          .as(() -> description.get() + ": ends with " + voters + " " + learners)
          .isTrue();
      assertThat(PlacementStep.next(wanted, observation(), LAG)).as(description).isEmpty();
    }

    private GroupObservation observation() {
      Map<PeerId, Long> known = new HashMap<>();
      live.forEach(peer -> known.put(peer, applied.getOrDefault(peer, 0L)));
      return new GroupObservation(placement(voters, learners), leader, 100, known);
    }

    private void electIfNeeded() {
      boolean lost = interruptions > 0 && random.nextInt(8) == 0;
      if (lost || !voters.contains(leader) || !live.contains(leader)) {
        List<PeerId> candidates = voters.stream().filter(live::contains).toList();
        leader = candidates.get(random.nextInt(candidates.size()));
      }
    }

    /** One replica a step catches up, so that waiting is seen too. */
    private void catchUp() {
      live.stream()
          .filter(peer -> voters.contains(peer) || learners.contains(peer))
          .filter(peer -> applied.getOrDefault(peer, 0L) < 100)
          .findFirst()
          .ifPresent(peer -> applied.put(peer, 100L));
    }

    private boolean interrupted() {
      return random.nextDouble() < interruptions;
    }

    @Override
    public Void addLearner(MembershipStep.AddLearner step) {
      assertThat(voters).doesNotContain(step.peer());
      assertThat(learners).doesNotContain(step.peer());
      if (!interrupted()) {
        learners.add(step.peer());
        applied.put(step.peer(), 0L);
      }
      return null;
    }

    @Override
    public Void removeLearner(MembershipStep.RemoveLearner step) {
      assertThat(learners).contains(step.peer());
      if (!interrupted()) {
        learners.remove(step.peer());
      }
      return null;
    }

    @Override
    public Void changeVoters(MembershipStep.ChangeVoters step) {
      assertThat(step.voters()).isNotEmpty().doesNotHaveDuplicates().contains(leader);
      if (interrupted()) {
        return null;
      }
      // Promotion takes the learner away first: the place where it can be interrupted halfway.
      learners.removeAll(step.voters());
      if (!interrupted()) {
        voters = new ArrayList<>(step.voters());
      }
      return null;
    }

    @Override
    public Void transferLeadership(MembershipStep.TransferLeadership step) {
      assertThat(voters).contains(step.peer());
      assertThat(live).contains(step.peer());
      if (!interrupted()) {
        leader = step.peer();
      }
      return null;
    }
  }
}
