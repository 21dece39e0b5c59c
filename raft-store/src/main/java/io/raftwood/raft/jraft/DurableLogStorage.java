package io.raftwood.raft.jraft;

import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.option.LogStorageOptions;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.storage.impl.RocksDBLogStorage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JRaft's log storage that also knows how far the log is on stable storage. JRaft itself tells only
 * what it holds in memory; a replica must not report as its own what a power cut would take back.
 * And it remembers the newest entry read, see {@link EntryMemo}.
 */
final class DurableLogStorage extends RocksDBLogStorage {
  private static final Logger LOG = LoggerFactory.getLogger(DurableLogStorage.class);

  private final EntryMemo memo = new EntryMemo();
  private final Path path;
  private volatile long durableIndex;
  private volatile String damage;

  DurableLogStorage(String path, RaftOptions raftOptions) {
    super(path, raftOptions);
    this.path = Path.of(path);
  }

  /** The last log index on stable storage. */
  long durableIndex() {
    return durableIndex;
  }

  /** What is damaged, if that is why it did not open. */
  Optional<String> damage() {
    return Optional.ofNullable(damage);
  }

  @Override
  public boolean init(LogStorageOptions options) {
    // JRaft takes the end of what it can read for the end of the log: of a log with one damaged
    // block, that may be none at all.
    damage = LogTables.damage(path).orElse(null);
    if (damage != null) {
      LOG.error("{}", damage);
      return false;
    }
    boolean opened = super.init(options) || TornLogEnd.cutOff(path) && super.init(options);
    if (opened) {
      durableIndex = getLastLogIndex();
    }
    return opened;
  }

  @Override
  public LogEntry getEntry(long index) {
    LogEntry kept = memo.find(index);
    if (kept != null) {
      return kept;
    }
    long moment = memo.moment();
    LogEntry read = super.getEntry(index);
    return read == null ? null : memo.keep(read, moment);
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
  public boolean truncatePrefix(long firstIndexKept) {
    boolean truncated = super.truncatePrefix(firstIndexKept);
    memo.forget();
    return truncated;
  }

  @Override
  public boolean truncateSuffix(long lastIndexKept) {
    durableIndex = Math.min(durableIndex, lastIndexKept);
    boolean truncated = super.truncateSuffix(lastIndexKept);
    memo.forget();
    return truncated;
  }

  @Override
  public boolean reset(long nextLogIndex) {
    boolean reset = super.reset(nextLogIndex);
    memo.forget();
    if (reset) {
      durableIndex = nextLogIndex - 1;
    }
    return reset;
  }

  @Override
  public void shutdown() {
    super.shutdown();
    memo.forget();
  }
}
