package io.raftwood.kv.machine;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvCommandCodec;
import io.raftwood.kv.KvQueryCodec;
import io.raftwood.kv.KvResultCodec;
import io.raftwood.raft.ApplyContext;
import io.raftwood.raft.Machine;
import io.raftwood.raft.QueryContext;
import io.raftwood.storage.StorageSnapshot;

/**
 * Applies commands on records and answers queries. Stateless: all state is in the tablet.
 *
 * <p>An expired record counts as absent everywhere, whether it is purged yet or not, but for the
 * figures and positions of listings, and for its table's kind. Every record with an expiry has
 * exactly one row in the expiry index, and no other rows are there.
 */
public final class KvMachine implements Machine {
  @Override
  public int family() {
    return KvCommand.FAMILY;
  }

  @Override
  public Bytes apply(ApplyContext context, Bytes command) {
    return KvResultCodec.encode(KvCommandCodec.decode(command).dispatch(new RecordWriter(context)));
  }

  @Override
  public boolean adds(Bytes command) {
    return !KvCommandCodec.removes(command);
  }

  @Override
  public Bytes query(QueryContext context, Bytes query) {
    if (KvQueryCodec.isOfOneRecord(query)) {
      // One record is one row; the look at its table behind a miss may be of a later moment.
      return answer(context, query);
    }
    try (StorageSnapshot moment = context.view().moment()) {
      return answer(new QueryContext(moment, context.clockMillis()), query);
    }
  }

  private static Bytes answer(QueryContext context, Bytes query) {
    return KvResultCodec.encode(KvQueryCodec.decode(query).dispatch(new RecordReader(context)));
  }
}
