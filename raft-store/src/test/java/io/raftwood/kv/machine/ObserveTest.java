package io.raftwood.kv.machine;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.raftwood.raft.Position;
import io.raftwood.raft.QueryContext;
import io.raftwood.storage.StorageBatch;
import org.junit.jupiter.api.Test;

class ObserveTest {
  private static final Bytes NAME = Bytes.utf8("n");
  private static final Bytes TABLE = Bytes.utf8("t");
  private static final long CLOCK = 1_700_000_000_000L;

  private final InMemoryTablet tablet = new InMemoryTablet("g");
  private final KvMachine machine = new KvMachine();
  private long index = 100;
  private long revision;
  private long clock = CLOCK;

  @Test
  void tellsThePositionOfTheStateItself() {
    put(RecordId.key(NAME), 0);
    assertThat(observe(RecordId.key(NAME)))
        .isEqualTo(new KvResult.Observed(101, 1, new KvResult.Found(1, 1, Bytes.utf8("v"))));
    put(RecordId.field(TABLE, NAME), 0);
    assertThat(observe(RecordId.key(NAME)))
        .isEqualTo(new KvResult.Observed(102, 2, new KvResult.Found(1, 1, Bytes.utf8("v"))));
  }

  @Test
  void tellsWhatIsNotThere() {
    put(RecordId.field(TABLE, NAME), 0);
    assertThat(observe(RecordId.key(NAME)))
        .isEqualTo(new KvResult.Observed(101, 1, new KvResult.Absent()));
    assertThat(observe(RecordId.member(TABLE, NAME)))
        .isEqualTo(new KvResult.Observed(101, 1, new KvResult.WrongKind()));
  }

  @Test
  void judgesExpiryByTheClockOfTheState() {
    put(RecordId.key(NAME), 10);
    assertThat(observe(RecordId.key(NAME), CLOCK + 60_000).found()).isPresent();
    clock += 10_000;
    put(RecordId.field(TABLE, NAME), 0);
    assertThat(observe(RecordId.key(NAME), CLOCK).found()).isEmpty();
  }

  private void put(RecordId id, long ttl) {
    index++;
    revision++;
    StorageBatch batch = tablet.newBatch();
    KvCommand command = new KvCommand.Put(id, Bytes.utf8("v"), ttl, 0);
    machine.apply(new ApplyContext(batch, revision, clock), KvCommandCodec.encode(command));
    new Position(index, 1, revision, clock).write(batch);
    tablet.commit(batch);
  }

  private KvResult.Observed observe(RecordId id) {
    return observe(id, clock);
  }

  private KvResult.Observed observe(RecordId id, long askersClock) {
    Bytes query = KvQueryCodec.encode(new KvQuery.Observe(id));
    QueryContext context = new QueryContext(tablet, askersClock);
    return (KvResult.Observed) KvResultCodec.decode(machine.query(context, query));
  }
}
