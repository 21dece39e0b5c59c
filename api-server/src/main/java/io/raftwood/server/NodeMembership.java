package io.raftwood.server;

import io.raftwood.admin.ClusterAdmin;
import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterMachine;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.ClusterResult;
import io.raftwood.cluster.Formation;
import io.raftwood.cluster.FormationPlan;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.membership.ClusterCommandReply;
import io.raftwood.membership.ClusterCommandService;
import io.raftwood.membership.ClusterCommands;
import io.raftwood.membership.ClusterDirectory;
import io.raftwood.membership.ClusterHandshake;
import io.raftwood.membership.DataDirectory;
import io.raftwood.membership.HelloService;
import io.raftwood.membership.JoinOutcome;
import io.raftwood.membership.NodeIdentity;
import io.raftwood.membership.StatusBoard;
import io.raftwood.peer.NodeAddress;
import io.raftwood.peer.PeerMessageKind;
import io.raftwood.raft.FaultHandler;
import io.raftwood.raft.ReplicaStatus.Role;
import io.raftwood.raft.jraft.JRaftGroup;
import io.raftwood.raft.jraft.JRaftRuntime;
import io.raftwood.routing.ForwardService;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node as a member of its cluster: the handshake, the replicas that follow the cluster map, and
 * the commands that a member owes the meta group.
 */
final class NodeMembership implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeMembership.class);
  private static final long TICK_MILLIS = 500;

  private final JRaftRuntime runtime;
  private final DataDirectory data;
  private final FormationPlan plan;
  private final ClusterDirectory cluster;
  private final ReplicaHost replicas;
  private final FaultHandler faults;
  private final NodeAdmin admin;
  private final ClusterCommands commands;
  private final AtomicBoolean asking = new AtomicBoolean();
  private final ExecutorService lifecycle =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "replica-lifecycle");
            thread.setDaemon(true);
            return thread;
          });

  private volatile Optional<JoinOutcome.Joined> joined = Optional.empty();
  private volatile boolean startRecorded;

  NodeMembership(
      JRaftRuntime runtime,
      DataDirectory data,
      FormationPlan plan,
      ClusterDirectory cluster,
      StatusBoard board,
      ReplicaHost replicas,
      FaultHandler faults) {
    this.runtime = runtime;
    this.data = data;
    this.plan = plan;
    this.cluster = cluster;
    this.replicas = replicas;
    this.faults = faults;
    this.admin = new NodeAdmin(data.current().name(), cluster, board, replicas);
    this.commands = new ClusterCommands(runtime.transport(), this::addresses);
    runtime.serve(
        PeerMessageKind.HELLO,
        new HelloService(data, plan, cluster, board, () -> joined.isPresent()));
    runtime.serve(
        PeerMessageKind.CLUSTER_COMMAND,
        new ClusterCommandService(
            () -> joined.flatMap(outcome -> outcome.identity().clusterId()),
            () -> replicas.find(ClusterMap.META_GROUP)));
    runtime.serve(PeerMessageKind.FORWARD, new ForwardService(replicas));
  }

  /** What operators and health checks ask of this node. */
  ClusterAdmin admin() {
    return admin;
  }

  ClusterHandshake handshake() {
    return new ClusterHandshake(data, plan, runtime.transport(), replicas, System::nanoTime);
  }

  /** Starts the replicas of a member; completes with the same outcome once they run. */
  CompletableFuture<JoinOutcome> entered(JoinOutcome outcome) {
    if (!(outcome instanceof JoinOutcome.Joined member)) {
      return CompletableFuture.completedFuture(outcome);
    }
    return CompletableFuture.supplyAsync(() -> startReplicas(member), lifecycle);
  }

  private JoinOutcome startReplicas(JoinOutcome.Joined member) {
    LOG.info(
        "node '{}' is a member of cluster {} (index {}, start {})",
        member.identity().name(),
        member.identity().clusterId().orElse("?"),
        member.identity().index(),
        member.identity().starts());
    member.map().ifPresent(cluster::offer);
    if (member.initialMap().group(ClusterMap.META_GROUP).isPresent()) {
      replicas.start(ClusterMap.META_GROUP, member);
    }
    JRaftGroup meta = replicas.replica(ClusterMap.META_GROUP).orElseThrow();
    meta.onApplied(() -> readMap(meta));
    readMap(meta);
    cluster.offer(member.initialMap());
    cluster.onChange(map -> follow(member));
    cluster.map().ifPresent(map -> replicas.startWanted(map, member));
    joined = Optional.of(member);
    runtime
        .ticker()
        .scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    return member;
  }

  /** On the meta replica's apply thread, and once at the start. */
  private void readMap(JRaftGroup meta) {
    ClusterMachine.decodeAnswer(meta.queryLocal(ClusterMachine.mapQuery()).result())
        .ifPresent(cluster::offer);
  }

  private void follow(JoinOutcome.Joined member) {
    lifecycle.execute(
        () -> {
          try {
            cluster.map().ifPresent(map -> replicas.startWanted(map, member));
          } catch (RuntimeException e) {
            faults.fault("a replica that the cluster map wants here cannot be started", e);
          }
        });
  }

  private void tick() {
    try {
      found();
      recordStart();
    } catch (RuntimeException e) {
      faults.fault("membership", e);
    }
  }

  /** The first leader of a new meta group makes its first entry. */
  private void found() {
    Optional<JRaftGroup> meta = replicas.replica(ClusterMap.META_GROUP);
    boolean empty =
        meta.isPresent()
            && meta.get().status().role() == Role.LEADER
            && ClusterMachine.decodeAnswer(
                    meta.get().queryLocal(ClusterMachine.mapQuery()).result())
                .isEmpty();
    if (empty) {
      Formation formation = data.current().formation().orElseThrow();
      send(new ClusterCommand.FormCluster(formation));
    }
  }

  private void recordStart() {
    boolean founded = cluster.map().filter(map -> map.epoch() > 0).isPresent();
    if (!startRecorded && founded) {
      NodeIdentity self = data.current();
      send(new ClusterCommand.RecordStart(self.name(), self.incarnation(), self.starts()));
    }
  }

  /** One command at a time; who asks again next time if it came to nothing. */
  private void send(ClusterCommand command) {
    if (asking.compareAndSet(false, true)) {
      commands
          .attempt(joined.orElseThrow().initialMap().clusterId(), command, Optional.empty())
          .whenComplete(
              (reply, failure) -> {
                asking.set(false);
                if (reply instanceof ClusterCommandReply.Decided decided) {
                  decided(command, decided.result());
                }
              });
    }
  }

  private void decided(ClusterCommand command, ClusterResult result) {
    if (!(command instanceof ClusterCommand.RecordStart)) {
      return;
    }
    if (result instanceof ClusterResult.Accepted) {
      startRecorded = true;
    } else if (!(result instanceof ClusterResult.NotFormed) && !recordedBefore(result)) {
      faults.fault(
          "the cluster refuses this node's disk: " + result,
          new IllegalStateException("the data directory is an old copy; empty it to rejoin"));
    }
  }

  /** An answer may get lost: the repetition then finds this very start recorded. */
  private boolean recordedBefore(ClusterResult result) {
    boolean same =
        result instanceof ClusterResult.RolledBack recorded
            && recorded.recorded() == data.current().starts();
    startRecorded |= same;
    return same;
  }

  private Map<String, NodeAddress> addresses() {
    Map<String, NodeAddress> addresses = new LinkedHashMap<>();
    cluster
        .map()
        .ifPresent(
            map -> map.nodes().forEach(node -> addresses.put(node.name(), node.raft())));
    if (addresses.isEmpty()) {
      plan.nodes().forEach(node -> addresses.put(node.name(), node.raft()));
    }
    return addresses;
  }

  /** The record of this node in the cluster map. */
  Optional<NodeRecord> self() {
    return cluster.node(data.current().name());
  }

  @Override
  public void close() {
    lifecycle.shutdown();
  }
}
