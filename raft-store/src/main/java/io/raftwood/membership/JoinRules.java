package io.raftwood.membership;

import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.Formation;
import io.raftwood.cluster.FormationPlan;
import io.raftwood.cluster.InitialPlacement;
import io.raftwood.cluster.NodeRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules of the handshake at start (decision page 0002), pure. Safety rests on three of them: an
 * incarnation agrees to one formation only, durably; a formation is decided when every incarnation
 * that it lists has agreed; only a listed incarnation may use index 0.
 */
final class JoinRules {
  private final JoinFacts facts;
  private final NodeIdentity self;

  private JoinRules(JoinFacts facts) {
    this.facts = facts;
    this.self = facts.self();
  }

  /** The next step of a node that knows {@code facts}. */
  static JoinStep next(JoinFacts facts) {
    JoinRules rules = new JoinRules(facts);
    Optional<JoinStep> misnamed = rules.misnamed();
    if (misnamed.isPresent()) {
      return misnamed.get();
    }
    if (facts.self().formed()) {
      return rules.restart();
    }
    return facts.members().isEmpty() ? rules.form() : rules.joinRunning();
  }

  private Optional<JoinStep> misnamed() {
    // A member may have the address of one that was removed since.
    return facts.answers().entrySet().stream()
        .filter(entry -> !entry.getKey().equals(entry.getValue().identity().name()))
        .filter(entry -> !self.formed() || !entry.getValue().identity().formed())
        .findFirst()
        .map(entry -> JoinRefusals.misnamed(self, entry.getKey(), entry.getValue().identity()));
  }

  // ---- a member starts again

  private JoinStep restart() {
    Optional<JoinStep> refusal =
        foreign()
            .or(() -> address(ownRecord(self.formation().orElseThrow())))
            .or(this::lived)
            .or(this::rolledBackLog);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (!facts.everyoneAnswered() && !facts.patienceOver()) {
      return new JoinStep.Wait("an answer of " + facts.silent());
    }
    Formation formation = self.formation().orElseThrow();
    return new JoinStep.Enter(formation, self.index(), facts.newestMap(formation.clusterId()));
  }

  /**
   * Members of another cluster speak against this disk if one of them is serving, or if they are
   * half of the nodes; one starting node with a wrong disk must not stop the others.
   */
  private Optional<JoinStep> foreign() {
    List<HelloAnswer> others =
        facts.members().stream()
            .filter(answer -> !answer.identity().clusterId().equals(self.clusterId()))
            .toList();
    boolean serving = others.stream().anyMatch(HelloAnswer::serving);
    boolean half = 2 * others.size() >= facts.asked().size() + 1;
    return others.isEmpty() || !(serving || half)
        ? Optional.empty()
        : Optional.of(JoinRefusals.foreign(self, others.get(0).identity()));
  }

  /** What the cluster has recorded of our name's incarnation and starts. */
  private Optional<JoinStep> lived() {
    Optional<NodeRecord> recorded =
        self.clusterId().flatMap(facts::newestMap).flatMap(map -> map.node(self.name()));
    // A lower index than ours is only a map that is behind.
    if (recorded.isEmpty() || recorded.get().index() < self.index()) {
      return Optional.empty();
    }
    NodeRecord node = recorded.get();
    if (!node.incarnation().equals(self.incarnation())) {
      return Optional.of(JoinRefusals.superseded(self, node.incarnation()));
    }
    return rolledBackStarts(node);
  }

  private Optional<JoinStep> rolledBackStarts(NodeRecord node) {
    return self.starts() > node.starts()
        ? Optional.empty()
        : Optional.of(JoinRefusals.startsRolledBack(self, node.starts()));
  }

  private Optional<JoinStep> rolledBackLog() {
    for (Map.Entry<String, Long> reported : facts.reportedCommits().entrySet()) {
      long last = facts.lastLogIndexes().getOrDefault(reported.getKey(), 0L);
      if (last < reported.getValue()) {
        return Optional.of(
            JoinRefusals.logRolledBack(self, reported.getKey(), last, reported.getValue()));
      }
    }
    return Optional.empty();
  }

  // ---- a cluster runs, and this node is not a member yet

  private JoinStep joinRunning() {
    NodeIdentity one = facts.members().get(0).identity();
    for (HelloAnswer answer : facts.members()) {
      if (!answer.identity().clusterId().equals(one.clusterId())) {
        return JoinRefusals.contradictory(one, answer.identity());
      }
    }
    Formation formation = one.formation().orElseThrow();
    Optional<NodeRecord> known = ownRecord(formation);
    if (known.isEmpty()) {
      return unknown(formation);
    }
    NodeRecord node = known.get();
    if (!node.incarnation().equals(self.incarnation())) {
      return address(known).orElseGet(() -> new JoinStep.Register(formation));
    }
    return address(known)
        .or(() -> neverAgreed(formation))
        .or(() -> rolledBackStarts(node))
        .or(this::rolledBackLog)
        .orElseGet(
            () ->
                new JoinStep.Enter(
                    formation, node.index(), facts.newestMap(formation.clusterId())));
  }

  /** Those who have answered may not have heard of a node that was added just now. */
  private JoinStep unknown(Formation formation) {
    boolean told = facts.newestMap(formation.clusterId()).isPresent();
    if (told && (facts.everyoneAnswered() || facts.patienceOver())) {
      return JoinRefusals.unknown(
          self, formation.clusterId(), facts.plan().node(self.name()).orElseThrow());
    }
    return new JoinStep.Wait(
        "a member that knows it; " + (told ? "silent: " + facts.silent() : "none has the map yet"));
  }

  /** A listed incarnation has agreed, durably; a disk that does not know it is an old copy. */
  private Optional<JoinStep> neverAgreed(Formation formation) {
    boolean agreed = self.clusterId().filter(formation.clusterId()::equals).isPresent();
    return agreed ? Optional.empty() : Optional.of(JoinRefusals.identityRolledBack(self));
  }

  /** What the newest map, or else the formation, says of our name. */
  private Optional<NodeRecord> ownRecord(Formation formation) {
    ClusterMap map =
        facts.newestMap(formation.clusterId()).orElseGet(() -> InitialPlacement.of(formation));
    return map.node(self.name());
  }

  private Optional<JoinStep> address(Optional<NodeRecord> known) {
    FormationPlan.Node configured = facts.plan().node(self.name()).orElseThrow();
    return known
        .filter(
            node ->
                !node.http().equals(configured.http()) || !node.raft().equals(configured.raft()))
        .map(node -> JoinRefusals.addressDiffers(node, configured.http(), configured.raft()));
  }

  // ---- nobody is a member yet

  private JoinStep form() {
    for (HelloAnswer answer : facts.answers().values()) {
      if (!answer.plan().equals(facts.plan())) {
        return JoinRefusals.planDiffers(self, answer.identity());
      }
    }
    if (!facts.everyoneAnswered()) {
      return new JoinStep.Wait(
          "an answer of " + facts.silent() + ": the first start needs every initial node once");
    }
    switch (self.phase()) {
      case NEW:
        return agree();
      case PREPARED:
        return decide();
      default:
        return new JoinStep.Wait("a member of cluster " + self.clusterId().orElse("(none)"));
    }
  }

  private JoinStep agree() {
    Formation formation =
        new Formation(
            facts.plan().dataGroups(), facts.plan().nodes().stream().map(this::member).toList());
    Set<String> committedElsewhere = new TreeSet<>();
    facts
        .answers()
        .forEach(
            (name, answer) -> {
              Optional<Formation> agreed = answer.identity().formation();
              if (agreed.isPresent() && !agreed.get().equals(formation)) {
                committedElsewhere.add(name);
              }
            });
    return committedElsewhere.isEmpty()
        ? new JoinStep.Prepare(formation)
        : new JoinStep.Wait(committedElsewhere + " to give up an earlier formation");
  }

  private JoinStep decide() {
    Formation formation = self.formation().orElseThrow();
    if (!formation.plan().equals(facts.plan())) {
      return new JoinStep.Abandon("the configuration has changed");
    }
    Set<String> undecided = new TreeSet<>();
    for (HelloAnswer answer : facts.answers().values()) {
      NodeIdentity other = answer.identity();
      Optional<Formation.Member> listed = formation.member(other.name());
      if (listed.isEmpty() || !listed.get().incarnation().equals(other.incarnation())) {
        return new JoinStep.Abandon("node '" + other.name() + "' has lost its data directory");
      }
      if (!other.formation().equals(self.formation())) {
        undecided.add(other.name());
      }
    }
    return undecided.isEmpty()
        ? new JoinStep.Enter(formation, 0, Optional.empty())
        : new JoinStep.Wait(undecided + " to agree to the formation");
  }

  private Formation.Member member(FormationPlan.Node node) {
    String incarnation =
        node.name().equals(self.name())
            ? self.incarnation()
            : facts.answers().get(node.name()).identity().incarnation();
    return new Formation.Member(node.name(), node.http(), node.raft(), incarnation);
  }
}
