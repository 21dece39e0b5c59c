package io.raftwood.raft;

import java.util.Optional;

/** This replica does not lead the group. Nothing was proposed: try the leader. */
public final class NotLeaderException extends ReplicationException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<String> leader;

  /** Names the group and, if known, the node that leads it. */
  public NotLeaderException(String group, Optional<String> leader) {
    super("not the leader of " + group + leader.map(name -> "; " + name + " leads it").orElse(""));
    this.leader = leader;
  }

  /** The name of the node that leads the group, as far as this replica knows. */
  public Optional<String> leader() {
    return leader == null ? Optional.empty() : leader;
  }

  @Override
  public boolean certainlyNotApplied() {
    return true;
  }
}
