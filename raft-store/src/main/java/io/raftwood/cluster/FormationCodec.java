package io.raftwood.cluster;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.peer.NodeAddress;
import java.util.List;

/** Writes formations and plans as fields of larger formats. Reading is total. */
public final class FormationCodec {
  private FormationCodec() {}

  /** Appends {@code formation}. */
  public static void write(ByteWriter out, Formation formation) {
    out.varint(formation.dataGroups());
    ClusterFields.writeList(
        out,
        formation.members(),
        (to, member) -> {
          writeNode(to, member.name(), member.http(), member.raft());
          ClusterFields.writeId(to, member.incarnation());
        });
  }

  /** Reads what {@link #write} wrote. */
  public static Formation read(ByteReader in) {
    int groups = in.count(InitialPlacement.SLOTS);
    List<Formation.Member> members =
        ClusterFields.readList(
            in,
            from ->
                new Formation.Member(
                    ClusterFields.readName(from),
                    ClusterFields.readAddress(from),
                    ClusterFields.readAddress(from),
                    ClusterFields.readId(from)));
    return ClusterFields.checked(() -> new Formation(groups, members));
  }

  /** Appends {@code plan}. */
  public static void writePlan(ByteWriter out, FormationPlan plan) {
    out.varint(plan.dataGroups());
    ClusterFields.writeList(
        out, plan.nodes(), (to, node) -> writeNode(to, node.name(), node.http(), node.raft()));
  }

  /** Reads what {@link #writePlan} wrote. */
  public static FormationPlan readPlan(ByteReader in) {
    int groups = in.count(InitialPlacement.SLOTS);
    List<FormationPlan.Node> nodes =
        ClusterFields.readList(
            in,
            from ->
                new FormationPlan.Node(
                    ClusterFields.readName(from),
                    ClusterFields.readAddress(from),
                    ClusterFields.readAddress(from)));
    return ClusterFields.checked(() -> new FormationPlan(groups, nodes));
  }

  private static void writeNode(ByteWriter out, String name, NodeAddress http, NodeAddress raft) {
    out.text(name);
    ClusterFields.writeAddress(out, http);
    ClusterFields.writeAddress(out, raft);
  }
}
