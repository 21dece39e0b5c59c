package io.raftwood.bench.compare;

import io.raftwood.bench.load.LoadMix;
import java.util.Locale;

/** What is compared. */
enum Workload {
  /** Writes of one record each, acknowledged when they are durable on a majority. */
  PUT,
  /** Reads that see every write acknowledged before. */
  GET_LINEARIZABLE,
  /**
   * Reads without a round among the nodes: at Raftwood by the leader's lease (its default;
   * linearizable while clock rates differ by less than 10 %), at etcd from any member's own state,
   * possibly old.
   */
  GET_PLAIN;

  /** What is done. */
  LoadMix mix() {
    return LoadMix.records(this == PUT ? 100 : 0);
  }

  /** As on the command line: {@code get-plain}. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
