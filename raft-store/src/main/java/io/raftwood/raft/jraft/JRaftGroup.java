package io.raftwood.raft.jraft;

import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.closure.ReadIndexClosure;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.core.NodeImpl;
import com.alipay.sofa.jraft.entity.Task;
import io.raftwood.bytes.Bytes;
import io.raftwood.raft.Answer;
import io.raftwood.raft.BarrierHashes;
import io.raftwood.raft.ClusterClock;
import io.raftwood.raft.Command;
import io.raftwood.raft.Committed;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.DiskFullException;
import io.raftwood.raft.EntrySink;
import io.raftwood.raft.GroupControl;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.LeaderLease;
import io.raftwood.raft.NotLeaderException;
import io.raftwood.raft.PeerId;
import io.raftwood.raft.ProposalQueue;
import io.raftwood.raft.Query;
import io.raftwood.raft.RaftGroup;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.ReadIndexQueue;
import io.raftwood.raft.ReplicaState;
import io.raftwood.raft.ReplicaStatus;
import io.raftwood.raft.RoomGate;
import io.raftwood.raft.TestFault;
import io.raftwood.storage.StorageException;
import io.raftwood.storage.StorageSnapshot;
import io.raftwood.storage.TabletClosedException;
import io.raftwood.storage.TabletFigures;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.rocksdb.RocksDBException;

/** One replica over a JRaft node. */
public final class JRaftGroup implements RaftGroup, AutoCloseable {
  private static final long TICK_MILLIS = 100;
  private static final Duration RENEWAL_TIME = Duration.ofSeconds(1);
  private static final byte[] NO_CONTEXT = new byte[0];

  private final ReplicaSpec spec;
  private final ReplicaState state;
  private final ReplicaRole role;
  private final LeaderLease lease;
  private final ProposalQueue proposals;
  private final RoomGate gate;
  private final ReadIndexQueue readIndexes;
  private final BarrierHashes hashes;
  private final JRaftGroupControl control;
  private final Housekeeping housekeeping;
  private final JRaftNodeHandle handle;
  private final AtomicBoolean renewing = new AtomicBoolean();
  private final ScheduledFuture<?> ticking;

  /**
   * Opens the replica's state and starts it.
   *
   * @throws IllegalStateException when JRaft cannot start it; the log says why
   */
  public JRaftGroup(JRaftRuntime runtime, ReplicaSpec spec, JRaftGroupSettings settings) {
    this.spec = spec;
    long electionNanos = settings.electionTimeout().toNanos();
    hashes = new BarrierHashes(runtime.background(), this::damaged);
    lease = new LeaderLease(System::nanoTime, electionNanos);
    state = new ReplicaState(spec.group(), spec.tablets(), spec.machines(), hashes);
    ClusterClock clock = new ClusterClock(System::nanoTime, System::currentTimeMillis);
    clock.observe(state.applied().clockMillis());
    role = new ReplicaRole(spec, state, clock);
    gate = new RoomGate(spec.group(), spec.machines(), spec.room().group());
    handle = JRaftNodeHandle.start(runtime, spec, settings, state, role, lease);
    proposals =
        new ProposalQueue(spec.group(), settings.proposals(), spec.budget(), clock, this::append);
    readIndexes =
        new ReadIndexQueue(spec.group(), System::nanoTime, electionNanos * 2, this::startReadIndex);
    control =
        new JRaftGroupControl(
            runtime, spec, handle, role, lease, proposals, settings.electionTimeout());
    housekeeping = new Housekeeping(spec, settings, state, role, clock, runtime.background());
    ticking =
        runtime
            .ticker()
            .scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public String group() {
    return spec.group();
  }

  @Override
  public CompletableFuture<Committed> propose(Command command, Deadline deadline) {
    if (role.leaderTerm() < 0) {
      return CompletableFuture.failedFuture(notLeader());
    }
    Optional<DiskFullException> refusal = gate.refusal(command);
    if (refusal.isPresent()) {
      return CompletableFuture.failedFuture(refusal.get());
    }
    return proposals.submit(command, deadline);
  }

  private void append(Bytes entry, EntrySink.Outcome outcome) {
    long term = role.leaderTerm();
    if (term < 0) {
      outcome.failed(notLeader());
      return;
    }
    EntryClosure closure = new EntryClosure(spec.group(), outcome);
    Task task = new Task(ByteBuffer.wrap(entry.unsafeArray()), closure);
    task.setExpectedTerm(term);
    try {
      node().apply(task);
    } catch (RuntimeException e) {
      // Thrown only before the task was queued: the node is shutting down or its ring is full.
      // JRaft may call the closure as well; it comes too late to count.
      outcome.failed(new GroupUnavailableException(spec.group() + ": " + e.getMessage()));
    }
  }

  @Override
  public CompletableFuture<Answer> query(
      Query query, ReadConsistency consistency, Deadline deadline, Executor executor) {
    if (consistency == ReadConsistency.LOCAL || TestFault.STALE_READS.active()) {
      return answer(query, consistency);
    }
    if (consistency == ReadConsistency.LEASE) {
      long term = role.leaderTerm();
      if (term < 0) {
        return CompletableFuture.failedFuture(notLeader());
      }
      if (lease.holds(term)) {
        renewLease(term);
        return answer(query, consistency);
      }
    }
    return readIndexes
        .join(deadline)
        .thenComposeAsync(applied -> answer(query, ReadConsistency.LINEARIZABLE), executor);
  }

  private CompletableFuture<Answer> answer(Query query, ReadConsistency consistency) {
    try {
      return CompletableFuture.completedFuture(state.query(query, consistency));
    } catch (TabletClosedException e) {
      return CompletableFuture.failedFuture(
          new GroupUnavailableException(spec.group() + ": stopped"));
    } catch (StorageException e) {
      damaged(e);
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Whoever cannot read its disk must not answer, nor lead those who can. What a machine finds
   * strange in what it has read is not damage: it may have looked while entries were applied.
   */
  private void damaged(RuntimeException failure) {
    if (failure.getCause() instanceof RocksDBException) {
      spec.faults().fault(spec.group() + ": its tablet cannot be read", failure);
    }
  }

  private void renewLease(long term) {
    if (lease.wantsRenewal(term) && renewing.compareAndSet(false, true)) {
      readIndexes
          .join(Deadline.after(RENEWAL_TIME))
          .whenComplete((done, failure) -> renewing.set(false));
    }
  }

  /**
   * A read index grants the lease if this replica led in one term from its start to its end. The
   * role is told on the apply thread and may lag behind JRaft's own state; it is still right at the
   * end: a read index confirmed by the leader of a later term is complete only once an entry of
   * that term is applied here, and the end of our leadership was queued on the apply thread before
   * it.
   */
  private CompletableFuture<Void> startReadIndex() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    long term = role.leaderTerm();
    long startNanos = System.nanoTime();
    ReadIndexClosure closure =
        new ReadIndexClosure(-1) {
          @Override
          public void run(Status status, long index, byte[] context) {
            if (!status.isOk()) {
              done.completeExceptionally(
                  new GroupUnavailableException(spec.group() + ": " + status.getErrorMsg()));
              return;
            }
            if (term >= 0 && role.leaderTerm() == term) {
              lease.granted(term, startNanos);
            }
            done.complete(null);
          }
        };
    try {
      node().readIndex(NO_CONTEXT, closure);
    } catch (RuntimeException e) {
      done.completeExceptionally(
          new GroupUnavailableException(spec.group() + ": " + e.getMessage()));
    }
    return done;
  }

  private void tick() {
    try {
      proposals.tick();
      readIndexes.tick();
      housekeeping.run(this);
    } catch (RuntimeException e) {
      spec.faults().fault("housekeeping of " + spec.group(), e);
    }
  }

  @Override
  public ReplicaStatus status() {
    long durable = handle.durableIndex();
    NodeImpl node = node();
    Configuration configuration = node.getCurrentConf();
    return new ReplicaStatus(
        spec.group(),
        role.role(node),
        leader(),
        role.term(),
        durable,
        Math.min(node.getLastCommittedIndex(), durable),
        node.getLastAppliedLogIndex(),
        state.applied().revision(),
        handle.snapshotIndex(),
        Peers.fromJRaft(configuration.getPeers()),
        Peers.fromJRaft(configuration.getLearners()));
  }

  /** Changes of configuration and leadership. */
  public GroupControl control() {
    return control;
  }

  /** The other voters that have answered this leader lately; empty on other replicas. */
  public List<PeerId> aliveFollowers() {
    try {
      List<PeerId> alive = new ArrayList<>(Peers.fromJRaft(node().listAlivePeers()));
      alive.remove(spec.self());
      return alive;
    } catch (IllegalStateException e) {
      return List.of(); // JRaft's way to say that this replica does not lead
    }
  }

  /** The state hashes taken at barriers. */
  public BarrierHashes hashes() {
    return hashes;
  }

  /**
   * Runs {@code task} on the apply thread after entries became visible; it must be short. One task
   * at most: a later one replaces it.
   */
  public void onApplied(Runnable task) {
    role.onApplied(task);
  }

  /**
   * The state at a read index that is asked for now: everything acknowledged before this call is in
   * it. On any voter; see {@link ReplicaState#hold} for who closes it.
   *
   * @param executor where the future completes
   */
  public CompletableFuture<StorageSnapshot> hold(Deadline deadline, Executor executor) {
    return readIndexes.join(deadline).thenApplyAsync(applied -> held(), executor);
  }

  private StorageSnapshot held() {
    try {
      return state.hold();
    } catch (TabletClosedException e) {
      throw new GroupUnavailableException(spec.group() + ": stopped");
    }
  }

  /** Sizes of the tablet. */
  public TabletFigures figures() {
    return state.tablet().figures();
  }

  /** What lets commands in by the room that the group's disks have. */
  public RoomGate gate() {
    return gate;
  }

  /** Commands that wait for the log or are in it, not yet applied. */
  public int pendingCommands() {
    return proposals.size();
  }

  private Optional<String> leader() {
    com.alipay.sofa.jraft.entity.PeerId leader = node().getLeaderId();
    boolean known = leader != null && !leader.isEmpty();
    return known ? spec.nodeName().apply(Peers.fromJRaft(leader)) : Optional.empty();
  }

  private NotLeaderException notLeader() {
    Optional<PeerId> target = control.transferTarget();
    return new NotLeaderException(
        spec.group(), target.isPresent() ? spec.nodeName().apply(target.get()) : leader());
  }

  NodeImpl node() {
    return handle.node();
  }

  /** Stops the replica; hand leadership over before, with {@link GroupControl}. Blocks. */
  @Override
  public void close() {
    ticking.cancel(false);
    proposals.failWaiting(notLeader());
    handle.stop();
    readIndexes.close();
    state.close();
  }
}
