package io.raftwood.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.ClusterResult;
import io.raftwood.cluster.Formation;
import io.raftwood.cluster.InitialPlacement;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.fixtures.Formations;
import io.raftwood.peer.NodeAddress;
import io.raftwood.peer.PeerException;
import io.raftwood.peer.PeerTransport;
import io.raftwood.raft.OutcomeUnknownException;
import io.raftwood.raft.ReplicaStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MetaServicesTest {
  private static final Formation FORMATION = Formations.of(2, 1);
  private static final String CLUSTER = FORMATION.clusterId();
  private static final NodeAddress ONE = FORMATION.members().get(0).raft();
  private static final NodeAddress TWO = FORMATION.members().get(1).raft();

  private final FakeReplica meta = new FakeReplica(ClusterMap.META_GROUP);
  private final FakeReplica follower = new FakeReplica(ClusterMap.META_GROUP);
  private final ClusterDirectory directory = new ClusterDirectory();
  private final MetaWatch watch = new MetaWatch(meta, FORMATION, directory);

  @Test
  void theMetaLeaderFoundsTheClusterOnceAndKeepsTheDirectoryUp() {
    meta.role = ReplicaStatus.Role.FOLLOWER;
    watch.tick();
    assertThat(meta.applied).isZero();
    meta.role = ReplicaStatus.Role.LEADER;
    watch.tick();
    watch.tick();
    watch.tick();
    assertThat(meta.applied).isEqualTo(1);
    assertThat(directory.map()).contains(InitialPlacement.of(FORMATION));
  }

  @Test
  void commandsFindTheLeaderByTheFollowersHint() {
    found();
    follower.role = ReplicaStatus.Role.FOLLOWER;
    ClusterCommands commands = commands(follower, meta);
    ClusterCommand record =
        new ClusterCommand.RecordStart("n1", FORMATION.members().get(0).incarnation(), 1);
    int decided = 0;
    for (int i = 0; i < 4; i++) {
      ClusterCommandReply reply =
          commands.attempt(CLUSTER, record, Optional.of(Bytes.of(1))).join();
      if (reply instanceof ClusterCommandReply.Decided done) {
        assertThat(done.result()).isEqualTo(new ClusterResult.Accepted(2, true));
        assertThat(done.map().orElseThrow().epoch()).isEqualTo(2);
        decided++;
      } else {
        assertThat(reply).isEqualTo(new ClusterCommandReply.Elsewhere(Optional.of("n2")));
      }
    }
    assertThat(decided).isGreaterThanOrEqualTo(2);
  }

  @Test
  void commandsOfAnotherClusterAreNotProposed() {
    found();
    ClusterCommand record =
        new ClusterCommand.RecordStart("n1", FORMATION.members().get(0).incarnation(), 1);
    ClusterCommandReply reply =
        commands(meta, meta).attempt(Formations.incarnation(9), record, Optional.empty()).join();
    assertThat(reply)
        .isEqualTo(new ClusterCommandReply.Failed("this node belongs to cluster " + CLUSTER, true));
    assertThat(meta.applied).isEqualTo(1);
  }

  @Test
  void aStartIsRecordedOnce() {
    found();
    assertThat(record(identity(), commands(meta, meta), 1).outcome().join()).isEmpty();
    assertThat(node().starts()).isEqualTo(1);
  }

  @Test
  void aStartThatCameBeforeTheMapIsRecordedOnceThereIsOne() {
    StartRecorder recorder = record(identity(), commands(meta, meta), 1);
    assertThat(recorder.outcome()).isNotDone();
    found();
    recorder.tick();
    recorder.tick();
    assertThat(recorder.outcome().join()).isEmpty();
    assertThat(node().starts()).isEqualTo(1);
  }

  @Test
  void aSecondProcessWithTheSameCountIsRefused() {
    found();
    record(identity(), commands(meta, meta), 1);
    Optional<JoinOutcome.Refused> refused =
        record(identity(), commands(meta, meta), 2).outcome().join();
    assertThat(refused.orElseThrow().reason()).isEqualTo(JoinOutcome.Reason.STARTS_ROLLED_BACK);
  }

  @Test
  void askingWhetherTheClusterKnowsTheNodeIsNoStart() {
    found();
    long[] nanos = {0};
    List<JoinOutcome.Refused> removed = new ArrayList<>();
    RemovalWatch watch =
        new RemovalWatch(
            identity(),
            directory,
            new StatusBoard(() -> nanos[0]),
            commands(meta, meta),
            () -> nanos[0],
            removed::add);
    for (int i = 0; i < 8; i++) {
      nanos[0] += Duration.ofSeconds(1).toNanos();
      watch.tick();
    }
    assertThat(record(identity(), commands(meta, meta), 1).outcome().join()).isEmpty();
    assertThat(removed).isEmpty();
  }

  @Test
  void aSupersededProcessIsToldSo() {
    found();
    commands(meta, meta)
        .attempt(
            CLUSTER,
            new ClusterCommand.RegisterIncarnation("n1", Formations.incarnation(70), 0),
            Optional.empty())
        .join();
    Optional<JoinOutcome.Refused> refused =
        record(identity(), commands(meta, meta), 1).outcome().join();
    assertThat(refused.orElseThrow().reason()).isEqualTo(JoinOutcome.Reason.SUPERSEDED);
  }

  @Test
  void anAttemptWhoseFateIsUnknownIsRepeatedWithoutHarm() {
    found();
    meta.afterApply = Optional.of(new OutcomeUnknownException("lost"));
    StartRecorder recorder = new StartRecorder(identity(), commands(meta, meta), Bytes.of(1));
    recorder.tick();
    recorder.tick();
    assertThat(recorder.outcome()).isNotDone();
    meta.afterApply = Optional.empty();
    // Long after: the key is forgotten, and the count that is recorded is our own.
    meta.forgetKeys();
    recorder.tick();
    recorder.tick();
    assertThat(recorder.outcome().join()).isEmpty();
    assertThat(node().starts()).isEqualTo(1);
  }

  @Test
  void unreachableNodesAreTriedAgain() {
    PeerTransport nobody =
        (address, kind, request, timeout) ->
            CompletableFuture.failedFuture(new PeerException("connection refused", false));
    ClusterCommands commands = new ClusterCommands(nobody, () -> Map.of("n1", ONE));
    StartRecorder recorder = new StartRecorder(identity(), commands, Bytes.of(1));
    for (int i = 0; i < 10; i++) {
      recorder.tick();
    }
    assertThat(recorder.outcome()).isNotDone();
  }

  private void found() {
    watch.tick();
    watch.tick();
  }

  private static NodeIdentity identity() {
    return NodeIdentity.fresh("n1", FORMATION.members().get(0).incarnation(), 1)
        .formed(FORMATION, 0);
  }

  private NodeRecord node() {
    watch.tick();
    return directory.node("n1").orElseThrow();
  }

  private static StartRecorder record(NodeIdentity identity, ClusterCommands commands, int nonce) {
    StartRecorder recorder = new StartRecorder(identity, commands, Bytes.of(nonce));
    recorder.tick();
    recorder.tick();
    return recorder;
  }

  private static ClusterCommands commands(FakeReplica atOne, FakeReplica atTwo) {
    PeerTransport transport =
        (address, kind, request, timeout) ->
            new ClusterCommandService(
                    () -> Optional.of(CLUSTER),
                    () -> Optional.of(address.equals(ONE) ? atOne : atTwo))
                .serve(request);
    return new ClusterCommands(transport, () -> Map.of("n1", ONE, "n2", TWO));
  }
}
