package io.raftwood.server;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterMachine;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.ClusterResult;
import io.raftwood.cluster.ClusterResultCodec;
import io.raftwood.membership.ClusterDirectory;
import io.raftwood.membership.DataDirectory;
import io.raftwood.membership.JoinOutcome;
import io.raftwood.membership.NodeIdentity;
import io.raftwood.raft.AdmissionBudget;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.FaultHandler;
import io.raftwood.raft.PeerId;
import io.raftwood.raft.ReplicaRoom;
import io.raftwood.raft.ReplicaStatus;
import io.raftwood.raft.jraft.JRaftGroup;
import io.raftwood.raft.jraft.JRaftGroupSettings;
import io.raftwood.raft.jraft.JRaftRuntime;
import io.raftwood.recovery.RecoveryFacts;
import io.raftwood.recovery.RecoveryPlan;
import io.raftwood.recovery.RecoveryRefusedException;
import io.raftwood.recovery.RecoveryStep;
import io.raftwood.recovery.Survivor;
import io.raftwood.server.config.ServerConfig;
import io.raftwood.storage.rocksdb.RocksDbTabletStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * This node's disk while it is being recovered: its Raft port is open, it serves no data, and a
 * replica runs only while its group is made to go on here. For one thread.
 */
final class RecoveryNode implements Survivor, AutoCloseable {
  private static final Duration ELECTION_TIMEOUT = Duration.ofMillis(500);
  private static final Duration LEAD_TIME = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 50;

  private final DataDirectory data;
  private final RocksDbTabletStore tablets;
  private final JRaftRuntime runtime;
  private final ReplicaHost replicas;
  private final RecoveryFacts facts;

  /**
   * Takes the disk of a stopped member.
   *
   * @throws RecoveryRefusedException when it belongs to no cluster, or the port cannot be used
   * @throws io.raftwood.membership.DataDirectoryException when it is in use
   */
  RecoveryNode(ServerConfig config, DataDirectory data, FaultHandler faults) {
    this.data = data;
    if (!data.current().formed()) {
      throw new RecoveryRefusedException(data.path() + " belongs to no cluster");
    }
    tablets =
        new RocksDbTabletStore(
            data.path().resolve(ServerNode.TABLETS), ConfigTranslation.storage(config.storage()));
    runtime = new JRaftRuntime(ConfigTranslation.address(config.raft().endpoint()));
    replicas =
        new ReplicaHost(
            runtime,
            quick(ConfigTranslation.groups(config.raft(), config.storage())),
            new ReplicaHost.Disk(
                data.path().resolve(ServerNode.RAFT), tablets, group -> ReplicaRoom.AMPLE),
            new GroupMachines(new TreeMetrics(new PrometheusRegistry())),
            new ClusterDirectory(),
            new AdmissionBudget(config.raft().queueBytesMax()),
            faults);
    facts = look();
    try {
      runtime.start();
    } catch (IllegalStateException e) {
      throw new RecoveryRefusedException(e.getMessage());
    }
  }

  private static JRaftGroupSettings quick(JRaftGroupSettings configured) {
    return new JRaftGroupSettings(
        ELECTION_TIMEOUT,
        configured.snapshotInterval(),
        configured.snapshotLogMargin(),
        configured.snapshotLogBytes(),
        configured.catchUpMargin(),
        configured.flushInterval(),
        configured.proposals());
  }

  private RecoveryFacts look() {
    NodeIdentity self = data.current();
    var address = runtime.address();
    return new RecoveryFacts(
        self.name(),
        self.incarnation(),
        new PeerId(address.host(), address.port(), self.index()),
        self.formation().orElseThrow(),
        replicas.mapToCome(),
        replicas.remains());
  }

  /** Messages to and from the other survivors. */
  JRaftRuntime runtime() {
    return runtime;
  }

  @Override
  public RecoveryFacts facts() {
    return facts;
  }

  @Override
  public String carryOut(RecoveryStep step, RecoveryPlan plan) {
    switch (step.kind()) {
      case ADOPT:
        return adopt(plan);
      case LEAD:
        return lead(step.group(), plan);
      default:
        return "done; start it as usual";
    }
  }

  private String adopt(RecoveryPlan plan) {
    NodeIdentity self = data.current();
    if (plan.formation().member(self.name()).isEmpty()) {
      throw new RecoveryRefusedException("the plan does not name node '" + self.name() + "'");
    }
    data.save(self.formed(plan.formation(), self.index()));
    return "belongs to cluster " + plan.formation().clusterId();
  }

  private String lead(String group, RecoveryPlan plan) {
    boolean planned =
        plan.choice(group).filter(choice -> choice.node().equals(facts.node())).isPresent();
    boolean adopted = data.current().clusterId().equals(Optional.of(plan.formation().clusterId()));
    if (!planned || !adopted) {
      throw new RecoveryRefusedException("nobody planned that " + facts.node() + " leads " + group);
    }
    replicas.start(group, new JoinOutcome.Joined(data.current(), Optional.empty()));
    try {
      JRaftGroup replica = replicas.replica(group).orElseThrow();
      done(replica.control().voteAlone(), group);
      awaitLeader(replica);
      if (group.equals(ClusterMap.META_GROUP)) {
        tell(replica, plan.command());
      }
      done(replica.control().snapshot(), group);
      ReplicaStatus status = replica.status();
      return group
          + " goes on here in term "
          + status.term()
          + ", applied to "
          + status.appliedIndex()
          + ", revision "
          + status.revision();
    } finally {
      replicas.stop(group);
    }
  }

  private static void awaitLeader(JRaftGroup replica) {
    Deadline deadline = Deadline.after(LEAD_TIME);
    while (replica.status().role() != ReplicaStatus.Role.LEADER) {
      if (deadline.passed()) {
        throw new RecoveryRefusedException(
            replica.group() + " elected no leader within " + LEAD_TIME.toSeconds() + " s");
      }
      try {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RecoveryRefusedException("interrupted");
      }
    }
  }

  private static void tell(JRaftGroup meta, ClusterCommand command) {
    ClusterResult result =
        ClusterResultCodec.decode(
            done(
                    meta.propose(
                        ClusterMachine.command(command, Optional.empty()),
                        Deadline.after(LEAD_TIME)),
                    ClusterMap.META_GROUP)
                .result());
    if (!(result instanceof ClusterResult.Accepted)) {
      throw new RecoveryRefusedException("the meta group refused: " + result);
    }
  }

  private static <T> T done(CompletableFuture<T> work, String group) {
    try {
      return work.orTimeout(LEAD_TIME.toSeconds(), TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      boolean late = e.getCause() instanceof TimeoutException;
      throw new RecoveryRefusedException(
          group + ": " + (late ? "not done in time" : e.getCause().getMessage()));
    }
  }

  @Override
  public void close() {
    replicas.close();
    runtime.close();
    tablets.close();
  }
}
