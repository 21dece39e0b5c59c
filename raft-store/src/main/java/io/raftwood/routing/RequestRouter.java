package io.raftwood.routing;

import io.raftwood.bytes.Bytes;
import io.raftwood.peer.PeerTransport;
import io.raftwood.raft.Bundle;
import io.raftwood.raft.Command;
import io.raftwood.raft.Query;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import io.raftwood.raft.Transit;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/**
 * Brings commands and queries to the replica that answers them, from any node.
 *
 * <p>A command is tried again only while it was certainly not applied. A query is tried again until
 * its deadline; a lease read that may be stale is answered from any replica once no leader has
 * answered for a while. Thread-safe; never blocks. Futures complete on the options' executor, or
 * are complete on return, and fail with a {@link io.raftwood.raft.ReplicationException} only.
 */
public final class RequestRouter implements Transit {
  private final GroupLocator locator;
  private final LocalReplicas replicas;
  private final PeerTransport transport;
  private final ScheduledExecutorService timer;
  private final long staleAfterNanos;

  /** Lease reads that may be stale are so after {@code staleAfter} without a leader. */
  public RequestRouter(
      GroupLocator locator,
      LocalReplicas replicas,
      PeerTransport transport,
      ScheduledExecutorService timer,
      Duration staleAfter) {
    this.locator = locator;
    this.replicas = replicas;
    this.transport = transport;
    this.timer = timer;
    this.staleAfterNanos = staleAfter.toNanos();
  }

  @Override
  public CompletableFuture<Replicated<Bytes>> write(
      int slot, int family, Bytes command, RequestOptions options) {
    Command proposal = new Command(family, options.idempotencyKey(), command);
    return write(() -> locator.groupOf(slot), proposal, options);
  }

  /** Carries out a command in the named group, whatever slots it owns. */
  public CompletableFuture<Replicated<Bytes>> write(
      String group, Command command, RequestOptions options) {
    return new WriteAttempts(this, () -> Optional.of(group), command, options).run();
  }

  /** Carries out a command in the group that {@code owner} names at each attempt. */
  public CompletableFuture<Replicated<Bytes>> write(
      Supplier<Optional<String>> owner, Command command, RequestOptions options) {
    return options.bundle().isPresent()
        ? options.bundle().get().add(owner, command, options)
        : new WriteAttempts(this, owner, command, options).run();
  }

  /** Answers a query in the group that {@code owner} names at each attempt. */
  public CompletableFuture<Replicated<Bytes>> read(
      Supplier<Optional<String>> owner, Query query, RequestOptions options) {
    return options.bundle().isPresent()
        ? options.bundle().get().add(owner, query, options)
        : new ReadAttempts(this, owner, query, options).run();
  }

  @Override
  public CompletableFuture<Replicated<Bytes>> read(int slot, Query query, RequestOptions options) {
    return read(() -> locator.groupOf(slot), query, options);
  }

  /** Answers a query in the named group. */
  public CompletableFuture<Replicated<Bytes>> read(
      String group, Query query, RequestOptions options) {
    return new ReadAttempts(this, () -> Optional.of(group), query, options).run();
  }

  /**
   * Answers a query from the replica of {@code group} on {@code node}: once it has reached a read
   * index if the options ask for {@link io.raftwood.raft.ReadConsistency#LINEARIZABLE}, else
   * however far behind it is. Fails with {@link io.raftwood.raft.GroupUnavailableException} if that
   * replica does not answer, and with {@link io.raftwood.raft.OverloadedException} if its node is
   * busy; no other node is ever asked.
   */
  public CompletableFuture<Replicated<Bytes>> readReplica(
      String node, String group, Query query, RequestOptions options) {
    return new ReplicaRead(this, node, group, query, options).run();
  }

  /** A bundle that leaves by this router; for one thread. */
  public Bundle bundle() {
    return new RoutedBundle(this);
  }

  GroupLocator locator() {
    return locator;
  }

  LocalReplicas replicas() {
    return replicas;
  }

  PeerTransport transport() {
    return transport;
  }

  ScheduledExecutorService timer() {
    return timer;
  }

  long staleAfterNanos() {
    return staleAfterNanos;
  }
}
