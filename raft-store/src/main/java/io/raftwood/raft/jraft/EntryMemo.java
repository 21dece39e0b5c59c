package io.raftwood.raft.jraft;

import com.alipay.sofa.jraft.entity.LogEntry;

/**
 * The newest entry that was read back from the log. JRaft asks the log for the term of the last
 * entry at every heartbeat and at every read index, and has dropped it from its memory as soon as
 * it was applied: without this, each of them reads, unpacks and checks a whole entry (a quarter of
 * a mebibyte behind a bulk load: a third of a leader's CPU under linearizable reads).
 *
 * <p>Thread-safe. An entry read before the log was changed is never kept after it.
 */
final class EntryMemo {
  private volatile LogEntry kept;
  private long changes;

  /** To be asked for before the log is read, and given to {@link #keep} with what was read. */
  synchronized long moment() {
    return changes;
  }

  /** The entry at {@code index}, or null if it is not the one kept. */
  LogEntry find(long index) {
    LogEntry entry = kept;
    return entry != null && entry.getId().getIndex() == index ? entry : null;
  }

  /**
   * Takes {@code read}, an entry read since {@code moment}, unless a newer one is kept or the log
   * was changed meanwhile.
   *
   * @return the same entry, its checksum already compared
   */
  LogEntry keep(LogEntry read, long moment) {
    LogEntry checked = new CheckedEntry(read);
    synchronized (this) {
      boolean newer = kept == null || kept.getId().getIndex() < read.getId().getIndex();
      if (moment == changes && newer) {
        kept = checked;
      }
    }
    return checked;
  }

  /** The log was cut, emptied or closed: to be called after it was done. */
  synchronized void forget() {
    changes++;
    kept = null;
  }

  /** Immutable by convention, as all entries of JRaft are once they are in the log. */
  private static final class CheckedEntry extends LogEntry {
    private final boolean corrupted;

    CheckedEntry(LogEntry read) {
      setType(read.getType());
      setId(read.getId());
      setPeers(read.getPeers());
      setOldPeers(read.getOldPeers());
      setLearners(read.getLearners());
      setOldLearners(read.getOldLearners());
      setData(read.getData());
      if (read.hasChecksum()) {
        setChecksum(read.getChecksum());
      }
      corrupted = read.isCorrupted();
    }

    @Override
    public boolean isCorrupted() {
      return corrupted;
    }
  }
}
