package io.raftwood.membership;

import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.cluster.NodeStanding;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes nodes that leave off the map once no group has a replica of them. Runs on every node and
 * acts only while this node leads the meta group. {@link #tick} about every 500 ms, on one thread.
 */
public final class NodeDepartures {
  private static final Logger LOG = LoggerFactory.getLogger(NodeDepartures.class);

  private final BooleanSupplier leadsMeta;
  private final ClusterDirectory directory;
  private final GroupObserver groups;
  private final Consumer<ClusterCommand> propose;

  /**
   * Acts while {@code leadsMeta}, on what {@code groups} sees of the groups.
   *
   * @param propose proposes to the meta group; does not block and may fail silently
   */
  public NodeDepartures(
      BooleanSupplier leadsMeta,
      ClusterDirectory directory,
      GroupObserver groups,
      Consumer<ClusterCommand> propose) {
    this.leadsMeta = leadsMeta;
    this.directory = directory;
    this.groups = groups;
    this.propose = propose;
  }

  /** Proposes what is due. */
  public void tick() {
    Optional<ClusterMap> map = directory.map();
    if (map.isEmpty() || !leadsMeta.getAsBoolean()) {
      return;
    }
    for (NodeRecord node : map.get().nodes()) {
      if (node.standing() == NodeStanding.LEAVING && gone(map.get(), node)) {
        LOG.info("node '{}' has left every group: it is taken off the map", node.name());
        propose.accept(new ClusterCommand.ForgetNode(node.name()));
      }
    }
  }

  private boolean gone(ClusterMap map, NodeRecord node) {
    return map.begunGroups().stream()
        .map(GroupRecord::name)
        .allMatch(
            group -> groups.actual(group).filter(actual -> !actual.on(node.raft())).isPresent());
  }
}
