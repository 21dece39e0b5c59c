package io.raftwood.membership;

import io.raftwood.bytes.Bytes;
import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterMachine;
import io.raftwood.cluster.Formation;
import io.raftwood.raft.Answer;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.RaftGroup;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.ReplicaStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps the {@link ClusterDirectory} up with this node's replica of the meta group, and founds the
 * cluster: a meta leader that finds no map proposes the formation. {@link #tick} about every 100 ms
 * on one thread; it may also be called when the replica has applied.
 */
public final class MetaWatch {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final RaftGroup meta;
  private final Formation formation;
  private final ClusterDirectory directory;
  private final AtomicBoolean founding = new AtomicBoolean();
  private volatile Bytes last = Bytes.EMPTY;

  /** Watches {@code meta} for the cluster of {@code formation}. */
  public MetaWatch(RaftGroup meta, Formation formation, ClusterDirectory directory) {
    this.meta = meta;
    this.formation = formation;
    this.directory = directory;
  }

  /** Reads the map once; proposes the formation if there is none and this node leads. */
  public void tick() {
    meta.query(
            ClusterMachine.mapQuery(),
            ReadConsistency.LOCAL,
            Deadline.after(TIMEOUT),
            Runnable::run)
        .thenAccept(this::seen);
  }

  private void seen(Answer answer) {
    Bytes map = answer.result();
    if (map.isEmpty()) {
      found();
    } else if (!map.equals(last)) {
      last = map;
      // After an unsafe recovery a replica may still hold the map of the cluster that was.
      ClusterMachine.decodeAnswer(map)
          .filter(found -> found.clusterId().equals(formation.clusterId()))
          .ifPresent(directory::offer);
    }
  }

  private void found() {
    boolean leads = meta.status().role() == ReplicaStatus.Role.LEADER;
    if (leads && founding.compareAndSet(false, true)) {
      // A repetition, or a log not yet applied to its end, does no harm: founding is idempotent.
      meta.propose(
              ClusterMachine.command(new ClusterCommand.FormCluster(formation), Optional.empty()),
              Deadline.after(TIMEOUT))
          .whenComplete((done, failure) -> founding.set(false));
    }
  }
}
