package io.raftwood.raft.jraft;

import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.option.LogStorageOptions;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.storage.impl.RocksDBLogStorage;
import java.util.List;

/**
 * JRaft's log storage that also knows how far the log is on stable storage. JRaft itself tells only
 * what it holds in memory; a replica must not report as its own what a power cut would take back.
 */
final class DurableLogStorage extends RocksDBLogStorage {
  private volatile long durableIndex;

  DurableLogStorage(String path, RaftOptions raftOptions) {
    super(path, raftOptions);
  }

  /** The last log index on stable storage. */
  long durableIndex() {
    return durableIndex;
  }

  @Override
  public boolean init(LogStorageOptions options) {
    boolean opened = super.init(options);
    if (opened) {
      durableIndex = getLastLogIndex();
    }
    return opened;
  }

  @Override
  public boolean appendEntry(LogEntry entry) {
    boolean appended = super.appendEntry(entry);
    if (appended) {
      durableIndex = entry.getId().getIndex();
    }
    return appended;
  }

  @Override
  public int appendEntries(List<LogEntry> entries) {
    int appended = super.appendEntries(entries);
    if (appended > 0) {
      durableIndex = entries.get(appended - 1).getId().getIndex();
    }
    return appended;
  }

  @Override
  public boolean truncateSuffix(long lastIndexKept) {
    durableIndex = Math.min(durableIndex, lastIndexKept);
    return super.truncateSuffix(lastIndexKept);
  }

  @Override
  public boolean reset(long nextLogIndex) {
    boolean reset = super.reset(nextLogIndex);
    if (reset) {
      durableIndex = nextLogIndex - 1;
    }
    return reset;
  }
}
