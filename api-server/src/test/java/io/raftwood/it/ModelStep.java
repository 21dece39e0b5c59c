package io.raftwood.it;

import java.util.function.UnaryOperator;

/**
 * A request of the random workload, and what it must be answered.
 *
 * @param call what to send
 * @param write whether it changes something: sent again, it must not do so twice
 * @param expected the answer
 * @param seen what of an answer is compared with it
 */
record ModelStep(
    HustdbCall call, boolean write, HustdbAnswer expected, UnaryOperator<HustdbAnswer> seen) {
  /** A read that must be answered with {@code expected} and nothing else. */
  static ModelStep read(HustdbCall call, HustdbAnswer expected) {
    return new ModelStep(call, false, expected, UnaryOperator.identity());
  }

  /** A write that must be answered with {@code expected} and nothing else. */
  static ModelStep write(HustdbCall call, HustdbAnswer expected) {
    return new ModelStep(call, true, expected, UnaryOperator.identity());
  }
}
