package io.raftwood.server;

import io.raftwood.cluster.CacheRoster;
import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterMachine;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.membership.ClusterDirectory;
import io.raftwood.membership.JoinOutcome;
import io.raftwood.membership.LogPositions;
import io.raftwood.membership.NodeIdentity;
import io.raftwood.peer.NodeAddress;
import io.raftwood.raft.AdmissionBudget;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.EntryApplier;
import io.raftwood.raft.FaultHandler;
import io.raftwood.raft.PeerId;
import io.raftwood.raft.QueryContext;
import io.raftwood.raft.RaftGroup;
import io.raftwood.raft.ReplicaRemains;
import io.raftwood.raft.ReplicaRoom;
import io.raftwood.raft.ReplicaStatus;
import io.raftwood.raft.jraft.JRaftGroup;
import io.raftwood.raft.jraft.JRaftGroupSettings;
import io.raftwood.raft.jraft.JRaftRuntime;
import io.raftwood.raft.jraft.ReplicaDirectory;
import io.raftwood.raft.jraft.ReplicaSpec;
import io.raftwood.routing.LocalReplicas;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.Tablet;
import io.raftwood.storage.TabletStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replicas that run on this node: those that the cluster map wants here. Thread-safe; starting
 * and stopping block and happen on one thread at a time.
 */
final class ReplicaHost implements LocalReplicas, LogPositions, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaHost.class);
  private static final Duration TELL_TIME = Duration.ofSeconds(3);

  private final JRaftRuntime runtime;
  private final JRaftGroupSettings settings;
  private final Disk disk;
  private final GroupMachines machines;
  private final ClusterDirectory cluster;
  private final AdmissionBudget budget;
  private final FaultHandler faults;
  private final Map<String, JRaftGroup> running = new ConcurrentHashMap<>();

  /**
   * Where replicas keep what they have.
   *
   * @param raft directory of their Raft state
   * @param tablets their tablets
   * @param room that the replica of a group has for more
   */
  record Disk(Path raft, TabletStore tablets, Function<String, ReplicaRoom> room) {}

  /** Replicas of the groups that {@code cluster} names. */
  ReplicaHost(
      JRaftRuntime runtime,
      JRaftGroupSettings settings,
      Disk disk,
      GroupMachines machines,
      ClusterDirectory cluster,
      AdmissionBudget budget,
      FaultHandler faults) {
    this.runtime = runtime;
    this.settings = settings;
    this.disk = disk;
    this.machines = machines;
    this.cluster = cluster;
    this.budget = budget;
    this.faults = faults;
  }

  @Override
  public Optional<RaftGroup> find(String group) {
    return Optional.ofNullable(running.get(group));
  }

  /** This node's replica of {@code group} with its controls, if it runs. */
  Optional<JRaftGroup> replica(String group) {
    return Optional.ofNullable(running.get(group));
  }

  /** All replicas that run, in no particular order. */
  Collection<JRaftGroup> replicas() {
    return Collections.unmodifiableCollection(running.values());
  }

  /** What every replica says of itself. */
  List<ReplicaStatus> statuses() {
    return running.values().stream().map(JRaftGroup::status).toList();
  }

  /**
   * Starts what {@code map} wants on this node and does not run yet.
   *
   * @param joined how this node became a member
   */
  synchronized void startWanted(ClusterMap map, JoinOutcome.Joined joined) {
    String self = joined.identity().name();
    for (GroupRecord group : map.groups()) {
      boolean data = !CacheRoster.names(group.name());
      if (data && group.hostedBy(self) && !running.containsKey(group.name())) {
        start(group.name(), joined);
      }
    }
  }

  /** Starts this node's replica of {@code group}. */
  synchronized void start(String group, JoinOutcome.Joined joined) {
    ClusterMap initial = joined.initialMap();
    NodeAddress self = runtime.address();
    PeerId peer = new PeerId(self.host(), self.port(), joined.identity().index());
    if (directoryOf(group).isRetiring()) {
      retire(group, directoryOf(group), disk.tablets());
    }
    ReplicaSpec spec =
        new ReplicaSpec(
            group,
            initial.clusterId(),
            peer,
            directoryOf(group).wasRetired()
                ? ReplicaSpec.Founders.NONE
                : founders(initial, group, joined),
            directoryOf(group),
            disk.tablets(),
            machines.machines(group),
            machines.housekeepers(group),
            budget,
            group.equals(ClusterMap.META_GROUP) ? ReplicaRoom.AMPLE : disk.room().apply(group),
            this::nodeName,
            faults);
    run(spec, settings);
  }

  /** Starts a replica. */
  synchronized void run(ReplicaSpec spec, JRaftGroupSettings itsSettings) {
    running.put(spec.group(), new JRaftGroup(runtime, spec, itsSettings));
  }

  /** Stops the replica of {@code group}, if it runs. */
  synchronized void stop(String group) {
    Optional.ofNullable(running.remove(group)).ifPresent(JRaftGroup::close);
  }

  /** The data groups that have left anything here, running or not. */
  Set<String> dataGroups() {
    Set<String> groups = new TreeSet<>(running.keySet());
    groups.addAll(groupsOnDisk());
    groups.removeIf(CacheRoster::names);
    groups.removeIf(group -> !directoryOf(group).hasReplica());
    return groups;
  }

  /** Stops the replica of the data group {@code group} and deletes all of it but its vote. */
  synchronized void retire(String group) {
    retire(group, directoryOf(group), disk.tablets());
  }

  /** The same for a replica that lives elsewhere. */
  synchronized void retire(String group, ReplicaDirectory directory, TabletStore tablets) {
    LOG.info("{} has no replica here any more: it is deleted", group);
    stop(group);
    directory.beginRetirement(group);
    tablets.destroy(group);
    directory.endRetirement();
  }

  /** Whether this node leads the meta group. */
  boolean leadsMeta() {
    return replica(ClusterMap.META_GROUP)
        .filter(meta -> meta.status().role() == ReplicaStatus.Role.LEADER)
        .isPresent();
  }

  /**
   * Proposes {@code command} if this node leads the meta group; whether it came to anything is seen
   * in the map.
   */
  void tellMeta(ClusterCommand command) {
    replica(ClusterMap.META_GROUP)
        .ifPresent(
            meta -> {
              var unused =
                  meta.propose(
                      ClusterMachine.command(command, Optional.empty()), Deadline.after(TELL_TIME));
            });
  }

  /** What data and meta groups are run with. */
  JRaftGroupSettings settings() {
    return settings;
  }

  /** The node's budget for proposals. */
  AdmissionBudget budget() {
    return budget;
  }

  /** Is told when a replica must stop. */
  FaultHandler faults() {
    return faults;
  }

  /**
   * Only the incarnation that took part in the formation may found a group, and only where it was
   * meant to: whoever comes later waits until the leader adds it.
   */
  private static ReplicaSpec.Founders founders(
      ClusterMap initial, String name, JoinOutcome.Joined joined) {
    Optional<GroupRecord> group = initial.group(name);
    NodeIdentity self = joined.identity();
    boolean founder =
        initial
            .node(self.name())
            .filter(node -> node.incarnation().equals(self.incarnation()))
            .flatMap(node -> group.filter(record -> record.hostedBy(node.name())))
            .isPresent();
    return founder
        ? new ReplicaSpec.Founders(
            peers(initial, group.get().voters()), peers(initial, group.get().learners()))
        : ReplicaSpec.Founders.NONE;
  }

  private static List<PeerId> peers(ClusterMap map, List<String> names) {
    return names.stream().map(name -> map.node(name).orElseThrow().peer()).toList();
  }

  /** The name of the node behind a peer id. */
  Optional<String> nodeName(PeerId peer) {
    return cluster.map().stream()
        .flatMap(map -> map.nodes().stream())
        .filter(node -> node.raft().host().equals(peer.host()) && node.raft().port() == peer.port())
        .map(NodeRecord::name)
        .findFirst();
  }

  private ReplicaDirectory directoryOf(String group) {
    return new ReplicaDirectory(disk.raft().resolve(group));
  }

  @Override
  public Map<String, Long> lastLogIndexes() {
    Map<String, Long> indexes = new TreeMap<>();
    for (String group : groupsOnDisk()) {
      indexes.put(group, directoryOf(group).lastLogIndex(group));
    }
    return indexes;
  }

  /** What is left of the logs of data and meta groups here; only while no replica runs. */
  List<ReplicaRemains> remains() {
    return groupsOnDisk().stream()
        .filter(group -> !CacheRoster.names(group))
        .flatMap(group -> directoryOf(group).remains(group).stream())
        .toList();
  }

  /**
   * What the meta group's map will be once all of its log here is applied; only while no replica
   * runs. Nothing of it is kept: entries that are not committed may yet be replaced.
   */
  Optional<ClusterMap> mapToCome() {
    String meta = ClusterMap.META_GROUP;
    try (Tablet tablet = disk.tablets().open(meta)) {
      EntryApplier applier = new EntryApplier(machines.machines(meta));
      applier.load(tablet);
      StorageBatch batch = tablet.newBatch();
      directoryOf(meta)
          .read(
              meta,
              applier.position().index(),
              (index, term, entry) -> applier.apply(batch, index, term, entry));
      QueryContext context = new QueryContext(batch, applier.position().clockMillis());
      return ClusterMachine.decodeAnswer(
          new ClusterMachine().query(context, ClusterMachine.mapQuery().payload()));
    }
  }

  private List<String> groupsOnDisk() {
    if (!Files.isDirectory(disk.raft())) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(disk.raft())) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(group -> directoryOf(group).exists())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops all replicas. */
  @Override
  public synchronized void close() {
    List<JRaftGroup> all = new ArrayList<>(running.values());
    running.clear();
    all.forEach(JRaftGroup::close);
  }
}
