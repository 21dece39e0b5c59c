package io.raftwood.bench.compare;

import io.raftwood.bench.load.Dialect;
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

  /** Whether there is such a thing here. */
  boolean offers(Workload workload);

  /** The consistency to ask for in the reads of {@code workload}; empty: none is asked for. */
  Optional<String> consistency(Workload workload);

  @Override
  void close() throws IOException;
}
