package io.raftwood.raft.jraft;

import com.alipay.sofa.jraft.RaftServiceFactory;
import com.alipay.sofa.jraft.core.NodeImpl;
import com.alipay.sofa.jraft.entity.PeerId;
import io.raftwood.raft.LeaderLease;
import io.raftwood.raft.ReplicaState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running JRaft node: started guarded, stopped completely. */
final class JRaftNodeHandle {
  private static final Logger LOG = LoggerFactory.getLogger(JRaftNodeHandle.class);
  private static final int CLUSTER_ID_DIGITS = 16;

  private final ElectionGuard guard;
  private final AppendThreads appendThreads;
  private final String key;
  private final NodeImpl node;
  private final DurableLogStorage log;
  private volatile long snapshotIndex;

  private JRaftNodeHandle(
      JRaftRuntime runtime,
      ReplicaSpec spec,
      JRaftGroupSettings settings,
      ReplicaState state,
      ReplicaRole role,
      LeaderLease lease) {
    LogTuning.register();
    snapshotIndex = spec.directory().lastSnapshotIndex();
    boolean hasPast = spec.directory().exists();
    createDirectory(spec);
    PeerId self = Peers.toJRaft(spec.self());
    String groupId = groupId(spec);
    guard = runtime.guard();
    key = ElectionGuard.key(groupId, self.toString());
    guard.register(key, lease, settings.electionTimeout().toNanos(), hasPast);
    appendThreads = runtime.appendThreads();
    appendThreads.start(key);
    SnapshotFiles snapshots =
        new SnapshotFiles(spec.group(), runtime.background(), index -> snapshotIndex = index);
    NodeOptionsFactory factory = new NodeOptionsFactory();
    node =
        (NodeImpl)
            RaftServiceFactory.createAndInitRaftNode(
                groupId,
                self,
                factory.options(
                    spec,
                    settings,
                    new GroupStateMachine(state, snapshots, role),
                    runtime.servesCli()));
    log = factory.log();
  }

  static JRaftNodeHandle start(
      JRaftRuntime runtime,
      ReplicaSpec spec,
      JRaftGroupSettings settings,
      ReplicaState state,
      ReplicaRole role,
      LeaderLease lease) {
    return new JRaftNodeHandle(runtime, spec, settings, state, role, lease);
  }

  /** The group's name on the wire: replicas of another cluster do not find it. */
  static String groupId(ReplicaSpec spec) {
    String digits = spec.clusterId();
    return spec.group() + "-" + digits.substring(0, Math.min(CLUSTER_ID_DIGITS, digits.length()));
  }

  NodeImpl node() {
    return node;
  }

  /** The last log index on stable storage. */
  long durableIndex() {
    return log.durableIndex();
  }

  long snapshotIndex() {
    return snapshotIndex;
  }

  void stop() {
    guard.unregister(key);
    node.shutdown();
    try {
      node.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.warn("{}: interrupted while it stopped", key);
    }
    appendThreads.stop(key);
  }

  private static void createDirectory(ReplicaSpec spec) {
    try {
      Files.createDirectories(spec.directory().path());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create " + spec.directory().path(), e);
    }
  }
}
