package io.raftwood.raft;

import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.storage.StorageView;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands queries to the machine of their family. Thread-safe; answers on the calling thread, with
 * the replicated time of the state it reads.
 */
public final class QueryRunner {
  private final MachineTable machines;

  /**
   * Queries for these machines.
   *
   * @throws IllegalArgumentException when two machines have the same family, or one has family 0
   */
  public QueryRunner(List<Machine> machines) {
    this.machines = new MachineTable(machines);
  }

  /**
   * Answers {@code query} from {@code view}.
   *
   * @param position read from {@code view} before; entries applied since then may show in the
   *     answer if the view is a tablet, none if it is a snapshot
   * @throws MalformedBytesException when the query has no machine or cannot be decoded: the asker's
   *     mistake, not a fault
   * @throws io.raftwood.storage.StorageException when the store fails; a fault
   */
  public Bytes query(StorageView view, Position position, Query query) {
    return query.family() == BundleCodec.FAMILY
        ? bundle(view, position, query)
        : one(view, position, query);
  }

  /** Answers in order until they are long enough; the asker sees how many there are. */
  private Bytes bundle(StorageView view, Position position, Query query) {
    List<Bytes> answers = new ArrayList<>();
    long bytes = 0;
    for (Query part : BundleCodec.queries(query.payload())) {
      if (bytes >= BundleCodec.ANSWERS_BYTES_MAX) {
        break;
      }
      Bytes answer = one(view, position, part);
      answers.add(answer);
      bytes += answer.length();
    }
    return BundleCodec.results(answers);
  }

  private Bytes one(StorageView view, Position position, Query query) {
    Machine machine =
        machines
            .find(query.family())
            .orElseThrow(
                () ->
                    new MalformedBytesException("query family " + query.family() + " is unknown"));
    return machine.query(new QueryContext(view, position.clockMillis()), query.payload());
  }
}
