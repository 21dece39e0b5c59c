package io.raftwood.cli.call;

/** How fresh a read is: the values of the parameter {@code consistency}. */
public enum Consistency {
  /** Sees every acknowledged write, whatever clocks do. */
  linearizable,
  /** Sees every acknowledged write while clocks run at about the same rate. */
  lease,
  /** What the asked node has. */
  local
}
