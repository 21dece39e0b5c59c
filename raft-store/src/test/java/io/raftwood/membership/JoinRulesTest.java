package io.raftwood.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.Formation;
import io.raftwood.cluster.FormationPlan;
import io.raftwood.cluster.InitialPlacement;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.fixtures.Formations;
import io.raftwood.membership.JoinOutcome.Reason;
import io.raftwood.peer.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JoinRulesTest {
  private static final Formation FORMATION = Formations.of(3, 2);
  private static final FormationPlan PLAN = FORMATION.plan();
  private static final ClusterMap MAP = InitialPlacement.of(FORMATION);
  private static final NodeIdentity FRESH = fresh(1);
  private static final NodeIdentity PREPARED = FRESH.prepared(FORMATION);
  private static final NodeIdentity MEMBER = PREPARED.formed(FORMATION, 0);
  private static final NodeIdentity WIPED = NodeIdentity.fresh("n1", Formations.incarnation(50), 1);

  private final Map<String, HelloAnswer> answers = new TreeMap<>();
  private final Map<String, Long> disk = new TreeMap<>();
  private FormationPlan plan = PLAN;
  private boolean patienceOver;

  @Nested
  class WhileNobodyIsAMember {
    @Test
    void newNodesWaitUntilAllAnswered() {
      answer(fresh(2));
      assertThat(next(FRESH)).isInstanceOf(JoinStep.Wait.class);
      assertThat(((JoinStep.Wait) next(FRESH)).reason())
          .contains("[n3]", "the first start needs every initial node once");
    }

    @Test
    void newNodesAgreeOnceAllAnswered() {
      answer(fresh(2));
      answer(fresh(3));
      assertThat(next(FRESH)).isEqualTo(new JoinStep.Prepare(FORMATION));
    }

    @Test
    void aNewNodeFollowsThoseThatHaveAgreedToTheSame() {
      answer(fresh(2).prepared(FORMATION));
      answer(fresh(3));
      assertThat(next(FRESH)).isEqualTo(new JoinStep.Prepare(FORMATION));
    }

    @Test
    void aNewNodeWaitsForThoseThatHaveAgreedToSomethingElse() {
      answer(fresh(2).prepared(FORMATION));
      answer(fresh(3));
      assertThat(next(WIPED)).isInstanceOf(JoinStep.Wait.class);
    }

    @Test
    void theFormationIsDecidedOnlyWhenAllHaveAgreed() {
      answer(fresh(2).prepared(FORMATION));
      answer(fresh(3));
      assertThat(next(PREPARED)).isInstanceOf(JoinStep.Wait.class);
      answer(fresh(3).prepared(FORMATION));
      assertThat(next(PREPARED)).isEqualTo(new JoinStep.Enter(FORMATION, 0, Optional.empty()));
    }

    @Test
    void anUndecidedFormationIsGivenUpWhenAMemberWasWiped() {
      answer(fresh(2).prepared(FORMATION));
      assertThat(next(PREPARED)).isInstanceOf(JoinStep.Wait.class);
      answer(NodeIdentity.fresh("n3", Formations.incarnation(51), 1));
      assertThat(next(PREPARED)).isInstanceOf(JoinStep.Abandon.class);
    }

    @Test
    void anUndecidedFormationIsGivenUpWhenTheConfigurationChanged() {
      plan = Formations.of(3, 5).plan();
      answer(fresh(2));
      answer(fresh(3));
      assertThat(next(PREPARED)).isInstanceOf(JoinStep.Abandon.class);
    }

    @Test
    void differentConfigurationsAreRefused() {
      plan = Formations.of(3, 5).plan();
      answers.put("n2", new HelloAnswer(fresh(2), false, PLAN, Optional.empty(), Map.of()));
      refused(FRESH, Reason.PLAN_DIFFERS, "different initial nodes or numbers of groups");
    }

    @Test
    void aNodeUnderAnotherNameIsRefused() {
      answers.put("n2", new HelloAnswer(fresh(3), false, PLAN, Optional.empty(), Map.of()));
      refused(FRESH, Reason.PLAN_DIFFERS, "as 'n2' calls itself 'n3'");
    }

    @Test
    void aSingleNodeNeedsNobody() {
      Formation alone = Formations.of(1, 1);
      plan = alone.plan();
      assertThat(next(FRESH)).isEqualTo(new JoinStep.Prepare(alone));
      assertThat(next(FRESH.prepared(alone)))
          .isEqualTo(new JoinStep.Enter(alone, 0, Optional.empty()));
    }
  }

  @Nested
  class WhileTheClusterRuns {
    @Test
    void anAgreedNodeEnters() {
      answer(member(2));
      assertThat(next(PREPARED)).isEqualTo(new JoinStep.Enter(FORMATION, 0, Optional.empty()));
      answer(member(3), MAP, Map.of());
      assertThat(next(PREPARED)).isEqualTo(new JoinStep.Enter(FORMATION, 0, Optional.of(MAP)));
    }

    @Test
    void aWipedNodeRegisters() {
      answer(member(2));
      assertThat(next(WIPED)).isEqualTo(new JoinStep.Register(FORMATION));
      answer(member(3), MAP, Map.of());
      assertThat(next(WIPED)).isEqualTo(new JoinStep.Register(FORMATION));
      assertThat(next(WIPED.joining(FORMATION))).isEqualTo(new JoinStep.Register(FORMATION));
    }

    @Test
    void aRegisteredNodeEntersWithItsIndex() {
      ClusterMap map = mapWith(1, WIPED.incarnation(), 1, 0);
      answer(member(2), map, Map.of());
      assertThat(next(WIPED.joining(FORMATION)))
          .isEqualTo(new JoinStep.Enter(FORMATION, 1, Optional.of(map)));
    }

    @Test
    void aListedNodeThatNeverAgreedIsAnOldCopy() {
      answer(member(2));
      refused(FRESH, Reason.IDENTITY_ROLLED_BACK, "it is an old copy");
    }

    @Test
    void anAgreedNodeWhoseReportsAreRememberedIsAnOldCopy() {
      answer(member(2), MAP, Map.of("data-0", 1L));
      refused(PREPARED, Reason.LOG_ROLLED_BACK, "ends at 0");
    }

    @Test
    void anUnknownNameIsRefused() {
      Formation others = new Formation(2, FORMATION.members().subList(1, 3));
      NodeIdentity other = fresh(2).prepared(others).formed(others, 0);
      answer(other);
      assertThat(next(FRESH)).isInstanceOf(JoinStep.Wait.class);
      answer(other, InitialPlacement.of(others), Map.of());
      assertThat(next(FRESH)).isInstanceOf(JoinStep.Wait.class);
      patienceOver = true;
      refused(FRESH, Reason.UNKNOWN_NODE, "has no node 'n1'");
      refused(FRESH, Reason.UNKNOWN_NODE, "raftwood admin nodes add n1 --http 127.0.0.1:8081");
    }

    @Test
    void aNodeThatWasAddedRegistersItself() {
      Formation others = new Formation(2, FORMATION.members().subList(1, 3));
      NodeIdentity other = fresh(2).prepared(others).formed(others, 0);
      ClusterMap formed = InitialPlacement.of(others);
      List<NodeRecord> nodes = new ArrayList<>(formed.nodes());
      FormationPlan.Node self = PLAN.node("n1").orElseThrow();
      nodes.add(new NodeRecord("n1", self.http(), self.raft(), NodeRecord.NONE, 0, 0));
      answer(other, new ClusterMap(formed.clusterId(), 2, nodes, formed.groups()), Map.of());
      assertThat(next(FRESH)).isEqualTo(new JoinStep.Register(others));
    }

    @Test
    void membersOfTwoClustersAreRefused() {
      answer(member(2));
      Formation other = Formations.of(3, 1);
      answer(fresh(3).prepared(other).formed(other, 0));
      refused(FRESH, Reason.FOREIGN_CLUSTER, "belong to different clusters");
    }

    @Test
    void otherAddressesThanTheKnownAreRefused() {
      List<FormationPlan.Node> nodes = PLAN.nodes();
      plan =
          new FormationPlan(
              2,
              List.of(
                  new FormationPlan.Node(
                      "n1", new NodeAddress("10.0.0.9", 80), nodes.get(0).raft()),
                  nodes.get(1),
                  nodes.get(2)));
      answer(member(2));
      refused(WIPED, Reason.ADDRESS_DIFFERS, "knows node 'n1' at http 127.0.0.1:8081");
      refused(MEMBER, Reason.ADDRESS_DIFFERS, "configure the known addresses");
    }
  }

  @Nested
  class WhenAMemberStartsAgain {
    private final NodeIdentity again = MEMBER.startedAgain().startedAgain();

    @Test
    void itEntersOnceAllAnswered() {
      answer(member(2), mapWith(1, MEMBER.incarnation(), 0, 2), Map.of("data-0", 10L));
      disk.put("data-0", 10L);
      assertThat(next(again)).isInstanceOf(JoinStep.Wait.class);
      answer(member(3));
      assertThat(next(again))
          .isEqualTo(
              new JoinStep.Enter(
                  FORMATION, 0, Optional.of(mapWith(1, MEMBER.incarnation(), 0, 2))));
    }

    @Test
    void itEntersWithoutAnyAnswerAfterAWhile() {
      assertThat(next(again)).isInstanceOf(JoinStep.Wait.class);
      patienceOver = true;
      assertThat(next(again)).isEqualTo(new JoinStep.Enter(FORMATION, 0, Optional.empty()));
    }

    @Test
    void aSupersededIncarnationIsRefused() {
      answer(member(2), mapWith(1, WIPED.incarnation(), 1, 0), Map.of());
      refused(again, Reason.SUPERSEDED, "was replaced by " + WIPED.incarnation());
    }

    @Test
    void aMapThatIsBehindDoesNotSupersede() {
      answer(member(2), MAP, Map.of());
      patienceOver = true;
      NodeIdentity replacement = WIPED.joining(FORMATION).formed(FORMATION, 1);
      assertThat(next(replacement)).isEqualTo(new JoinStep.Enter(FORMATION, 1, Optional.of(MAP)));
    }

    @Test
    void startsNotAboveTheRecordedAreRefused() {
      answer(member(2), mapWith(1, MEMBER.incarnation(), 0, again.starts()), Map.of());
      refused(again, Reason.STARTS_ROLLED_BACK, "the cluster has seen 3");
    }

    @Test
    void aLogThatEndsBeforeWhatWasReportedIsRefused() {
      disk.put("data-0", 99L);
      answer(member(2), MAP, Map.of("data-0", 50L));
      answer(member(3), MAP, Map.of("data-0", 100L));
      refused(again, Reason.LOG_ROLLED_BACK, "ends at 99 but the node had reported 100");
      disk.put("data-0", 100L);
      assertThat(next(again)).isInstanceOf(JoinStep.Enter.class);
    }

    @Test
    void aForeignClusterThatServesIsRefused() {
      answers.put(
          "n2",
          new HelloAnswer(
              foreign(2),
              true,
              PLAN,
              Optional.of(InitialPlacement.of(Formations.of(3, 7))),
              Map.of()));
      refused(again, Reason.FOREIGN_CLUSTER, "belongs to cluster " + FORMATION.clusterId());
    }

    @Test
    void aMemberMayHaveTheAddressOfARemovedOne() {
      answers.put("n2", new HelloAnswer(member(3), true, PLAN, Optional.of(MAP), Map.of()));
      answer(member(3), MAP, Map.of());
      assertThat(next(again)).isInstanceOf(JoinStep.Enter.class);
    }

    @Test
    void oneForeignNodeThatStartsTooDoesNotStopTheOthers() {
      answer(foreign(2));
      answer(member(3));
      assertThat(next(again)).isInstanceOf(JoinStep.Enter.class);
    }

    @Test
    void theForeignNodeAmongManyIsRefused() {
      answer(foreign(2));
      answer(foreign(3));
      refused(again, Reason.FOREIGN_CLUSTER, "belongs to cluster");
    }

    private NodeIdentity foreign(int number) {
      Formation other = Formations.of(3, 7);
      return fresh(number).prepared(other).formed(other, 0);
    }
  }

  private static NodeIdentity fresh(int number) {
    return NodeIdentity.fresh("n" + number, Formations.incarnation(number), 1);
  }

  private static NodeIdentity member(int number) {
    return fresh(number).prepared(FORMATION).formed(FORMATION, 0);
  }

  private static ClusterMap mapWith(int number, String incarnation, int index, long starts) {
    List<NodeRecord> nodes =
        MAP.nodes().stream()
            .map(
                node ->
                    node.name().equals("n" + number)
                        ? new NodeRecord(
                            node.name(), node.http(), node.raft(), incarnation, index, starts)
                        : node)
            .toList();
    return new ClusterMap(MAP.clusterId(), MAP.epoch() + 1, nodes, MAP.groups());
  }

  private void answer(NodeIdentity identity) {
    answers.put(
        identity.name(), new HelloAnswer(identity, false, plan, Optional.empty(), Map.of()));
  }

  private void answer(NodeIdentity identity, ClusterMap map, Map<String, Long> commits) {
    answers.put(identity.name(), new HelloAnswer(identity, true, plan, Optional.of(map), commits));
  }

  private JoinStep next(NodeIdentity self) {
    Set<String> asked = new TreeSet<>();
    plan.nodes().forEach(node -> asked.add(node.name()));
    asked.remove(self.name());
    return JoinRules.next(new JoinFacts(self, plan, asked, answers, disk, patienceOver));
  }

  private void refused(NodeIdentity self, Reason reason, String text) {
    JoinStep step = next(self);
    assertThat(step).isInstanceOf(JoinStep.Refuse.class);
    JoinOutcome.Refused outcome = ((JoinStep.Refuse) step).outcome();
    assertThat(outcome.reason()).isEqualTo(reason);
    assertThat(outcome.message()).contains(text);
  }
}
