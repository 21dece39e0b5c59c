package io.raftwood.membership;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.cluster.ClusterFields;
import io.raftwood.cluster.ClusterMapCodec;
import io.raftwood.cluster.Formation;
import io.raftwood.cluster.FormationCodec;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The handshake's messages as bytes: format byte, fields. Decoding is total. */
public final class HelloCodec {
  private static final int FORMAT = 1;

  private HelloCodec() {}

  /** Encodes {@code request}. */
  public static Bytes encode(HelloRequest request) {
    ByteWriter out = new ByteWriter().u8(FORMAT);
    writeIdentity(out, request.identity());
    FormationCodec.writePlan(out, request.plan());
    return out.toBytes();
  }

  /**
   * Decodes a request.
   *
   * @throws MalformedBytesException when the bytes are something else
   */
  public static HelloRequest decodeRequest(Bytes bytes) {
    ByteReader in = new ByteReader(bytes);
    ClusterFields.expectFormat(in, FORMAT);
    HelloRequest request = new HelloRequest(readIdentity(in), FormationCodec.readPlan(in));
    in.expectEnd();
    return request;
  }

  /** Encodes {@code answer}. */
  public static Bytes encode(HelloAnswer answer) {
    ByteWriter out = new ByteWriter(256).u8(FORMAT);
    writeIdentity(out, answer.identity());
    out.u8(answer.serving() ? 1 : 0);
    FormationCodec.writePlan(out, answer.plan());
    out.sized(answer.map().map(ClusterMapCodec::encode).orElse(Bytes.EMPTY));
    writeIndexes(out, answer.reportedCommits());
    return out.toBytes();
  }

  /**
   * Decodes an answer.
   *
   * @throws MalformedBytesException when the bytes are something else
   */
  public static HelloAnswer decodeAnswer(Bytes bytes) {
    ByteReader in = new ByteReader(bytes);
    ClusterFields.expectFormat(in, FORMAT);
    NodeIdentity identity = readIdentity(in);
    boolean serving = in.count(1) == 1;
    var plan = FormationCodec.readPlan(in);
    Bytes map = in.sized();
    HelloAnswer answer =
        new HelloAnswer(
            identity,
            serving,
            plan,
            map.isEmpty() ? Optional.empty() : Optional.of(ClusterMapCodec.decode(map)),
            readIndexes(in));
    in.expectEnd();
    return answer;
  }

  private static void writeIdentity(ByteWriter out, NodeIdentity identity) {
    out.text(identity.name());
    ClusterFields.writeId(out, identity.incarnation());
    out.varint(identity.starts()).u8(identity.phase().tag()).varint(identity.index());
    identity.formation().ifPresent(formation -> FormationCodec.write(out, formation));
  }

  private static NodeIdentity readIdentity(ByteReader in) {
    String name = ClusterFields.readName(in);
    String incarnation = ClusterFields.readId(in);
    long starts = ClusterFields.readCounter(in);
    int tag = in.u8();
    FormationPhase phase = ClusterFields.checked(() -> FormationPhase.of(tag));
    int index = in.count(Integer.MAX_VALUE);
    Optional<Formation> formation =
        phase == FormationPhase.NEW ? Optional.empty() : Optional.of(FormationCodec.read(in));
    return ClusterFields.checked(
        () -> new NodeIdentity(name, incarnation, starts, phase, index, formation));
  }

  private static void writeIndexes(ByteWriter out, Map<String, Long> indexes) {
    out.varint(indexes.size());
    new TreeMap<>(indexes).forEach((group, index) -> out.text(group).varint(index));
  }

  private static Map<String, Long> readIndexes(ByteReader in) {
    int count = in.count(in.remaining());
    Map<String, Long> indexes = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      indexes.put(in.text(), ClusterFields.readCounter(in));
    }
    return indexes;
  }
}
