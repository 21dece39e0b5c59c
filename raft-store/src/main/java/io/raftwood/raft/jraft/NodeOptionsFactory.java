package io.raftwood.raft.jraft;

import com.alipay.sofa.jraft.StateMachine;
import com.alipay.sofa.jraft.core.DefaultJRaftServiceFactory;
import com.alipay.sofa.jraft.option.NodeOptions;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.storage.LogStorage;
import com.alipay.sofa.jraft.storage.SnapshotStorage;
import io.raftwood.raft.TestFault;
import java.util.concurrent.atomic.AtomicReference;

/** JRaft's options as design section 7 and jraft.md 3.5 want them. */
final class NodeOptionsFactory {
  private static final int DISRUPTOR_SLOTS = 1024;
  private static final long LOG_BYTES_IN_MEMORY = 64L << 20;
  private static final int READ_INDEX_LAG_MAX = 10_000;
  private static final int INFLIGHT_APPENDS = 64;
  private static final int ELECTION_DELAY_MILLIS = 500;

  private final AtomicReference<DurableLogStorage> log = new AtomicReference<>();

  /** The log storage that JRaft opened with these options; after the node was started. */
  DurableLogStorage log() {
    return log.get();
  }

  /** {@code cli}: whether {@code CliService} may ask the node. */
  NodeOptions options(
      ReplicaSpec spec, JRaftGroupSettings settings, StateMachine machine, boolean cli) {
    NodeOptions options = new NodeOptions();
    options.setFsm(machine);
    options.setInitialConf(
        Peers.configuration(spec.founders().voters(), spec.founders().learners()));
    options.setLogUri(spec.directory().log().toString());
    options.setRaftMetaUri(spec.directory().meta().toString());
    options.setSnapshotUri(spec.directory().snapshot().toString());
    options.setElectionTimeoutMs((int) settings.electionTimeout().toMillis());
    options.setSnapshotIntervalSecs(0); // Housekeeping decides
    options.setSnapshotLogIndexMargin(0);
    options.setCatchupMargin(settings.catchUpMargin());
    options.setDisableCli(!cli);
    options.setEnableMetrics(false);
    options.setServiceFactory(new StorageFactory(spec));
    options.setRaftOptions(raftOptions());
    shareTimers(options);
    return options;
  }

  private static void shareTimers(NodeOptions options) {
    options.setSharedTimerPool(true);
    options.setSharedElectionTimer(true);
    options.setSharedVoteTimer(true);
    options.setSharedStepDownTimer(true);
    options.setSharedSnapshotTimer(true);
    options.setTimerPoolSize(2);
    options.setRpcProcessorThreadPoolSize(4);
  }

  /** Votes and log entries are synced; a checksum guards each entry against a flipped bit. */
  private static RaftOptions raftOptions() {
    RaftOptions options = new RaftOptions();
    options.setSync(!TestFault.LOG_FSYNC_OFF.active());
    options.setSyncMeta(true);
    options.setOpenStatistics(false);
    options.setEnableLogEntryChecksum(true);
    options.setDisruptorBufferSize(DISRUPTOR_SLOTS);
    options.setMaxLogsInMemoryBytes(LOG_BYTES_IN_MEMORY);
    options.setMaxReadIndexLag(READ_INDEX_LAG_MAX);
    options.setMaxReplicatorInflightMsgs(INFLIGHT_APPENDS);
    options.setMaxElectionDelayMs(ELECTION_DELAY_MILLIS);
    return options;
  }

  /** Keeps JRaft's storages, but remembers the log's, and seals snapshots. */
  private final class StorageFactory extends DefaultJRaftServiceFactory {
    private final ReplicaSpec spec;

    StorageFactory(ReplicaSpec spec) {
      this.spec = spec;
    }

    @Override
    public SnapshotStorage createSnapshotStorage(NodeOptions nodeOptions) {
      return new SealedSnapshots(
          nodeOptions.getSnapshotUri(),
          nodeOptions.getRaftOptions(),
          damage -> spec.faults().fault(spec.group() + ": its stored snapshot is damaged", damage));
    }

    @Override
    public LogStorage createLogStorage(String uri, RaftOptions raftOptions) {
      DurableLogStorage storage = new DurableLogStorage(uri, raftOptions);
      log.set(storage);
      return storage;
    }
  }
}
