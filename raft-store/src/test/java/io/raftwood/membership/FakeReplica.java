package io.raftwood.membership;

import io.raftwood.bytes.Bytes;
import io.raftwood.cluster.ClusterMachine;
import io.raftwood.fixtures.SortedMapView;
import io.raftwood.raft.Answer;
import io.raftwood.raft.ApplyContext;
import io.raftwood.raft.Command;
import io.raftwood.raft.Committed;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.GroupControl;
import io.raftwood.raft.NotLeaderException;
import io.raftwood.raft.PeerId;
import io.raftwood.raft.Query;
import io.raftwood.raft.QueryContext;
import io.raftwood.raft.RaftGroup;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.ReplicaStatus;
import io.raftwood.raft.StateHash;
import io.raftwood.storage.OverlayBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A replica of a group with one voter, itself a cluster machine; records what control asks. */
final class FakeReplica implements RaftGroup, GroupControl {
  private final String name;
  private final SortedMapView rows = new SortedMapView();
  private final ClusterMachine machine = new ClusterMachine();
  private final Map<Bytes, Bytes> byKey = new HashMap<>();
  final List<String> asked = new ArrayList<>();
  final Map<Long, CompletableFuture<StateHash>> hashes = new HashMap<>();
  CompletableFuture<Void> controlAnswer = CompletableFuture.completedFuture(null);
  GroupPlacement configuration = new GroupPlacement(List.of(), List.of());
  ReplicaStatus.Role role = ReplicaStatus.Role.LEADER;
  Optional<RuntimeException> afterApply = Optional.empty();
  long applied;

  FakeReplica(String name) {
    this.name = name;
  }

  void forgetKeys() {
    byKey.clear();
  }

  HostedReplica hosted() {
    FakeReplica self = this;
    return new HostedReplica() {
      @Override
      public RaftGroup group() {
        return self;
      }

      @Override
      public GroupControl control() {
        return self;
      }

      @Override
      public Optional<CompletableFuture<StateHash>> stateHash(long barrier) {
        return Optional.ofNullable(hashes.get(barrier));
      }
    };
  }

  @Override
  public String group() {
    return name;
  }

  @Override
  public CompletableFuture<Committed> propose(Command command, Deadline deadline) {
    if (role != ReplicaStatus.Role.LEADER) {
      return CompletableFuture.failedFuture(new NotLeaderException(name, Optional.of("n2")));
    }
    Bytes result =
        command
            .idempotencyKey()
            .map(key -> byKey.computeIfAbsent(key, unused -> apply(command)))
            .orElseGet(() -> apply(command));
    if (afterApply.isPresent()) {
      return CompletableFuture.failedFuture(afterApply.get());
    }
    return CompletableFuture.completedFuture(new Committed(result, applied));
  }

  private Bytes apply(Command command) {
    OverlayBatch batch = new OverlayBatch(rows);
    Bytes result = machine.apply(new ApplyContext(batch, ++applied, 0), command.payload());
    rows.commit(batch);
    return result;
  }

  @Override
  public CompletableFuture<Answer> query(
      Query query, ReadConsistency consistency, Deadline deadline, Executor executor) {
    Bytes result = machine.query(new QueryContext(rows, 0), query.payload());
    return CompletableFuture.completedFuture(new Answer(result, applied, consistency));
  }

  @Override
  public ReplicaStatus status() {
    return new ReplicaStatus(
        name,
        role,
        Optional.empty(),
        1,
        applied,
        applied,
        applied,
        applied,
        0,
        configuration.voters(),
        configuration.learners());
  }

  @Override
  public CompletableFuture<Void> addLearner(PeerId peer) {
    return ask("add " + peer);
  }

  @Override
  public CompletableFuture<Void> removeLearner(PeerId peer) {
    return ask("remove " + peer);
  }

  @Override
  public CompletableFuture<Void> changeVoters(List<PeerId> voters) {
    return ask("voters " + voters);
  }

  @Override
  public CompletableFuture<Void> transferLeadership(PeerId peer) {
    return ask("transfer " + peer);
  }

  @Override
  public CompletableFuture<Void> voteAlone() {
    return ask("vote alone");
  }

  @Override
  public CompletableFuture<Void> snapshot() {
    return ask("snapshot");
  }

  private CompletableFuture<Void> ask(String what) {
    asked.add(what);
    return controlAnswer;
  }
}
