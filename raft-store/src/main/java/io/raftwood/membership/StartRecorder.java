package io.raftwood.membership;

import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterFields;
import io.raftwood.cluster.ClusterResult;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Has this process start recorded in the cluster map: the last line of defence against an old copy
 * of a data directory, when no other node remembered anything at the handshake. {@link #tick} about
 * every 500 ms on one thread until {@link #outcome} is complete.
 */
public final class StartRecorder {
  private final NodeIdentity identity;
  private final ClusterCommands commands;
  private final Bytes keyPrefix;
  private final CompletableFuture<Optional<JoinOutcome.Refused>> outcome =
      new CompletableFuture<>();
  private Optional<CompletableFuture<ClusterCommandReply>> attempt = Optional.empty();
  private boolean maybeApplied;
  private int round;

  /**
   * Records the start of {@code identity}, a member.
   *
   * @param nonce random, drawn for this process: tells a repetition from a second process
   */
  public StartRecorder(NodeIdentity identity, ClusterCommands commands, Bytes nonce) {
    this.identity = identity;
    this.commands = commands;
    ByteWriter key = new ByteWriter();
    ClusterFields.writeId(key, identity.incarnation());
    this.keyPrefix = key.u64(identity.starts()).raw(nonce).toBytes();
  }

  /**
   * Completes once the start is recorded, or with the refusal after which the process must end with
   * a non-zero code. Never fails.
   */
  public CompletableFuture<Optional<JoinOutcome.Refused>> outcome() {
    return outcome;
  }

  /** Takes an answer in, or tries once more. */
  public void tick() {
    if (outcome.isDone()) {
      return;
    }
    if (attempt.isEmpty()) {
      attempt =
          Optional.of(
              commands.attempt(
                  identity.clusterId().orElseThrow(),
                  new ClusterCommand.RecordStart(
                      identity.name(), identity.incarnation(), identity.starts()),
                  Optional.of(keyPrefix.concat(new ByteWriter(4).u32(round).toBytes()))));
    } else if (attempt.get().isDone()) {
      ClusterCommandReply reply = attempt.get().join();
      attempt = Optional.empty();
      take(reply);
    }
  }

  private void take(ClusterCommandReply reply) {
    if (reply instanceof ClusterCommandReply.Failed failed && !failed.certainlyNotApplied()) {
      maybeApplied = true;
    } else if (reply instanceof ClusterCommandReply.Decided decided) {
      decided(decided.result());
    }
  }

  private void decided(ClusterResult result) {
    if (result instanceof ClusterResult.Accepted) {
      outcome.complete(Optional.empty());
    } else if (result instanceof ClusterResult.RolledBack rolledBack) {
      // An earlier attempt of ours may be what was recorded, should its key be forgotten by now.
      boolean ours = maybeApplied && rolledBack.recorded() == identity.starts();
      outcome.complete(
          ours
              ? Optional.empty()
              : refusal(JoinRefusals.startsRolledBack(identity, rolledBack.recorded())));
    } else if (result instanceof ClusterResult.Superseded superseded) {
      outcome.complete(refusal(JoinRefusals.superseded(identity, superseded.current())));
    } else if (result instanceof ClusterResult.UnknownNode) {
      outcome.complete(refusal(JoinRefusals.removed(identity)));
    }
    // Anything else (no map yet): try again, as a new command. Under the old key the machine would
    // give the remembered answer for ever.
    round++;
  }

  private static Optional<JoinOutcome.Refused> refusal(JoinStep.Refuse step) {
    return Optional.of(step.outcome());
  }
}
