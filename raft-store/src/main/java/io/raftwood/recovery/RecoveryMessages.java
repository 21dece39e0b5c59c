package io.raftwood.recovery;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.cluster.ClusterFields;
import io.raftwood.cluster.ClusterMapCodec;
import io.raftwood.cluster.FormationCodec;
import io.raftwood.raft.PeerId;
import io.raftwood.raft.ReplicaRemains;
import java.util.Optional;

/** The messages between survivors as bytes ({@code docs/formats.md}). Decoding is total. */
public final class RecoveryMessages {
  private static final int FORMAT = 1;

  private RecoveryMessages() {}

  /** The question for facts. */
  public static Bytes question() {
    return Bytes.of(FORMAT);
  }

  /** Encodes {@code facts}. */
  public static Bytes encode(RecoveryFacts facts) {
    ByteWriter out = new ByteWriter(256).u8(FORMAT);
    out.text(facts.node());
    ClusterFields.writeId(out, facts.incarnation());
    writePeer(out, facts.peer());
    FormationCodec.write(out, facts.formation());
    out.sized(facts.map().map(ClusterMapCodec::encode).orElse(Bytes.EMPTY));
    ClusterFields.writeList(out, facts.replicas(), RecoveryMessages::writeRemains);
    return out.toBytes();
  }

  /**
   * Decodes facts.
   *
   * @throws MalformedBytesException when the bytes are something else
   */
  public static RecoveryFacts decodeFacts(Bytes bytes) {
    ByteReader in = new ByteReader(bytes);
    ClusterFields.expectFormat(in, FORMAT);
    String node = ClusterFields.readName(in);
    String incarnation = ClusterFields.readId(in);
    PeerId peer = readPeer(in);
    var formation = FormationCodec.read(in);
    Bytes map = in.sized();
    RecoveryFacts facts =
        new RecoveryFacts(
            node,
            incarnation,
            peer,
            formation,
            map.isEmpty() ? Optional.empty() : Optional.of(ClusterMapCodec.decode(map)),
            ClusterFields.readList(in, RecoveryMessages::readRemains));
    in.expectEnd();
    return facts;
  }

  /** Encodes {@code step} of {@code plan}. */
  public static Bytes encode(RecoveryStep step, RecoveryPlan plan) {
    ByteWriter out = new ByteWriter(256).u8(FORMAT).u8(step.kind().tag()).text(step.group());
    ClusterFields.writeId(out, plan.formerClusterId());
    FormationCodec.write(out, plan.formation());
    ClusterFields.writeList(out, plan.lost(), ByteWriter::text);
    ClusterFields.writeList(out, plan.groups(), RecoveryMessages::writeChoice);
    return out.toBytes();
  }

  /**
   * A step and the plan that it belongs to.
   *
   * @param step what to do
   * @param plan of the whole
   */
  public record Order(RecoveryStep step, RecoveryPlan plan) {}

  /**
   * Decodes a step.
   *
   * @throws MalformedBytesException when the bytes are something else
   */
  public static Order decodeStep(Bytes bytes) {
    ByteReader in = new ByteReader(bytes);
    ClusterFields.expectFormat(in, FORMAT);
    int tag = in.u8();
    RecoveryStep.Kind kind = ClusterFields.checked(() -> RecoveryStep.Kind.of(tag));
    RecoveryStep step = new RecoveryStep(kind, in.text());
    RecoveryPlan plan =
        new RecoveryPlan(
            ClusterFields.readId(in),
            FormationCodec.read(in),
            ClusterFields.readList(in, ByteReader::text),
            ClusterFields.readList(in, RecoveryMessages::readChoice));
    in.expectEnd();
    return new Order(step, plan);
  }

  private static void writeChoice(ByteWriter out, RecoveryPlan.Choice choice) {
    out.text(choice.group()).text(choice.node());
    out.varint(choice.lastTerm()).varint(choice.lastIndex());
    ClusterFields.writeList(out, choice.dropped(), ByteWriter::text);
    ClusterFields.writeList(out, choice.others(), ByteWriter::text);
  }

  private static RecoveryPlan.Choice readChoice(ByteReader in) {
    return new RecoveryPlan.Choice(
        in.text(),
        in.text(),
        ClusterFields.readCounter(in),
        ClusterFields.readCounter(in),
        ClusterFields.readList(in, ByteReader::text),
        ClusterFields.readList(in, ByteReader::text));
  }

  private static void writeRemains(ByteWriter out, ReplicaRemains remains) {
    out.text(remains.group()).varint(remains.lastTerm()).varint(remains.lastIndex());
    ClusterFields.writeList(out, remains.voters(), RecoveryMessages::writePeer);
    ClusterFields.writeList(out, remains.formerVoters(), RecoveryMessages::writePeer);
  }

  private static ReplicaRemains readRemains(ByteReader in) {
    return new ReplicaRemains(
        in.text(),
        ClusterFields.readCounter(in),
        ClusterFields.readCounter(in),
        ClusterFields.readList(in, RecoveryMessages::readPeer),
        ClusterFields.readList(in, RecoveryMessages::readPeer));
  }

  private static void writePeer(ByteWriter out, PeerId peer) {
    out.text(peer.host()).u16(peer.port()).varint(peer.index());
  }

  private static PeerId readPeer(ByteReader in) {
    String host = in.text();
    int port = in.u16();
    int index = in.count(Integer.MAX_VALUE);
    return ClusterFields.checked(() -> new PeerId(host, port, index));
  }
}
