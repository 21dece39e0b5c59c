package io.raftwood.server;

import io.raftwood.cluster.GroupRecord;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.membership.ClusterDirectory;
import io.raftwood.membership.StatusBoard;
import io.raftwood.peer.NodeAddress;
import io.raftwood.routing.GroupLocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where requests go, from the cluster map and what the nodes report. */
final class DirectoryLocator implements GroupLocator {
  private final String self;
  private final ClusterDirectory cluster;
  private final StatusBoard board;

  DirectoryLocator(String self, ClusterDirectory cluster, StatusBoard board) {
    this.self = self;
    this.cluster = cluster;
    this.board = board;
  }

  @Override
  public Optional<String> groupOf(int slot) {
    return cluster.groupOfSlot(slot).map(GroupRecord::name);
  }

  @Override
  public Optional<String> leaderOf(String group) {
    return board.leaderOf(group);
  }

  @Override
  public List<String> hostsOf(String group) {
    List<String> hosts = new ArrayList<>();
    cluster
        .map()
        .flatMap(map -> map.group(group))
        .ifPresent(
            record -> {
              hosts.addAll(record.voters());
              hosts.addAll(record.learners());
            });
    return hosts;
  }

  @Override
  public Optional<NodeAddress> raftAddressOf(String node) {
    return cluster.node(node).map(NodeRecord::raft);
  }

  @Override
  public String self() {
    return self;
  }
}
