package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.Bundle;
import io.raftwood.raft.Deadline;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** A request as an endpoint sees it. Confined to the I/O thread. */
interface Call {
  /** The raw query. */
  RawQuery query();

  /** The body; empty unless the route takes one. */
  Bytes body();

  /** The first value of a header, one character for each byte. */
  Optional<String> header(String name);

  /** Until when the answer must be known. */
  Deadline deadline();

  /** Runs tasks on this request's I/O thread. */
  Executor executor();

  /** What the commands and queries of this call travel with; empty if they travel alone. */
  Optional<Bundle> bundle();

  /** Whether the caller may use what needs {@code access}: {@link Outcome#OK}, or the refusal. */
  CompletableFuture<Reply> verdict(Access access);

  /** Answers. Only the first answer counts. */
  void answer(Reply reply);

  /**
   * Answers when {@code stage} completes: at once, if it has. Whoever completes it on another
   * thread than {@link #executor}'s costs a hand-over. A failure is answered as {@link ErrorMapper}
   * says.
   */
  <T> void answerWhen(CompletionStage<T> stage, Function<T, Reply> toReply);
}
