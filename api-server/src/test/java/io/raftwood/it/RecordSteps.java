package io.raftwood.it;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.KvModel;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvCommand.ScoreChange;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.RecordId;
import io.raftwood.kv.RecordKind;
import io.raftwood.raft.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random operations of one client on keys and tables that are its own: writes, reads, ranges and
 * comparisons of two replicas.
 */
final class RecordSteps {
  private static final int TABLES = 3;
  private static final int NAMES = 40;
  private static final long[] NUMBERS = {
    0, 1, -1, 5, -30, 1000, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 3
  };
  private static final RecordKind[] KINDS = RecordKind.values();

  private final int client;
  private final SplittableRandom random;
  private final List<KvModel> models = new ArrayList<>();
  private long revision;

  /** Operations of client number {@code client} on records of {@code dataGroups} groups. */
  RecordSteps(int client, SplittableRandom random, int dataGroups) {
    this.client = client;
    this.random = random;
    for (int i = 0; i < dataGroups; i++) {
      models.add(new KvModel());
    }
  }

  /** The models, one for each group. */
  List<KvModel> models() {
    return models;
  }

  /** The next operation, done by the model already. */
  ModelStep next() {
    int choice = random.nextInt(10);
    if (choice < 6) {
      return write(command());
    }
    return choice < 9 ? read(query()) : comparison();
  }

  private ModelStep write(KvCommand command) {
    revision++;
    KvModel model = model(slot(command)).at(revision, 0);
    HustdbAnswer expected = HustdbAnswer.expected(command, command.dispatch(model));
    return ModelStep.write(HustdbCall.of(command), expected);
  }

  private ModelStep read(KvQuery query) {
    HustdbAnswer expected = HustdbAnswer.expected(query.dispatch(model(slot(query))));
    return ModelStep.read(HustdbCall.of(query), expected);
  }

  /** Replicas that agree answer as one does. */
  private ModelStep comparison() {
    RecordId id = id(KINDS[random.nextInt(KINDS.length)]);
    boolean valued = id.kind() != RecordKind.SET_MEMBER;
    ModelStep one = read(valued ? new KvQuery.Get(id) : new KvQuery.Exist(id));
    return ModelStep.read(one.call().comparing(), one.expected());
  }

  private KvModel model(int slot) {
    int groups = models.size();
    int group = groups - 1;
    while (slot < Slot.COUNT * group / groups) {
      group--;
    }
    return models.get(group);
  }

  private static int slot(KvCommand command) {
    if (command instanceof KvCommand.Put put) {
      return put.id().slot();
    }
    if (command instanceof KvCommand.SetScore score) {
      return score.id().slot();
    }
    return command instanceof KvCommand.Increment increment
        ? increment.id().slot()
        : ((KvCommand.Delete) command).id().slot();
  }

  private static int slot(KvQuery query) {
    if (query instanceof KvQuery.Get get) {
      return get.id().slot();
    }
    if (query instanceof KvQuery.Exist exist) {
      return exist.id().slot();
    }
    return query instanceof KvQuery.RangeByRank range
        ? Slot.of(range.table())
        : Slot.of(((KvQuery.RangeByScore) query).table());
  }

  private KvCommand command() {
    RecordId id = id(KINDS[random.nextInt(KINDS.length)]);
    if (random.nextInt(3) == 0) {
      return new KvCommand.Delete(id, expectedVersion(id));
    }
    switch (id.kind()) {
      case SORTED_SET_MEMBER:
        ScoreChange change = ScoreChange.values()[random.nextInt(3)];
        return new KvCommand.SetScore(id, change, number(), 0, expectedVersion(id));
      case SET_MEMBER:
        return new KvCommand.Put(id, Bytes.EMPTY, 0, expectedVersion(id));
      case HASH_FIELD:
        if (random.nextBoolean()) {
          return new KvCommand.Increment(id, number(), 0, expectedVersion(id));
        }
        break;
      default:
        break;
    }
    return new KvCommand.Put(id, value(), 0, expectedVersion(id));
  }

  private KvQuery query() {
    if (random.nextInt(4) == 0) {
      return range();
    }
    RecordId id = id(KINDS[random.nextInt(KINDS.length)]);
    boolean valued = id.kind() != RecordKind.SET_MEMBER;
    return valued && random.nextBoolean() ? new KvQuery.Get(id) : new KvQuery.Exist(id);
  }

  private KvQuery range() {
    int offset = random.nextInt(NAMES);
    int size = random.nextInt(NAMES);
    if (random.nextBoolean()) {
      return new KvQuery.RangeByRank(table(), offset, size, true);
    }
    long one = number();
    long other = number();
    return new KvQuery.RangeByScore(
        table(), Math.min(one, other), Math.max(one, other), offset, size, true);
  }

  private RecordId id(RecordKind kind) {
    byte[] tail = new byte[random.nextInt(3)];
    SplittableRandom shape = new SplittableRandom(random.nextInt(NAMES));
    shape.nextBytes(tail);
    Bytes name = Bytes.utf8("c" + client + "-" + shape.nextInt(NAMES)).concat(Bytes.wrap(tail));
    return new RecordId(kind, kind.inTable() ? table() : Bytes.EMPTY, name);
  }

  private Bytes table() {
    return Bytes.utf8("table" + client + ":" + random.nextInt(TABLES));
  }

  private Bytes value() {
    return random.nextBoolean()
        ? Bytes.utf8(Long.toString(number()))
        : Bytes.utf8("value " + random.nextInt()).concat(Bytes.of(0, 0xff, '\r', '\n'));
  }

  private long number() {
    return random.nextInt(3) == 0
        ? NUMBERS[random.nextInt(NUMBERS.length)]
        : random.nextInt(-50, 50);
  }

  private long expectedVersion(RecordId id) {
    int choice = random.nextInt(5);
    if (choice < 3) {
      return 0;
    }
    return choice == 3
        ? model(id.slot()).live(id).map(KvModel.Held::version).orElse(1L)
        : random.nextInt(1, 5);
  }
}
