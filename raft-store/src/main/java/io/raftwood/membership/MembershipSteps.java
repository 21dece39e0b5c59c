package io.raftwood.membership;

import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.peer.PeerService;
import io.raftwood.raft.GroupControl;
import io.raftwood.raft.ReplicaStatus;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Carries out {@code MEMBERSHIP_STEP} messages on groups that this node leads: one at a time for
 * each group, and only in the configuration that the step was decided from.
 */
public final class MembershipSteps implements PeerService {
  private final Supplier<Optional<String>> clusterId;
  private final Function<String, Optional<HostedReplica>> replicas;
  private final Set<String> busy = ConcurrentHashMap.newKeySet();

  /**
   * Serves the cluster {@code clusterId}.
   *
   * @param replicas this node's replica of a group, by the group's name
   */
  public MembershipSteps(
      Supplier<Optional<String>> clusterId, Function<String, Optional<HostedReplica>> replicas) {
    this.clusterId = clusterId;
    this.replicas = replicas;
  }

  @Override
  public CompletableFuture<Bytes> serve(Bytes bytes) {
    try {
      return handle(MembershipStepRequest.decode(bytes)).thenApply(MembershipStepReply::encode);
    } catch (MalformedBytesException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<MembershipStepReply> handle(MembershipStepRequest request) {
    Optional<HostedReplica> replica = replicas.apply(request.group());
    if (replica.isEmpty() || !clusterId.get().equals(Optional.of(request.clusterId()))) {
      return refuse("no replica of " + request.group() + " of that cluster here");
    }
    if (!busy.add(request.group())) {
      return refuse(request.group() + " is busy with an earlier step");
    }
    return carryOut(replica.get(), request)
        .whenComplete((reply, failure) -> busy.remove(request.group()));
  }

  private static CompletableFuture<MembershipStepReply> carryOut(
      HostedReplica replica, MembershipStepRequest request) {
    ReplicaStatus status = replica.group().status();
    if (status.role() != ReplicaStatus.Role.LEADER) {
      return refuse("this replica does not lead " + request.group());
    }
    GroupPlacement actual = new GroupPlacement(status.voters(), status.learners());
    if (!actual.sameAs(request.expected())) {
      return refuse("the configuration of " + request.group() + " has changed");
    }
    return MembershipStepReply.to(request.step().dispatch(new Control(replica.control())));
  }

  private static CompletableFuture<MembershipStepReply> refuse(String detail) {
    return CompletableFuture.completedFuture(new MembershipStepReply(false, detail));
  }

  /** Each step as a call of the port. */
  private static final class Control implements MembershipStep.Handler<CompletableFuture<Void>> {
    private final GroupControl control;

    Control(GroupControl control) {
      this.control = control;
    }

    @Override
    public CompletableFuture<Void> addLearner(MembershipStep.AddLearner step) {
      return control.addLearner(step.peer());
    }

    @Override
    public CompletableFuture<Void> removeLearner(MembershipStep.RemoveLearner step) {
      return control.removeLearner(step.peer());
    }

    @Override
    public CompletableFuture<Void> changeVoters(MembershipStep.ChangeVoters step) {
      return control.changeVoters(step.voters());
    }

    @Override
    public CompletableFuture<Void> transferLeadership(MembershipStep.TransferLeadership step) {
      return control.transferLeadership(step.peer());
    }
  }
}
