package io.raftwood.server.http;

import io.raftwood.tree.model.Fanout;
import java.util.Optional;

/**
 * What this node's requests to trees carry when a tree may have to be created.
 *
 * @param autocreate whether insert, load, and setcas without an old value, create an unknown tree
 * @param fanout of new trees; valid
 */
public record TreeSettings(boolean autocreate, Fanout fanout) {
  /** Unknown trees stay unknown; 64 entries, 64 children. */
  public static final TreeSettings DEFAULT = new TreeSettings(false, Fanout.DEFAULT);

  /** Checks the bounds. */
  public TreeSettings {
    if (!fanout.isValid()) {
      throw new IllegalArgumentException("fanout is out of bounds: " + fanout);
    }
  }

  /** What to create an unknown tree with; empty = do not. */
  Optional<Fanout> creation() {
    return autocreate ? Optional.of(fanout) : Optional.empty();
  }
}
