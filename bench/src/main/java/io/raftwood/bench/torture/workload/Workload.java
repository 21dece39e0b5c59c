package io.raftwood.bench.torture.workload;

import io.raftwood.bench.torture.check.CheckResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One kind of data under load. First {@link #prepare}, then any number of clients at once, then,
 * when all have stopped and the cluster is whole again, {@link #finish}, {@link #check}, {@link
 * #keep}.
 */
public interface Workload {
  /** What people call it. */
  String name();

  /**
   * Makes what the clients need; the cluster is whole.
   *
   * @throws IOException if that cannot be done
   */
  default void prepare(Endpoints endpoints) throws IOException {}

  /** How many clients it has when it is the only workload. */
  default int clientsAlone() {
    return 5;
  }

  /** A client; {@code number} is unique within the workload. */
  Client client(Endpoints endpoints, int number);

  /**
   * Ends what clients left half done, and looks at everything through every node.
   *
   * @throws IOException if the cluster does not answer
   */
  void finish(Endpoints endpoints) throws IOException;

  /** Judges; may take as long as checks are allowed to. */
  List<CheckResult> check();

  /** Writes what was recorded into files of {@code directory}. */
  void keep(Path directory) throws IOException;

  /** One client of a workload, for one thread. */
  interface Client extends AutoCloseable {
    /**
     * Does one thing; false when it was not told what happened, so that it should wait a little.
     */
    boolean step();

    @Override
    void close();
  }
}
