package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterMachine;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.ClusterMapCodec;
import io.raftwood.cluster.ClusterResult;
import io.raftwood.cluster.ClusterResultCodec;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.cluster.Users;
import io.raftwood.fixtures.SortedMapView;
import io.raftwood.peer.NodeAddress;
import io.raftwood.raft.ApplyContext;
import io.raftwood.raft.QueryContext;
import io.raftwood.storage.Keyspace;
import io.raftwood.storage.OverlayBatch;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The meta group's machine on the heap, with two nodes on paper. Thread-safe. */
final class FakeMeta {
  private static final long START_MILLIS = 1_700_000_000_000L;

  private final SortedMapView store = new SortedMapView();
  private final ClusterMachine machine = new ClusterMachine();
  private boolean usersKnown = true;
  private long revision;
  private long clockMillis = START_MILLIS;
  private Optional<RuntimeException> failure = Optional.empty();

  FakeMeta() {
    hosts(8080);
  }

  /** One group, and nodes at the ports behind {@code port}. */
  void hosts(int port) {
    groups(port, new GroupRecord("data-0", 0, 1024, List.of("n1", "n2"), List.of()));
  }

  /** From now on there are these groups, and nodes n1 and n2 at the ports behind {@code port}. */
  synchronized void groups(int port, GroupRecord... groups) {
    ClusterMap map =
        new ClusterMap(
            "c".repeat(32),
            3,
            List.of(node("n1", port + 1), node("n2", port + 2)),
            List.of(groups));
    store.rows().put(Bytes.of(Keyspace.CLUSTER.tag(), 0), ClusterMapCodec.encode(map));
  }

  private static NodeRecord node(String name, int port) {
    return new NodeRecord(
        name,
        new NodeAddress("127.0.0.1", port),
        new NodeAddress("127.0.0.1", port + 1000),
        "a".repeat(32),
        0,
        1);
  }

  /** Replicated time goes on. */
  synchronized void passTime(long millis) {
    clockMillis += millis;
  }

  /** From now on every command fails. */
  synchronized void failWith(RuntimeException exception) {
    failure = Optional.of(exception);
  }

  synchronized ClusterMap map() {
    return ClusterMachine.decodeAnswer(query(ClusterMachine.mapQuery().payload())).orElseThrow();
  }

  /** From now on this node knows of no users, as just after its start. */
  synchronized void forgetUsersHere() {
    usersKnown = false;
  }

  /** As this node knows them. */
  synchronized Users users() {
    return usersKnown ? storedUsers() : Users.NONE;
  }

  /** As the meta group has them. */
  synchronized Users storedUsers() {
    return Users.decode(query(ClusterMachine.usersQuery().payload()));
  }

  private Bytes query(Bytes payload) {
    return machine.query(new QueryContext(store, clockMillis), payload);
  }

  /** On the calling thread. */
  synchronized CompletableFuture<ClusterResult> propose(ClusterCommand command) {
    if (failure.isPresent()) {
      return CompletableFuture.failedFuture(failure.get());
    }
    OverlayBatch batch = new OverlayBatch(store);
    Bytes encoded = ClusterMachine.command(command, Optional.empty()).payload();
    Bytes result = machine.apply(new ApplyContext(batch, ++revision, clockMillis), encoded);
    store.commit(batch);
    return CompletableFuture.completedFuture(ClusterResultCodec.decode(result));
  }
}
