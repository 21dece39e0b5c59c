package io.raftwood.bench.compare;

import io.raftwood.bench.load.Dialect;
import io.raftwood.bench.load.LoadMix;
import io.raftwood.bench.load.ServerProcesses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** A running cluster to put load on; ends with {@link #close()}. */
interface Peer extends AutoCloseable {
  /** For the table, without blanks. */
  String name();

  /** What an acknowledged write survives here, in a line. */
  String durability();

  /** Where clients connect; the connections are spread over all. */
  List<InetSocketAddress> endpoints();

  /** Its processes, for their CPU time. */
  ServerProcesses processes();

  /** Whose API it speaks. */
  Dialect dialect();

  /** How {@code workload} is asked for here; empty if there is no such thing. */
  Optional<Request> request(Workload workload);

  @Override
  void close() throws IOException;

  /**
   * A workload in this peer's words.
   *
   * @param mix what is done
   * @param consistency of the reads
   */
  record Request(LoadMix mix, Optional<String> consistency) {}
}
