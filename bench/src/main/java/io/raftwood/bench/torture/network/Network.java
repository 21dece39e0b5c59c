package io.raftwood.bench.torture.network;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The network of one cluster. Thread-safe; nodes are numbered from 0. */
public interface Network extends AutoCloseable {
  /** What it is, for people. */
  String description();

  /** Why packets between nodes cannot be hindered; empty = they can. */
  Optional<String> limitation();

  /** Where a node listens. */
  NodeAddress address(int node);

  /** The words before a command that is to run where the node lives; empty = none. */
  List<String> enter(int node);

  /**
   * Makes the network hinder what {@code rules} say and nothing else.
   *
   * @throws IOException if the machine refuses
   */
  void apply(LinkRules rules) throws IOException;

  /** Takes the network away; may be called more than once. */
  @Override
  void close();
}
