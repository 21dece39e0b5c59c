package io.raftwood.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.Formation;
import io.raftwood.cluster.InitialPlacement;
import io.raftwood.fixtures.Formations;
import io.raftwood.raft.PeerId;
import io.raftwood.raft.ReplicaRemains;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Plans for what is left of five nodes: meta on all, data-0 on n1 n2 n3, data-1 on n2 n3 n4. */
class RecoveryPlannerTest {
  private static final Formation FORMATION = Formations.of(5, 2);
  private static final ClusterMap MAP = InitialPlacement.of(FORMATION);

  private final AtomicInteger ids = new AtomicInteger(1000);

  @Test
  void theLogWithTheHighestTermWinsThenTheLongest() {
    RecoveryPlan plan =
        plan(
            facts(
                3,
                log("meta", 4, 20, 1, 2, 3, 4, 5),
                log("data-0", 2, 9, 1, 2, 3),
                log("data-1", 5, 30, 2, 3, 4)),
            facts(4, log("meta", 5, 11, 1, 2, 3, 4, 5), log("data-1", 5, 31, 2, 3, 4)));

    assertThat(plan.choice("meta").orElseThrow().node()).isEqualTo("n4");
    assertThat(plan.choice("data-0").orElseThrow().node()).isEqualTo("n3");
    assertThat(plan.choice("data-1").orElseThrow())
        .isEqualTo(
            new RecoveryPlan.Choice("data-1", "n4", 5, 31, List.of("n2"), List.of("n3 at 5/30")));
    assertThat(plan.lost()).containsExactly("n1", "n2", "n5");
    assertThat(plan.phrase()).isEqualTo("lose n1 n2 n5");
    assertThat(plan.formerClusterId()).isEqualTo(FORMATION.clusterId());
    assertThat(plan.formation().members()).extracting("name").containsExactly("n3", "n4");
    assertThat(plan.formation().members())
        .as("nobody founds a group by it")
        .noneMatch(FORMATION.members()::contains);
    assertThat(RecoveryAccount.lines(plan))
        .contains(
            "given up: n1, n2, n5",
            "data-1: the log of n4, last entry 5/31 (term/index); voters dropped: n2;"
                + " other logs: n3 at 5/30");
  }

  @Test
  void amongEqualsTheFirstWinsAndIsNamedOnce() {
    RecoveryPlan plan =
        plan(
            facts(3, log("meta", 4, 20, 1, 2, 3, 4, 5), log("data-0", 1, 1, 1, 2, 3)),
            facts(4, log("meta", 4, 20, 1, 2, 3, 4, 5), log("data-1", 1, 1, 2, 3, 4)));

    assertThat(plan.choice("meta").orElseThrow().node()).isEqualTo("n3");
    assertThat(plan.choice("meta").orElseThrow().others()).containsExactly("n4 at 4/20");
  }

  @Test
  void aMajorityOfEveryGroupNeedsNoRecovery() {
    List<ReplicaRemains> all =
        List.of(
            log("meta", 1, 1, 1, 2, 3, 4, 5),
            log("data-0", 1, 1, 1, 2, 3),
            log("data-1", 1, 1, 2, 3, 4));

    assertThatThrownBy(() -> plan(facts(2, all), facts(3, all), facts(4, all)))
        .isInstanceOf(RecoveryRefusedException.class)
        .hasMessageContaining("a majority of every group is here")
        .hasMessageContaining("n2, n3, n4");
  }

  @Test
  void whileAConfigurationIsJointBothMajoritiesCount() {
    ReplicaRemains joint =
        new ReplicaRemains("data-0", 1, 1, List.of(peer(3)), List.of(peer(1), peer(2), peer(3)));

    assertThat(joint.electable(List.of(peer(3)))).isFalse();
    assertThat(joint.electable(List.of(peer(2), peer(3)))).isTrue();
  }

  @Test
  void aGroupThatNobodyHasEndsIt() {
    assertThatThrownBy(() -> plan(facts(5, log("meta", 1, 1, 1, 2, 3, 4, 5))))
        .isInstanceOf(RecoveryRefusedException.class)
        .hasMessageContaining("n5 has anything of data-0, data-1");
  }

  @Test
  void aDiskThatTheMapDoesNotListEndsIt() {
    RecoveryFacts facts = facts(3, log("meta", 1, 1, 1, 2, 3, 4, 5));
    RecoveryFacts replaced =
        new RecoveryFacts(
            "n3", Formations.incarnation(55), facts.peer(), FORMATION, facts.map(), List.of());

    assertThatThrownBy(() -> plan(replaced))
        .isInstanceOf(RecoveryRefusedException.class)
        .hasMessageContaining("does not list the disk of node 'n3'");
  }

  @Test
  void anInterruptedRecoveryIsTakenUpUnderTheSameClusterId() {
    List<ReplicaRemains> logs =
        List.of(
            log("meta", 1, 1, 1, 2, 3, 4, 5),
            log("data-0", 1, 1, 1, 2, 3),
            log("data-1", 1, 1, 2, 3, 4));
    Formation first = plan(facts(3, logs)).formation();
    RecoveryFacts adopted =
        new RecoveryFacts("n3", Formations.incarnation(3), peer(3), first, Optional.of(MAP), logs);

    assertThat(plan(adopted).formation()).isEqualTo(first);

    ClusterMap grown = new ClusterMap(first.clusterId(), 9, MAP.nodes(), MAP.groups(), MAP.cache());
    RecoveryFacts later =
        new RecoveryFacts(
            "n3", Formations.incarnation(3), peer(3), first, Optional.of(grown), logs);
    assertThat(plan(later).formation()).as("another loss").isNotEqualTo(first);
  }

  @Test
  void survivorsAreOrderedMetaFirstAndAllAdoptBeforeAnyLeads() {
    RecoveryPlan plan =
        plan(
            facts(3, log("meta", 1, 1, 1, 2, 3, 4, 5), log("data-0", 1, 1, 1, 2, 3)),
            facts(4, log("meta", 1, 2, 1, 2, 3, 4, 5), log("data-1", 1, 1, 2, 3, 4)));
    List<String> account = new ArrayList<>();

    new Recovery(plan, List.of(survivor(3), survivor(4)), account::add).run();

    assertThat(account)
        .containsExactly(
            "n3: ADOPT ",
            "n4: ADOPT ",
            "n4: LEAD meta",
            "n3: LEAD data-0",
            "n4: LEAD data-1",
            "n3: FINISH ",
            "n4: FINISH ");
  }

  @Test
  void messagesComeBackAsTheyWere() {
    RecoveryFacts facts =
        facts(3, log("meta", 4, 20, 1, 2, 3, 4, 5), log("data-0", 1, 2, 3), log("data-1", 1, 2, 3));
    assertThat(RecoveryMessages.decodeFacts(RecoveryMessages.encode(facts))).isEqualTo(facts);
    RecoveryPlan plan = plan(facts);
    RecoveryStep step = RecoveryStep.lead("data-0");
    Bytes encoded = RecoveryMessages.encode(step, plan);
    assertThat(RecoveryMessages.decodeStep(encoded))
        .isEqualTo(new RecoveryMessages.Order(step, plan));
    for (int length = 0; length < encoded.length(); length++) {
      Bytes cut = encoded.slice(0, length);
      assertThatThrownBy(() -> RecoveryMessages.decodeStep(cut))
          .isInstanceOf(MalformedBytesException.class);
    }
  }

  private RecoveryPlan plan(RecoveryFacts... survivors) {
    return RecoveryPlanner.plan(
        List.of(survivors), () -> Formations.incarnation(ids.incrementAndGet()));
  }

  private static Survivor survivor(int number) {
    return new Survivor() {
      @Override
      public RecoveryFacts facts() {
        return RecoveryPlannerTest.facts(number);
      }

      @Override
      public String carryOut(RecoveryStep step, RecoveryPlan plan) {
        return step.kind() + " " + step.group();
      }
    };
  }

  private static RecoveryFacts facts(int number, ReplicaRemains... logs) {
    return facts(number, List.of(logs));
  }

  private static RecoveryFacts facts(int number, List<ReplicaRemains> logs) {
    return new RecoveryFacts(
        "n" + number,
        Formations.incarnation(number),
        peer(number),
        FORMATION,
        Optional.of(MAP),
        logs);
  }

  private static ReplicaRemains log(String group, long term, long index, int... voters) {
    List<PeerId> peers = new ArrayList<>();
    for (int voter : voters) {
      peers.add(peer(voter));
    }
    return new ReplicaRemains(group, term, index, peers, List.of());
  }

  private static PeerId peer(int number) {
    return MAP.nodes().get(number - 1).peer();
  }
}
