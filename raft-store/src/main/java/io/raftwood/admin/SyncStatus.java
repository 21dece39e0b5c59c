package io.raftwood.admin;

import java.util.List;

/**
 * Which nodes' copies are not up to date: what hustdb calls synchronisation. Known as well as the
 * nodes' reports tell, which come twice a second. Thread-safe; answers at once, from memory.
 */
public interface SyncStatus {
  /**
   * The HTTP addresses of the nodes that vote in the group of {@code slot} and have not been heard
   * of lately, or are further behind than configured; in preference order, empty when all is well.
   */
  List<String> lagging(int slot);

  /** For each node of the cluster what it was owed; empty while the cluster map is not known. */
  List<Count> counts();

  /**
   * What a node was owed and has got since this process began to watch.
   *
   * @param http the node's HTTP address
   * @param owed log entries of data groups that were committed while the node lagged behind
   * @param delivered how many of these it has applied since
   */
  record Count(String http, long owed, long delivered) {}
}
