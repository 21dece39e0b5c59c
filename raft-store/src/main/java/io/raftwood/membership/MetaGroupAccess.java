package io.raftwood.membership;

import io.raftwood.bytes.Bytes;
import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterMachine;
import io.raftwood.cluster.ClusterResult;
import io.raftwood.cluster.Users;
import io.raftwood.raft.Answer;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.OutcomeUnknownException;
import io.raftwood.raft.RaftGroup;
import io.raftwood.raft.ReadConsistency;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * What this node wants of the meta group on behalf of its clients: it proposes commands, wherever
 * the leader is, and knows the users by this node's own replica. Thread-safe; nothing blocks.
 */
public final class MetaGroupAccess {
  private static final Duration LOCAL_READ = Duration.ofSeconds(3);
  private static final long PAUSE_MILLIS = 50;
  private static final int KEY_BYTES = 16;

  private final ClusterCommands commands;
  private final Supplier<Optional<String>> clusterId;
  private final Supplier<Optional<RaftGroup>> meta;
  private final ClusterDirectory directory;
  private final ScheduledExecutorService scheduler;
  private final SecureRandom random = new SecureRandom();
  private final AtomicReference<Users> users = new AtomicReference<>(Users.NONE);
  private volatile Bytes lastUsers = Bytes.EMPTY;

  /**
   * Reaches the meta group by {@code commands}.
   *
   * @param clusterId absent before this node belongs to a cluster
   * @param meta this node's replica, once it runs
   * @param directory told of the cluster map that a command left
   * @param scheduler where attempts are repeated
   */
  public MetaGroupAccess(
      ClusterCommands commands,
      Supplier<Optional<String>> clusterId,
      Supplier<Optional<RaftGroup>> meta,
      ClusterDirectory directory,
      ScheduledExecutorService scheduler) {
    this.commands = commands;
    this.clusterId = clusterId;
    this.meta = meta;
    this.directory = directory;
    this.scheduler = scheduler;
  }

  /** The users as this node's replica has them. */
  public Users users() {
    return users.get();
  }

  /** Reads the users anew; about every 500 ms, and when the replica has applied. */
  public void tick() {
    read(ReadConsistency.LOCAL, Deadline.after(LOCAL_READ));
  }

  /**
   * Proposes {@code command}. When the future completes, this node knows of what the command did.
   * The command is carried out at most once, however often it has to be sent.
   *
   * <p>Fails with {@link GroupUnavailableException} (certainly not done) or {@link
   * OutcomeUnknownException}.
   */
  public CompletableFuture<ClusterResult> propose(ClusterCommand command, Deadline deadline) {
    Optional<String> cluster = clusterId.get();
    if (cluster.isEmpty()) {
      return CompletableFuture.failedFuture(
          new GroupUnavailableException("the node is not a member of a cluster yet"));
    }
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    Proposal proposal = new Proposal(cluster.get(), command, Bytes.wrap(key), deadline);
    proposal.begin();
    return proposal.result.thenCompose(result -> seen(result, deadline));
  }

  /** Waits until this node's replica has what was committed before now. */
  private CompletableFuture<ClusterResult> seen(ClusterResult result, Deadline deadline) {
    return read(ReadConsistency.LINEARIZABLE, deadline).handle((done, failure) -> result);
  }

  private CompletableFuture<Void> read(ReadConsistency consistency, Deadline deadline) {
    Optional<RaftGroup> replica = meta.get();
    if (replica.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return replica
        .get()
        .query(ClusterMachine.usersQuery(), consistency, deadline, Runnable::run)
        .thenAccept(this::take);
  }

  private void take(Answer answer) {
    Bytes encoded = answer.result();
    if (!encoded.equals(lastUsers)) {
      Users found = Users.decode(encoded);
      users.accumulateAndGet(
          found, (present, offered) -> offered.version() > present.version() ? offered : present);
      lastUsers = encoded;
    }
  }

  /** One command until it is decided or its time is over. */
  private final class Proposal {
    private final CompletableFuture<ClusterResult> result = new CompletableFuture<>();
    private final String cluster;
    private final ClusterCommand command;
    private final Bytes key;
    private final Deadline deadline;
    private volatile boolean maybeDone;
    private volatile boolean asked;

    Proposal(String cluster, ClusterCommand command, Bytes key, Deadline deadline) {
      this.cluster = cluster;
      this.command = command;
      this.key = key;
      this.deadline = deadline;
    }

    void begin() {
      // An attempt may take longer than there is time.
      later(() -> end("no answer in time"), deadline.remainingMillis());
      attempt();
    }

    private void attempt() {
      if (result.isDone()) {
        return;
      }
      asked = true;
      commands
          .attempt(cluster, command, Optional.of(key))
          .thenAccept(this::take)
          .exceptionally(
              failure -> {
                result.completeExceptionally(failure);
                return null;
              });
    }

    private void take(ClusterCommandReply reply) {
      if (reply instanceof ClusterCommandReply.Decided decided) {
        decided.map().ifPresent(directory::offer);
        result.complete(decided.result());
      } else if (reply instanceof ClusterCommandReply.Failed failed) {
        maybeDone |= !failed.certainlyNotApplied();
        asked = false;
        again(failed.message());
      } else {
        asked = false;
        again("the meta group has no leader");
      }
    }

    private void again(String why) {
      if (deadline.remainingMillis() <= PAUSE_MILLIS) {
        end(why);
      } else if (!result.isDone()) {
        later(this::attempt, PAUSE_MILLIS);
      }
    }

    private void later(Runnable task, long millis) {
      try {
        scheduler.schedule(task, millis, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        end("the node is stopping");
      }
    }

    private void end(String why) {
      if (!result.isDone()) {
        result.completeExceptionally(
            maybeDone || asked
                ? new OutcomeUnknownException("meta: " + why)
                : new GroupUnavailableException("meta: " + why));
      }
    }
  }
}
