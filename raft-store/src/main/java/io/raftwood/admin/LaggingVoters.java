package io.raftwood.admin;

import java.util.List;

/**
 * Which nodes' copies of the cache are not up to date, as well as the nodes' reports tell, which
 * come twice a second. Thread-safe; answers at once, from memory.
 */
@FunctionalInterface
public interface LaggingVoters {
  /**
   * The HTTP addresses of the nodes that should vote in the cache's group and have not been heard
   * of lately, do not vote, or are far behind; in preference order, empty when all is well.
   */
  List<String> ofCache();
}
