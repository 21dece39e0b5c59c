package io.raftwood.routing;

import io.raftwood.bytes.Bytes;
import io.raftwood.peer.NodeAddress;
import io.raftwood.peer.PeerException;
import io.raftwood.peer.PeerMessageKind;
import io.raftwood.peer.PeerTransport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Other nodes, and what this one ("self") knows of them. A node that never answers times out. */
final class FakeNetwork implements PeerTransport, GroupLocator {
  /** Node and request of each call so far. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  /** Every request that was sent. */
  final List<ForwardRequest> requests = new CopyOnWriteArrayList<>();

  volatile Optional<String> group = Optional.of(FakeGroup.NAME);
  volatile Optional<String> leader = Optional.empty();
  volatile List<String> hosts = List.of("node1", "node2", "node3");

  private final Map<String, Function<ForwardRequest, CompletableFuture<Bytes>>> nodes =
      new ConcurrentHashMap<>();

  /** From now on {@code node} answers so. */
  void answers(String node, Function<ForwardRequest, CompletableFuture<Bytes>> answer) {
    nodes.put(node, answer);
  }

  /** From now on {@code node} answers with a copy of {@code reply}. */
  void answers(String node, Bytes reply) {
    answers(node, request -> CompletableFuture.completedFuture(reply));
  }

  /** From now on calls to {@code node} fail so. */
  void fails(String node, PeerException failure) {
    answers(node, request -> CompletableFuture.failedFuture(failure));
  }

  /** From now on {@code node} takes requests and never answers. */
  void silent(String node) {
    answers(node, request -> new CompletableFuture<>());
  }

  @Override
  public CompletableFuture<Bytes> call(
      NodeAddress address, PeerMessageKind kind, Bytes bytes, Duration timeout) {
    ForwardRequest request = ForwardRequest.decode(bytes);
    asked.add(address.host());
    requests.add(request);
    return nodes
        .get(address.host())
        .apply(request)
        .copy()
        .orTimeout(Math.max(1, timeout.toMillis()), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(
                    failure.getCause() instanceof PeerException
                        ? failure.getCause()
                        : new PeerException("no answer in time", true)));
  }

  @Override
  public Optional<String> groupOf(int slot) {
    return group;
  }

  @Override
  public Optional<String> leaderOf(String name) {
    return leader;
  }

  @Override
  public List<String> hostsOf(String name) {
    return hosts;
  }

  @Override
  public Optional<NodeAddress> raftAddressOf(String node) {
    return nodes.containsKey(node) ? Optional.of(new NodeAddress(node, 7400)) : Optional.empty();
  }

  @Override
  public String self() {
    return "self";
  }
}
