package io.raftwood.membership;

import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.ClusterResult;
import io.raftwood.cluster.NodeStanding;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Finds out that this node was removed: it is told nothing any more once its replica of the meta
 * group is gone. So it asks the meta group while the map says that it leaves, and while nobody
 * reports to it as the leader of the meta group. {@link #tick} about every 500 ms, on one thread.
 */
public final class RemovalWatch {
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final long NO_START = 0;
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private final NodeIdentity self;
  private final ClusterDirectory directory;
  private final StatusBoard board;
  private final ClusterCommands commands;
  private final LongSupplier nanoClock;
  private final Consumer<JoinOutcome.Refused> removed;
  private Optional<CompletableFuture<ClusterCommandReply>> attempt = Optional.empty();
  private long lastNanos;

  /**
   * Watches for {@code self}, a member.
   *
   * @param removed is called, perhaps more than once, when the cluster knows this node no more
   */
  public RemovalWatch(
      NodeIdentity self,
      ClusterDirectory directory,
      StatusBoard board,
      ClusterCommands commands,
      LongSupplier nanoClock,
      Consumer<JoinOutcome.Refused> removed) {
    this.self = self;
    this.directory = directory;
    this.board = board;
    this.commands = commands;
    this.nanoClock = nanoClock;
    this.removed = removed;
    this.lastNanos = nanoClock.getAsLong();
  }

  /** Takes an answer in, or asks if it is time to. */
  public void tick() {
    if (attempt.isPresent() && attempt.get().isDone()) {
      ClusterCommandReply reply = attempt.get().join();
      attempt = Optional.empty();
      take(reply);
    } else if (attempt.isEmpty() && due()) {
      lastNanos = nanoClock.getAsLong();
      // No start has the number 0, so it changes nothing: what matters is whether the node is
      // known.
      attempt =
          Optional.of(
              commands.attempt(
                  self.clusterId().orElseThrow(),
                  new ClusterCommand.RecordStart(self.name(), self.incarnation(), NO_START),
                  Optional.empty()));
    }
  }

  private boolean due() {
    return nanoClock.getAsLong() - lastNanos >= EVERY.toNanos()
        && (leaving() || board.leader(ClusterMap.META_GROUP, SILENCE).isEmpty());
  }

  private boolean leaving() {
    return directory
        .node(self.name())
        .filter(node -> node.standing() == NodeStanding.LEAVING)
        .isPresent();
  }

  private void take(ClusterCommandReply reply) {
    if (reply instanceof ClusterCommandReply.Decided decided
        && decided.result() instanceof ClusterResult.UnknownNode) {
      removed.accept(JoinRefusals.removed(self).outcome());
    }
  }
}
