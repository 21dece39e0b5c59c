package io.raftwood.membership;

import io.raftwood.cluster.Formation;
import java.util.Optional;

/**
 * Who a node is, as its data directory says.
 *
 * @param name the node's configured name
 * @param incarnation 32 lower-case hexadecimal digits, random, drawn when the directory was created
 * @param starts the number of process starts on this directory, this one included; from 1
 * @param phase how far the incarnation has come
 * @param index the index of the incarnation in the cluster map; meaningful once {@code FORMED}
 * @param formation absent in phase {@code NEW}; what was agreed to in {@code PREPARED}; later the
 *     formation of the cluster that the node belongs to
 */
public record NodeIdentity(
    String name,
    String incarnation,
    long starts,
    FormationPhase phase,
    int index,
    Optional<Formation> formation) {
  /** Checks that exactly phase {@code NEW} has no formation. */
  public NodeIdentity {
    if (starts < 1 || index < 0) {
      throw new IllegalArgumentException("starts " + starts + ", index " + index);
    }
    if (formation.isPresent() == (phase == FormationPhase.NEW)) {
      throw new IllegalArgumentException("phase " + phase + " with formation " + formation);
    }
  }

  /** An identity that belongs to nothing. */
  public static NodeIdentity fresh(String name, String incarnation, long starts) {
    return new NodeIdentity(name, incarnation, starts, FormationPhase.NEW, 0, Optional.empty());
  }

  /** The id of the cluster agreed to or belonged to. */
  public Optional<String> clusterId() {
    return formation.map(Formation::clusterId);
  }

  /** Whether the node is a member. */
  public boolean formed() {
    return phase == FormationPhase.FORMED;
  }

  /** The same after one more process start. */
  public NodeIdentity startedAgain() {
    return new NodeIdentity(name, incarnation, starts + 1, phase, index, formation);
  }

  /** The same, having agreed to {@code agreed}. */
  public NodeIdentity prepared(Formation agreed) {
    return with(FormationPhase.PREPARED, 0, agreed);
  }

  /** The same, about to be registered with the cluster of {@code running}. */
  public NodeIdentity joining(Formation running) {
    return with(FormationPhase.JOINING, 0, running);
  }

  /** The same as a member of the cluster of {@code decided}. */
  public NodeIdentity formed(Formation decided, int newIndex) {
    return with(FormationPhase.FORMED, newIndex, decided);
  }

  private NodeIdentity with(FormationPhase newPhase, int newIndex, Formation newFormation) {
    return new NodeIdentity(
        name, incarnation, starts, newPhase, newIndex, Optional.of(newFormation));
  }
}
