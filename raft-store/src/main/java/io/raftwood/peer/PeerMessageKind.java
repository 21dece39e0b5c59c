package io.raftwood.peer;

/** The kinds of messages; tags are never reused ({@code docs/formats.md}). */
public enum PeerMessageKind {
  /** A command or query for a group that the receiver hosts. */
  FORWARD(1),
  /** Start-up handshake: who are you, what do you know of me. */
  HELLO(2),
  /** Periodic report of a node's replicas. */
  REPORT(3),
  /** A change of the cluster map for the meta group's leader. */
  CLUSTER_COMMAND(4),
  /** One step of a membership change for a group's leader. */
  MEMBERSHIP_STEP(5),
  /** The state hash that a replica took at a barrier. */
  STATE_HASH(6),
  /** Announcement of a leadership transfer to the voters, which suspends the vote refusal. */
  TRANSFER_ANNOUNCEMENT(7),
  /** A replica is to take a snapshot now. */
  TAKE_SNAPSHOT(12),
  /** What is left on a survivor's disk, while a recovery is being prepared. */
  RECOVERY_FACTS(13),
  /** One step of a recovery, for a survivor. */
  RECOVERY_STEP(14);

  private final int tag;

  PeerMessageKind(int tag) {
    this.tag = tag;
  }

  /** The tag on the wire. */
  public int tag() {
    return tag;
  }

  /**
   * The kind with {@code tag}.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static PeerMessageKind of(int tag) {
    for (PeerMessageKind kind : values()) {
      if (kind.tag == tag) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no message kind has tag " + tag);
  }
}
