package io.raftwood.server.http.slow;

import java.time.Instant;

/**
 * A request that took long.
 *
 * @param id by which the answer and the log name it
 * @param began when its headers were complete
 * @param operation its name in metrics
 * @param target path and query as they came, cut off after {@value #TARGET_LENGTH_MAX} characters
 * @param client address of the other end of the connection
 * @param outcome the outcome's token
 * @param answerMillis from {@code began} until the answer was known
 * @param totalMillis from {@code began} until the client had taken the answer
 */
public record SlowRequest(
    String id,
    Instant began,
    String operation,
    String target,
    String client,
    String outcome,
    long answerMillis,
    long totalMillis) {
  /** Most characters of a target that are kept. */
  public static final int TARGET_LENGTH_MAX = 200;

  /** Cuts off the target. */
  public SlowRequest {
    if (target.length() > TARGET_LENGTH_MAX) {
      target = target.substring(0, TARGET_LENGTH_MAX);
    }
  }
}
