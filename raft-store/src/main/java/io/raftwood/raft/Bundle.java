package io.raftwood.raft;

import io.raftwood.bytes.Bytes;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Commands and queries that are given one after another and travel together: one message and one
 * place in the log for many commands of a group, one message for many queries.
 *
 * <p>Commands of a group are applied in the order in which they were added. Those that share a
 * place in the log are applied as one, and have one fate when they are not answered. Nothing is
 * promised between groups, nor between commands and queries.
 *
 * <p>Not thread-safe. Futures complete and fail as those of {@link Transit}.
 */
public interface Bundle {
  /** Adds a command; {@code owner} names the group that carries it out. */
  CompletableFuture<Replicated<Bytes>> add(
      Supplier<Optional<String>> owner, Command command, RequestOptions options);

  /**
   * Adds a query. It fails with {@link OverloadedException} if its answer does not fit beside those
   * of the queries before it ({@link BundleCodec#ANSWERS_BYTES_MAX}).
   */
  CompletableFuture<Replicated<Bytes>> add(
      Supplier<Optional<String>> owner, Query query, RequestOptions options);

  /** Why the commands cannot all share one place in the log; empty if they can. */
  Optional<String> split();

  /** Sends everything; nothing is added afterwards. */
  void send();
}
