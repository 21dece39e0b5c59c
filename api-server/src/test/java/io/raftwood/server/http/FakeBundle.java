package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.Bundle;
import io.raftwood.raft.Command;
import io.raftwood.raft.Query;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Nothing travels in it: the stores in memory answer at once. */
final class FakeBundle implements Bundle {
  final AtomicInteger sent = new AtomicInteger();
  volatile Optional<String> split = Optional.empty();

  @Override
  public CompletableFuture<Replicated<Bytes>> add(
      Supplier<Optional<String>> owner, Command command, RequestOptions options) {
    throw new AssertionError("a store in memory sends nothing");
  }

  @Override
  public CompletableFuture<Replicated<Bytes>> add(
      Supplier<Optional<String>> owner, Query query, RequestOptions options) {
    throw new AssertionError("a store in memory sends nothing");
  }

  @Override
  public Optional<String> split() {
    return split;
  }

  @Override
  public void send() {
    sent.incrementAndGet();
  }
}
