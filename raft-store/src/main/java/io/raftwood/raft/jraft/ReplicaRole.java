package io.raftwood.raft.jraft;

import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.core.NodeImpl;
import io.raftwood.raft.ClusterClock;
import io.raftwood.raft.ReplicaState;
import io.raftwood.raft.ReplicaStatus.Role;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a replica is at the moment, as the apply thread was told: leader in a term or not, and how
 * much was applied since the last snapshot. Readable from any thread.
 */
final class ReplicaRole implements GroupStateMachine.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaRole.class);

  private final ReplicaSpec spec;
  private final ReplicaState state;
  private final ClusterClock clock;
  private final AtomicLong bytesSinceSnapshot = new AtomicLong();

  private volatile long leaderTerm = -1;
  private volatile long term;
  private volatile boolean faulted;
  private volatile Runnable onApplied = () -> {};
  private volatile CompletableFuture<Void> leadershipEnd = CompletableFuture.completedFuture(null);

  ReplicaRole(ReplicaSpec spec, ReplicaState state, ClusterClock clock) {
    this.spec = spec;
    this.state = state;
    this.clock = clock;
    this.term = state.applied().term();
  }

  /**
   * The term in which this replica leads and has applied all earlier entries; -1 if it does not.
   */
  long leaderTerm() {
    return leaderTerm;
  }

  long term() {
    return term;
  }

  /** Completes, on the apply thread, when the present leadership ends; complete without one. */
  CompletableFuture<Void> leadershipEnd() {
    return leadershipEnd.copy();
  }

  AtomicLong bytesSinceSnapshot() {
    return bytesSinceSnapshot;
  }

  void onApplied(Runnable task) {
    onApplied = task;
  }

  Role role(NodeImpl node) {
    if (faulted) {
      return Role.STOPPED;
    }
    switch (node.getNodeState()) {
      case STATE_LEADER:
      case STATE_TRANSFERRING:
        return leaderTerm >= 0 ? Role.LEADER : Role.CANDIDATE;
      case STATE_CANDIDATE:
        return Role.CANDIDATE;
      case STATE_FOLLOWER:
        return isLearner(node) ? Role.LEARNER : Role.FOLLOWER;
      default:
        return Role.STOPPED;
    }
  }

  private boolean isLearner(NodeImpl node) {
    return node.getCurrentConf().getLearners().contains(Peers.toJRaft(spec.self()));
  }

  @Override
  public void applied(long bytes) {
    bytesSinceSnapshot.addAndGet(bytes);
    clock.observe(state.applied().clockMillis());
    onApplied.run();
  }

  @Override
  public void leaderStarted(long newTerm) {
    clock.observe(state.applied().clockMillis());
    term = newTerm;
    leadershipEnd = new CompletableFuture<>();
    leaderTerm = newTerm;
    LOG.info("{}: leads in term {}", spec.group(), newTerm);
  }

  @Override
  public void leaderStopped() {
    if (leaderTerm >= 0) {
      LOG.info("{}: leads no longer (term {})", spec.group(), leaderTerm);
    }
    leaderTerm = -1;
    leadershipEnd.complete(null);
  }

  @Override
  public void following(long newTerm) {
    term = newTerm;
  }

  @Override
  public void configured(Configuration configuration) {
    LOG.info("{}: the configuration is {}", spec.group(), configuration);
  }

  @Override
  public void faulted(String what, Throwable cause) {
    faulted = true;
    leaderTerm = -1;
    leadershipEnd.complete(null);
    spec.faults().fault(spec.group() + ": " + what, cause);
  }
}
