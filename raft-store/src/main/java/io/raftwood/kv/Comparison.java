package io.raftwood.kv;

/** What a comparison of a record on two replicas found. */
public sealed interface Comparison {
  /**
   * The replicas do not contradict each other.
   *
   * @param record as {@link KvQuery.Get} answers, of the newer of the two states
   * @param appliedIndex the log index of that state; it includes every write acknowledged before
   *     the comparison began
   */
  record Agreed(KvResult record, long appliedIndex) implements Comparison {}

  /**
   * The replicas hold what no log can have made of both: at least one of them is wrong. Not all
   * that differs need be visible: versions and values may be equal and mod-revisions not.
   *
   * @param group the group
   * @param first the copy of the replica that comes first in preference order
   * @param second the other one
   */
  record Diverged(String group, Copy first, Copy second) implements Comparison {}

  /**
   * One replica's copy.
   *
   * @param node the node that holds it
   * @param observed what it is
   */
  record Copy(String node, KvResult.Observed observed) {}
}
