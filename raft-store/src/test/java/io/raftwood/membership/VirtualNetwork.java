package io.raftwood.membership;

import io.raftwood.bytes.Bytes;
import io.raftwood.peer.NodeAddress;
import io.raftwood.peer.PeerException;
import io.raftwood.peer.PeerMessageKind;
import io.raftwood.peer.PeerService;
import io.raftwood.peer.PeerTransport;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** Nodes' messages in virtual time: one seed, one run. Loses messages and delays them. */
final class VirtualNetwork {
  private final Random random;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::nanos).thenComparingLong(Event::number));
  private final Map<NodeAddress, Map<PeerMessageKind, PeerService>> listeners = new HashMap<>();
  private double loss;
  private long nanos;
  private long number;

  VirtualNetwork(Random random) {
    this.random = random;
  }

  void setLoss(double share) {
    loss = share;
  }

  long nanos() {
    return nanos;
  }

  void listen(NodeAddress address, PeerMessageKind kind, PeerService service) {
    listeners.computeIfAbsent(address, unused -> new HashMap<>()).put(kind, service);
  }

  void close(NodeAddress address) {
    listeners.remove(address);
  }

  void after(Duration delay, Runnable action) {
    events.add(new Event(nanos + delay.toNanos(), number++, action));
  }

  /** Runs everything due within {@code duration}. */
  void run(Duration duration) {
    long end = nanos + duration.toNanos();
    while (!events.isEmpty() && events.peek().nanos() <= end) {
      Event event = events.remove();
      nanos = event.nanos();
      event.action().run();
    }
    nanos = end;
  }

  /** The transport of the process at {@code from}; its own address is served at once. */
  PeerTransport transport(NodeAddress from) {
    return (address, kind, request, timeout) -> {
      CompletableFuture<Bytes> answer = new CompletableFuture<>();
      if (address.equals(from)) {
        deliver(address, kind, request, answer, Duration.ZERO);
        return answer;
      }
      after(timeout, () -> answer.completeExceptionally(new PeerException("time-out", true)));
      if (!lost()) {
        after(delay(), () -> deliver(address, kind, request, answer, delay()));
      }
      return answer;
    };
  }

  private void deliver(
      NodeAddress address,
      PeerMessageKind kind,
      Bytes request,
      CompletableFuture<Bytes> answer,
      Duration back) {
    PeerService service = listeners.getOrDefault(address, Map.of()).get(kind);
    if (service == null) {
      answer.completeExceptionally(new PeerException("refused", false));
      return;
    }
    service
        .serve(request)
        .whenComplete(
            (bytes, failure) -> {
              if (failure != null) {
                answer.completeExceptionally(new PeerException(failure.getMessage(), true));
              } else if (back.isZero()) {
                answer.complete(bytes);
              } else if (!lost()) {
                after(back, () -> answer.complete(bytes));
              }
            });
  }

  private boolean lost() {
    return random.nextDouble() < loss;
  }

  private Duration delay() {
    // Most are quick; some are slow enough to arrive in another phase of the handshake.
    long millis = random.nextInt(10) == 0 ? 100 + random.nextInt(850) : 1 + random.nextInt(30);
    return Duration.ofMillis(millis);
  }

  private record Event(long nanos, long number, Runnable action) {}
}
