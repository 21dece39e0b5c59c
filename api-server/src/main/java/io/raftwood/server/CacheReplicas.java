package io.raftwood.server;

import io.raftwood.cache.machine.CacheActivity;
import io.raftwood.cache.machine.CacheKeeper;
import io.raftwood.cache.machine.CacheMachine;
import io.raftwood.cluster.CacheGroup;
import io.raftwood.cluster.CacheMember;
import io.raftwood.cluster.CacheSeat;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.raft.PeerId;
import io.raftwood.raft.ReplicaRoom;
import io.raftwood.raft.jraft.ReplicaSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's replicas of cache groups. Only the present epoch of a group runs, and only once the
 * map shows the present memory: the replica's peer id is that memory's. One thread at a time.
 */
final class CacheReplicas {
  private static final Logger LOG = LoggerFactory.getLogger(CacheReplicas.class);

  private final ReplicaHost host;
  private final CacheMemory memory;
  private final CacheActivity activity;
  private final long budget;
  private final Set<String> running = new TreeSet<>();

  /** Replicas in {@code memory} that evict beyond {@code budget} bytes. */
  CacheReplicas(ReplicaHost host, CacheMemory memory, CacheActivity activity, long budget) {
    this.host = host;
    this.memory = memory;
    this.activity = activity;
    this.budget = budget;
  }

  /** Starts and stops what {@code map} says of the node called {@code self}. */
  void follow(ClusterMap map, String self) {
    Optional<CacheMember> own =
        map.cache().member(self).filter(m -> m.incarnation().equals(memory.incarnation()));
    if (own.isEmpty()) {
      return;
    }
    stopFormer(map);
    for (CacheGroup group : map.cache().groups()) {
      Optional<GroupRecord> record = map.group(group.name());
      boolean wanted = group.epoch() > 0 && record.isPresent() && record.get().hostedBy(self);
      if (wanted && !running.contains(group.name())) {
        start(map, group, own.get());
      }
    }
  }

  /**
   * Epochs that are over: their replicas answer no more, and give their memory back. Never a later
   * one: at a start the map may be older than what ran here, and the votes in it must be kept.
   */
  private void stopFormer(ClusterMap map) {
    Set<String> left = new TreeSet<>(running);
    left.addAll(memory.groups());
    for (String group : left) {
      if (map.cache().groups().stream().anyMatch(now -> now.hasLeftBehind(group))) {
        LOG.info("{} is over: it is deleted here", group);
        host.stop(group);
        running.remove(group);
        memory.destroy(group);
      }
    }
  }

  /** The groups that have a replica here. */
  Set<String> groups() {
    Set<String> groups = new TreeSet<>(memory.groups());
    groups.removeIf(group -> !memory.raft(group).hasReplica());
    return groups;
  }

  /** Stops the replica of {@code group} and deletes all of it but its vote. */
  void retire(String group) {
    running.remove(group);
    host.retire(group, memory.raft(group), memory.tablets());
  }

  /**
   * Once a founder has been removed, the group has been led: its configuration is in the log of
   * whoever has one, and nobody may found it again.
   */
  private void start(ClusterMap map, CacheGroup group, CacheMember own) {
    if (memory.raft(group.name()).isRetiring()) {
      retire(group.name());
    }
    PeerId self = map.peerOf(group.name(), own.node()).orElseThrow();
    boolean founder =
        group.founders().contains(new CacheSeat(own.node(), own.index()))
            && !memory.raft(group.name()).wasRetired()
            && group.founders().stream().allMatch(seat -> map.node(seat.node()).isPresent());
    host.run(
        new ReplicaSpec(
            group.name(),
            map.clusterId(),
            self,
            founder
                ? new ReplicaSpec.Founders(peers(map, group.founders()), List.of())
                : ReplicaSpec.Founders.NONE,
            memory.raft(group.name()),
            memory.tablets(),
            List.of(new CacheMachine(activity)),
            List.of(new CacheKeeper(activity, budget)),
            host.budget(),
            ReplicaRoom.AMPLE,
            host::nodeName,
            host.faults()),
        ConfigTranslation.cacheGroups(host.settings()));
    running.add(group.name());
    LOG.info("{} runs here as {}", group.name(), self);
  }

  private static List<PeerId> peers(ClusterMap map, List<CacheSeat> seats) {
    return seats.stream().map(seat -> peer(map.node(seat.node()).orElseThrow(), seat)).toList();
  }

  private static PeerId peer(NodeRecord node, CacheSeat seat) {
    return new PeerId(node.raft().host(), node.raft().port(), seat.index());
  }

  /** Empties the memory: it was an old copy. */
  void forget() {
    for (String group : running) {
      host.stop(group);
    }
    running.clear();
    memory.forget();
  }
}
