package io.raftwood.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.admin.NodeFigures;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterResult;
import io.raftwood.cluster.Formation;
import io.raftwood.cluster.InitialPlacement;
import io.raftwood.fixtures.Formations;
import io.raftwood.raft.PeerId;
import io.raftwood.raft.ReplicaStatus;
import io.raftwood.raft.Room;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class MessageCodecTest {
  private static final Formation FORMATION = Formations.of(3, 2);
  private static final NodeIdentity FRESH =
      NodeIdentity.fresh("n1", Formations.incarnation(1), 300);

  @Test
  void hellosComeBackAsTheyWere() {
    for (NodeIdentity identity :
        List.of(FRESH, FRESH.prepared(FORMATION), FRESH.formed(FORMATION, 3))) {
      HelloRequest request = new HelloRequest(identity, FORMATION.plan());
      check(HelloCodec.encode(request), request, HelloCodec::decodeRequest, HelloCodec::encode);
      HelloAnswer answer =
          new HelloAnswer(
              identity,
              true,
              FORMATION.plan(),
              Optional.of(InitialPlacement.of(FORMATION)),
              Map.of("meta", 7L, "data-0", 1000L));
      check(HelloCodec.encode(answer), answer, HelloCodec::decodeAnswer, HelloCodec::encode);
    }
  }

  @Test
  void reportsComeBackAsTheyWere() {
    ReplicaStatus replica =
        new ReplicaStatus(
            "data-0",
            ReplicaStatus.Role.LEADER,
            Optional.of("n1"),
            4,
            100,
            99,
            98,
            500,
            50,
            List.of(new PeerId("127.0.0.1", 9081, 0), new PeerId("127.0.0.1", 9082, 2)),
            List.of(new PeerId("127.0.0.1", 9083, 0)));
    NodeReport report =
        new NodeReport(
            FORMATION.clusterId(),
            "n1",
            FRESH.incarnation(),
            9,
            List.of(replica),
            new NodeFigures("1.2.3", 1L << 40, 1L << 41, Room.FULL));
    check(NodeReportCodec.encode(report), report, NodeReportCodec::decode, NodeReportCodec::encode);
  }

  @Test
  void clusterCommandsComeBackAsTheyWere() {
    ClusterCommandRequest request =
        new ClusterCommandRequest(
            FORMATION.clusterId(),
            Optional.of(Bytes.of(1, 2, 3)),
            new ClusterCommand.RecordStart("n1", FRESH.incarnation(), 3));
    check(request.encode(), request, ClusterCommandRequest::decode, ClusterCommandRequest::encode);
    for (ClusterCommandReply reply :
        List.of(
            new ClusterCommandReply.Decided(
                new ClusterResult.Registered(1, 2), Optional.of(InitialPlacement.of(FORMATION))),
            new ClusterCommandReply.Decided(new ClusterResult.NotFormed(), Optional.empty()),
            new ClusterCommandReply.Elsewhere(Optional.of("n2")),
            new ClusterCommandReply.Failed("no quorum", true))) {
      check(
          ClusterCommandReply.Codec.encode(reply),
          reply,
          ClusterCommandReply.Codec::decode,
          ClusterCommandReply.Codec::encode);
    }
  }

  @Test
  void stepsAndHashesComeBackAsTheyWere() {
    PeerId peer = new PeerId("127.0.0.1", 9081, 2);
    for (MembershipStep step :
        List.of(
            new MembershipStep.AddLearner(peer),
            new MembershipStep.RemoveLearner(peer),
            new MembershipStep.ChangeVoters(List.of(peer)),
            new MembershipStep.TransferLeadership(peer))) {
      MembershipStepRequest request =
          new MembershipStepRequest(
              FORMATION.clusterId(),
              "data-0",
              new GroupPlacement(List.of(peer), List.of(peer)),
              step);
      check(
          request.encode(), request, MembershipStepRequest::decode, MembershipStepRequest::encode);
    }
    MembershipStepReply stepReply = new MembershipStepReply(false, "busy");
    check(stepReply.encode(), stepReply, MembershipStepReply::decode, MembershipStepReply::encode);
    StateHashRequest hashRequest = new StateHashRequest("meta", -5, 300);
    check(hashRequest.encode(), hashRequest, StateHashRequest::decode, StateHashRequest::encode);
    StateHashReply hashReply = new StateHashReply(StateHashReply.State.HASHED, "ab", 12);
    check(hashReply.encode(), hashReply, StateHashReply::decode, StateHashReply::encode);
  }

  static <T> void check(
      Bytes encoded, T value, Function<Bytes, T> decode, Function<T, Bytes> encode) {
    assertThat(decode.apply(encoded)).isEqualTo(value);
    for (int length = 0; length < encoded.length(); length++) {
      Bytes cut = encoded.slice(0, length);
      assertThatThrownBy(() -> decode.apply(cut)).isInstanceOf(MalformedBytesException.class);
    }
    assertThatThrownBy(() -> decode.apply(encoded.concat(Bytes.of(0))))
        .isInstanceOf(MalformedBytesException.class);
    Random random = new Random(encoded.hashCode());
    for (int i = 0; i < 500; i++) {
      byte[] damaged = encoded.toArray();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      try {
        assertThat(encode.apply(decode.apply(Bytes.wrap(damaged))).length()).isPositive();
      } catch (MalformedBytesException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }
}
