package io.raftwood.recovery;

/** A node that takes part in a recovery: this one, or one behind the network. Methods block. */
public interface Survivor {
  /** What its disk holds. */
  RecoveryFacts facts();

  /**
   * Does {@code step}.
   *
   * @return a line for the account
   * @throws RecoveryRefusedException when it could not
   */
  String carryOut(RecoveryStep step, RecoveryPlan plan);
}
