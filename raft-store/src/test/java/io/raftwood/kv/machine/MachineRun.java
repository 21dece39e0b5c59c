package io.raftwood.kv.machine;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.InMemoryTablet;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvCommandCodec;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.KvQueryCodec;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.KvResultCodec;
import io.raftwood.kv.RecordId;
import io.raftwood.raft.ApplyContext;
import io.raftwood.raft.QueryContext;
import io.raftwood.storage.StorageBatch;

/** A machine over a tablet of its own, one command a batch. */
final class MachineRun {
  final InMemoryTablet tablet = new InMemoryTablet("g");
  private final KvMachine machine = new KvMachine();
  private long clock = 1_700_000_000_000L;
  private long revision;

  void advanceClock(long millis) {
    clock += millis;
  }

  QueryContext context() {
    return new QueryContext(tablet, clock);
  }

  KvResult apply(KvCommand command) {
    revision++;
    StorageBatch batch = tablet.newBatch();
    Bytes result =
        machine.apply(new ApplyContext(batch, revision, clock), KvCommandCodec.encode(command));
    tablet.commit(batch);
    return KvResultCodec.decode(result);
  }

  KvResult query(KvQuery query) {
    return KvResultCodec.decode(machine.query(context(), KvQueryCodec.encode(query)));
  }

  KvResult put(RecordId id, Bytes value, long ttlSeconds) {
    return apply(new KvCommand.Put(id, value, ttlSeconds, 0));
  }

  KvResult score(Bytes table, Bytes member, long score) {
    return apply(
        new KvCommand.SetScore(
            RecordId.scored(table, member), KvCommand.ScoreChange.SET, score, 0, 0));
  }

  KvResult delete(RecordId id) {
    return apply(new KvCommand.Delete(id, 0));
  }

  /** Writes a row as no command would. */
  void plant(Bytes key, Bytes value) {
    StorageBatch batch = tablet.newBatch();
    batch.put(key, value);
    tablet.commit(batch);
  }
}
