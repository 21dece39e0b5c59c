package io.raftwood.raft;

import io.raftwood.bytes.Bytes;
import java.util.List;

/** Where a packed log entry goes: the consensus adapter. Must not block. */
@FunctionalInterface
public interface EntrySink {
  /**
   * Proposes {@code entry}. A method of {@code outcome} is called from any thread; only the first
   * call counts.
   */
  void append(Bytes entry, Outcome outcome);

  /** Takes what became of one entry. */
  interface Outcome {
    /** It was applied here: the results of its commands in order, and its log index. */
    void applied(List<Bytes> results, long index);

    /**
     * It was not seen applied. Whether it may still be is in the type: see {@link
     * ReplicationException#certainlyNotApplied}.
     */
    void failed(ReplicationException failure);
  }
}
