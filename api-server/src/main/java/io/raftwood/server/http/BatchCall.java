package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.Bundle;
import io.raftwood.raft.Deadline;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** A line of a batch as its endpoint sees it. Answered from any thread. */
final class BatchCall implements Call {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Call batch;
  private final BatchLine line;
  private final Bundle bundle;
  private final Runnable answered;
  private final AtomicReference<Reply> reply = new AtomicReference<>();

  /**
   * A call within {@code batch}.
   *
   * @param answered is told once that there is a {@link #reply}
   */
  BatchCall(Call batch, BatchLine line, Bundle bundle, Runnable answered) {
    this.batch = batch;
    this.line = line;
    this.bundle = bundle;
    this.answered = answered;
  }

  /** Has the endpoint answer. */
  void begin() {
    try {
      line.route().handler().accept(this);
    } catch (RuntimeException e) {
      answer(ErrorMapper.reply(e));
    }
  }

  /** What it was answered with; empty as long as it was not. */
  Optional<Reply> reply() {
    return Optional.ofNullable(reply.get());
  }

  @Override
  public RawQuery query() {
    return line.query();
  }

  @Override
  public Bytes body() {
    return line.body();
  }

  @Override
  public Optional<String> header(String name) {
    switch (name) {
      case "Idempotency-Key":
        return line.idempotencyKey();
      case "Content-Type":
        return Optional.of(FORM);
      default:
        return Optional.empty();
    }
  }

  @Override
  public Deadline deadline() {
    return batch.deadline();
  }

  @Override
  public Executor executor() {
    return batch.executor();
  }

  @Override
  public Optional<Bundle> bundle() {
    return Optional.of(bundle);
  }

  @Override
  public CompletableFuture<Reply> verdict(Access access) {
    return batch.verdict(access);
  }

  @Override
  public void answer(Reply said) {
    if (reply.compareAndSet(null, said)) {
      answered.run();
    }
  }

  @Override
  public <T> void answerWhen(CompletionStage<T> stage, Function<T, Reply> toReply) {
    stage
        .thenApply(toReply)
        .whenComplete(
            (said, failure) -> answer(failure == null ? said : ErrorMapper.reply(failure)));
  }
}
