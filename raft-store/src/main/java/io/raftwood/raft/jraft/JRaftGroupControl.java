package io.raftwood.raft.jraft;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.core.NodeImpl;
import com.alipay.sofa.jraft.util.ThreadPoolsFactory;
import io.raftwood.bytes.Bytes;
import io.raftwood.peer.NodeAddress;
import io.raftwood.peer.PeerMessageKind;
import io.raftwood.raft.Command;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.GroupControl;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.KernelCommand;
import io.raftwood.raft.LeaderLease;
import io.raftwood.raft.NotLeaderException;
import io.raftwood.raft.PeerId;
import io.raftwood.raft.ProposalQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Configuration and leadership changes over JRaft's own operations. */
final class JRaftGroupControl implements GroupControl {
  private static final Duration ANNOUNCEMENT_TIME = Duration.ofMillis(500);

  private final JRaftRuntime runtime;
  private final ReplicaSpec spec;
  private final JRaftNodeHandle handle;
  private final ReplicaRole role;
  private final LeaderLease lease;
  private final ProposalQueue proposals;
  private final Duration drainTime;
  private volatile Transfer transfer = new Transfer(-1, null);

  /**
   * @param drainTime how long a hand-over waits for the entries in flight before it is given up
   */
  JRaftGroupControl(
      JRaftRuntime runtime,
      ReplicaSpec spec,
      JRaftNodeHandle handle,
      ReplicaRole role,
      LeaderLease lease,
      ProposalQueue proposals,
      Duration drainTime) {
    this.runtime = runtime;
    this.spec = spec;
    this.handle = handle;
    this.role = role;
    this.lease = lease;
    this.proposals = proposals;
    this.drainTime = drainTime;
  }

  /** A hand-over that began in {@code term}. */
  private record Transfer(long term, PeerId target) {}

  /** Who is to lead next, while a hand-over begun in the present term is under way. */
  Optional<PeerId> transferTarget() {
    Transfer now = transfer;
    return now.term == role.term() ? Optional.ofNullable(now.target) : Optional.empty();
  }

  @Override
  public CompletableFuture<Void> addLearner(PeerId peer) {
    return change(done -> node().addLearners(List.of(Peers.toJRaft(peer)), done));
  }

  @Override
  public CompletableFuture<Void> removeLearner(PeerId peer) {
    return change(done -> node().removeLearners(List.of(Peers.toJRaft(peer)), done));
  }

  /** JRaft's replicator of a learner must end before one of a voter begins. */
  @Override
  public CompletableFuture<Void> changeVoters(List<PeerId> voters) {
    List<PeerId> promoted = learners();
    promoted.retainAll(voters);
    CompletableFuture<Void> ready = CompletableFuture.completedFuture(null);
    for (PeerId peer : promoted) {
      ready = ready.thenCompose(done -> removeLearner(peer));
    }
    return ready.thenCompose(
        done -> nudged(change(closure -> node().changePeers(withLearners(voters), closure))));
  }

  /**
   * JRaft notices that a new voter has caught up when that one answers an append. Its first answer
   * may come before it is waited for; in an idle group there is no other, and the change would
   * never end. Entries that change nothing make it answer again.
   */
  private CompletableFuture<Void> nudged(CompletableFuture<Void> change) {
    long period = drainTime.toMillis() / 2;
    ScheduledFuture<?> nudges =
        runtime.ticker().scheduleWithFixedDelay(this::nudge, period, period, TimeUnit.MILLISECONDS);
    return change.whenComplete((done, failure) -> nudges.cancel(false));
  }

  private void nudge() {
    if (role.leaderTerm() >= 0) {
      Command nothing = new KernelCommand.Raise(0, 0).toCommand();
      // Whether it comes to anything shows in the change that waits for it.
      var unused = proposals.submit(nothing, Deadline.after(drainTime));
    }
  }

  private List<PeerId> learners() {
    return new ArrayList<>(Peers.fromJRaft(node().getCurrentConf().getLearners()));
  }

  private Configuration withLearners(List<PeerId> voters) {
    List<PeerId> learners = learners();
    learners.removeAll(voters);
    return Peers.configuration(voters, learners);
  }

  /**
   * The lease is given up first; then the voters are told, so that they admit the target's request
   * for votes although a leader was heard of just now; then commands wait until every entry in
   * flight is applied, because JRaft would leave their outcome open; then JRaft transfers, and the
   * commands that wait are sent on to the target.
   */
  @Override
  public CompletableFuture<Void> transferLeadership(PeerId peer) {
    long term = role.leaderTerm();
    if (term < 0) {
      return CompletableFuture.failedFuture(new NotLeaderException(spec.group(), Optional.empty()));
    }
    lease.drop(term);
    return announce(term, peer).thenCompose(done -> drained(() -> handOver(term, peer)));
  }

  /**
   * Runs {@code change}, on one of JRaft's threads for closures, while no entry is in flight. If it
   * succeeds, commands wait on until this replica knows that it leads no longer: what is given to
   * JRaft between its own end of leadership and ours is refused like an entry whose fate is open.
   */
  private CompletableFuture<Void> drained(Supplier<CompletableFuture<Void>> change) {
    CompletableFuture<Void> changed =
        proposals
            .pause()
            .orTimeout(drainTime.toMillis(), TimeUnit.MILLISECONDS)
            .exceptionallyCompose(tooLate -> CompletableFuture.failedFuture(notDrained()))
            .thenComposeAsync(
                done -> change.get(),
                task -> ThreadPoolsFactory.runInThread(JRaftNodeHandle.groupId(spec), task));
    changed
        .thenCompose(
            done -> role.leadershipEnd().orTimeout(drainTime.toMillis(), TimeUnit.MILLISECONDS))
        .whenComplete((done, failure) -> proposals.resume());
    return changed;
  }

  private GroupUnavailableException notDrained() {
    return new GroupUnavailableException(
        spec.group()
            + ": the entries in flight were not applied within "
            + drainTime.toMillis()
            + " ms; leadership stays");
  }

  private CompletableFuture<Void> handOver(long term, PeerId peer) {
    transfer = new Transfer(term, peer);
    Status status = node().transferLeadershipTo(Peers.toJRaft(peer));
    if (status.isOk()) {
      return CompletableFuture.completedFuture(null);
    }
    transfer = new Transfer(-1, null);
    return CompletableFuture.failedFuture(failure(status));
  }

  /** Completes when every voter has answered, or could not. */
  private CompletableFuture<Void> announce(long term, PeerId target) {
    List<CompletableFuture<?>> answers = new ArrayList<>();
    for (PeerId voter : Peers.fromJRaft(node().getCurrentConf().getPeers())) {
      String key =
          ElectionGuard.key(JRaftNodeHandle.groupId(spec), Peers.toJRaft(voter).toString());
      Bytes message = TransferAnnouncement.encode(key, term, Peers.toJRaft(target).toString());
      NodeAddress address = new NodeAddress(voter.host(), voter.port());
      answers.add(
          runtime
              .transport()
              .call(address, PeerMessageKind.TRANSFER_ANNOUNCEMENT, message, ANNOUNCEMENT_TIME)
              .exceptionally(failure -> Bytes.EMPTY));
    }
    return CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0]));
  }

  @Override
  public CompletableFuture<Void> voteAlone() {
    Status status = node().resetPeers(Peers.configuration(List.of(spec.self()), List.of()));
    return status.isOk()
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.failedFuture(failure(status));
  }

  @Override
  public CompletableFuture<Void> snapshot() {
    return run(node()::snapshot);
  }

  private CompletableFuture<Void> change(Consumer<Closure> operation) {
    if (role.leaderTerm() < 0) {
      return CompletableFuture.failedFuture(new NotLeaderException(spec.group(), Optional.empty()));
    }
    return run(operation);
  }

  private CompletableFuture<Void> run(Consumer<Closure> operation) {
    CompletableFuture<Void> result = new CompletableFuture<>();
    try {
      operation.accept(
          status -> {
            if (status.isOk()) {
              result.complete(null);
            } else {
              result.completeExceptionally(failure(status));
            }
          });
    } catch (RuntimeException e) {
      result.completeExceptionally(
          new GroupUnavailableException(spec.group() + ": " + e.getMessage()));
    }
    return result;
  }

  private GroupUnavailableException failure(Status status) {
    return new GroupUnavailableException(
        spec.group() + ": " + status.getErrorMsg() + " (" + status.getRaftError() + ")");
  }

  private NodeImpl node() {
    return handle.node();
  }
}
