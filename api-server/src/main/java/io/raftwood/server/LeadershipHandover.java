package io.raftwood.server;

import io.raftwood.raft.PeerId;
import io.raftwood.raft.ReplicaStatus;
import io.raftwood.raft.ReplicaStatus.Role;
import io.raftwood.raft.jraft.JRaftGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Before a planned stop: every group that this node leads is handed to another voter, so that
 * clients meet a pause of milliseconds instead of an election timeout.
 */
final class LeadershipHandover {
  private static final Logger LOG = LoggerFactory.getLogger(LeadershipHandover.class);
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final long POLL_NANOS = 5_000_000;

  private final ReplicaHost replicas;

  LeadershipHandover(ReplicaHost replicas) {
    this.replicas = replicas;
  }

  /** Blocks until nothing is led here any more, for at most five seconds. */
  void run() {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    List<JRaftGroup> led = led();
    List<CompletableFuture<Void>> begun = new ArrayList<>();
    for (JRaftGroup group : led) {
      target(group.status()).ifPresent(peer -> begun.add(handOver(group, peer)));
    }
    while (!led().isEmpty() && !begun.isEmpty() && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private List<JRaftGroup> led() {
    return replicas.replicas().stream()
        .filter(group -> group.status().role() == Role.LEADER)
        .toList();
  }

  private static CompletableFuture<Void> handOver(JRaftGroup group, PeerId peer) {
    return group
        .control()
        .transferLeadership(peer)
        .exceptionally(
            failure -> {
              LOG.info("{}: not handed over: {}", group.group(), failure.getMessage());
              return null;
            });
  }

  /** A voter that answers; JRaft itself waits until it has the whole log. */
  private Optional<PeerId> target(ReplicaStatus status) {
    List<PeerId> alive =
        replicas.replica(status.group()).map(JRaftGroup::aliveFollowers).orElse(List.of());
    return status.voters().stream().filter(alive::contains).findFirst();
  }
}
