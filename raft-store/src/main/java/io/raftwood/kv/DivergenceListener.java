package io.raftwood.kv;

/** Is told what comparisons found. Thread-safe; called on the threads that complete them. */
public interface DivergenceListener {
  /**
   * Two replicas of {@code group} agreed about {@code id}; called for each comparison: be quick.
   */
  void agreed(String group, RecordId id);

  /** Two replicas contradicted each other about {@code id}. */
  void diverged(RecordId id, Comparison.Diverged found);
}
