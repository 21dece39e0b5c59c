package io.raftwood.membership;

import java.util.Map;

/** What a node's disk holds of its groups' logs, before its replicas are started. */
@FunctionalInterface
public interface LogPositions {
  /**
   * The last log index on disk of every group that has a log or a snapshot here; the snapshot's
   * index where the log is empty behind it.
   */
  Map<String, Long> lastLogIndexes();
}
