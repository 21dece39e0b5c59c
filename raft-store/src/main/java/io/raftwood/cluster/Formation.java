package io.raftwood.cluster;

import io.raftwood.bytes.Bytes;
import io.raftwood.peer.NodeAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the initial nodes of a cluster agree on once, before any of them votes: who they are, each
 * with the incarnation that took part. Everything else about a new cluster follows from it.
 *
 * @param dataGroups the number of data groups, 1..{@link InitialPlacement#SLOTS}
 * @param members in the order of hustdb's peer numbers; 1..{@link FormationPlan#NODES_MAX}, names
 *     distinct
 */
public record Formation(int dataGroups, List<Member> members) {
  private static final int CLUSTER_ID_BYTES = 16;

  /** Checks the bounds and copies the list. */
  public Formation {
    members = List.copyOf(members);
    FormationPlan.check(dataGroups, members.stream().map(Member::name).toList());
  }

  /** The member called {@code name}. */
  public Optional<Member> member(String name) {
    return members.stream().filter(member -> member.name().equals(name)).findFirst();
  }

  /** The same without incarnations: what the configuration files said. */
  public FormationPlan plan() {
    return new FormationPlan(
        dataGroups,
        members.stream()
            .map(member -> new FormationPlan.Node(member.name(), member.http(), member.raft()))
            .toList());
  }

  /**
   * The cluster's id, 32 hexadecimal digits: the beginning of a SHA-256 over the {@code
   * name:incarnation} pairs in name order and the number of data groups, one a line.
   */
  public String clusterId() {
    String text =
        members.stream()
            .sorted(Comparator.comparing(Member::name))
            .map(member -> member.name() + ":" + member.incarnation() + "\n")
            .collect(Collectors.joining("", "", "groups:" + dataGroups + "\n"));
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return Bytes.wrap(hash).slice(0, CLUSTER_ID_BYTES).toHex();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * One initial node.
   *
   * @param name stable, 1..64 characters of {@code [A-Za-z0-9_.-]}
   * @param http where clients reach it
   * @param raft where the other nodes reach it
   * @param incarnation 32 lower-case hexadecimal digits
   */
  public record Member(String name, NodeAddress http, NodeAddress raft, String incarnation) {
    /** Checks the forms of name and incarnation. */
    public Member {
      ClusterFields.checkName(name);
      ClusterFields.checkIncarnation(incarnation);
    }
  }
}
