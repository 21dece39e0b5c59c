package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bench.client.HttpReply;
import io.raftwood.bench.client.HustdbClient;
import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.KvModel;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvCommand.ScoreChange;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.RecordId;
import io.raftwood.kv.RecordKind;
import io.raftwood.raft.Slot;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One client of the random workload: keys and tables of its own, random operations of all families
 * through random nodes, each answer compared with a model. What fails for now is sent again; a
 * write with the same idempotency key, so it happens once.
 */
final class ModelClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(12);
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final long PAUSE_NANOS = 50_000_000;
  private static final int TABLES = 3;
  private static final int NAMES = 40;
  private static final long[] NUMBERS = {
    0, 1, -1, 5, -30, 1000, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 3
  };
  private static final RecordKind[] KINDS = RecordKind.values();

  private final int number;
  private final SplittableRandom random;
  private final List<HustdbClient> nodes = new ArrayList<>();
  private final List<KvModel> models = new ArrayList<>();
  private long revision;
  private long repeated;

  ModelClient(int number, ProcessCluster cluster, int dataGroups, long seed) {
    this.number = number;
    this.random = new SplittableRandom(seed * 1000 + number);
    for (int i = 0; i < cluster.size(); i++) {
      nodes.add(cluster.client(i, TIMEOUT));
    }
    for (int i = 0; i < dataGroups; i++) {
      models.add(new KvModel());
    }
  }

  /** Does {@code operations} operations. */
  void run(int operations) {
    for (int i = 0; i < operations; i++) {
      if (random.nextInt(10) < 6) {
        check(command());
      } else {
        check(query());
      }
    }
  }

  /** The models, one for each group. */
  List<KvModel> models() {
    return models;
  }

  /** How many requests were sent again. */
  long repeated() {
    return repeated;
  }

  @Override
  public void close() {
    nodes.forEach(HustdbClient::close);
  }

  private void check(KvCommand command) {
    revision++;
    KvModel model = model(slot(command)).at(revision, 0);
    HustdbAnswer expected = HustdbAnswer.expected(command, command.dispatch(model));
    String once = "model-" + number + "-" + revision;
    List<HttpReply.Header> headers = List.of(new HttpReply.Header("Idempotency-Key", once));
    assertThat(ask(HustdbCall.of(command), headers)).as("%s %s", once, command).isEqualTo(expected);
  }

  private void check(KvQuery query) {
    HustdbAnswer expected = HustdbAnswer.expected(query.dispatch(model(slot(query))));
    assertThat(ask(HustdbCall.of(query), List.of())).as("%s", query).isEqualTo(expected);
  }

  private HustdbAnswer ask(HustdbCall call, List<HttpReply.Header> headers) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    String last = "";
    while (System.nanoTime() - end < 0) {
      HustdbClient node = nodes.get(random.nextInt(nodes.size()));
      try {
        HustdbAnswer answer =
            HustdbAnswer.of(node.request(call.method(), call.target(), headers, call.body()));
        if (!answer.isPassing()) {
          return answer;
        }
        last = answer.toString();
      } catch (IOException e) {
        last = e.toString();
      }
      repeated++;
      Await.pause(PAUSE_NANOS);
    }
    throw new AssertionError("no answer to " + call + " within " + PATIENCE + ": " + last);
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
    Bytes name = Bytes.utf8("c" + number + "-" + shape.nextInt(NAMES)).concat(Bytes.wrap(tail));
    return new RecordId(kind, kind.inTable() ? table() : Bytes.EMPTY, name);
  }

  private Bytes table() {
    return Bytes.utf8("table" + number + ":" + random.nextInt(TABLES));
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
