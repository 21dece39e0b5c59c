package io.raftwood.kv;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.InMemoryKvGroups;
import io.raftwood.kv.KvResult.Listed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Everything that was written to some groups, in one sorted map: what listings must say. */
final class WalkModel {
  private static final Comparator<RecordId> ORDER =
      Comparator.comparingInt(RecordId::slot)
          .thenComparing(RecordId::kind)
          .thenComparing(RecordId::table)
          .thenComparing(RecordId::name);

  private final InMemoryKvGroups groups;
  private final TreeMap<RecordId, Row> rows = new TreeMap<>(ORDER);

  WalkModel(InMemoryKvGroups groups) {
    this.groups = groups;
  }

  private record Row(long version, Bytes value, long expiryMillis) {}

  /** Writes the record, everywhere. */
  void put(RecordId id, Bytes value, long ttlSeconds) {
    Bytes stored = id.kind() == RecordKind.SET_MEMBER ? Bytes.EMPTY : value;
    KvCommand command =
        id.kind() == RecordKind.SORTED_SET_MEMBER
            ? new KvCommand.SetScore(
                id, KvCommand.ScoreChange.SET, Long.parseLong(value.toUtf8()), ttlSeconds, 0)
            : new KvCommand.Put(id, stored, ttlSeconds, 0);
    KvResult.Stored result = (KvResult.Stored) groups.apply(id.slot(), command);
    long expiry = ttlSeconds == 0 ? 0 : groups.clockMillis() + ttlSeconds * 1000;
    rows.put(id, new Row(result.version(), value, expiry));
  }

  /** Deletes the record, everywhere. */
  void delete(RecordId id) {
    groups.apply(id.slot(), new KvCommand.Delete(id, 0));
    rows.remove(id);
  }

  /** Records of all kinds in two tables of each, some of which expire within 10 s. */
  void populate(SplittableRandom random, int count) {
    for (int at = 0; at < count; at++) {
      RecordKind kind = RecordKind.values()[random.nextInt(4)];
      Bytes table = Bytes.utf8("" + kind.letter() + random.nextInt(2));
      Bytes name = Bytes.utf8("n" + random.nextInt(count));
      RecordId id = kind.inTable() ? new RecordId(kind, table, name) : RecordId.key(name);
      Bytes value = Bytes.utf8(Integer.toString(at)); // an equal score would change nothing
      put(id, value, random.nextInt(5) == 0 ? 1 + random.nextInt(10) : 0);
    }
  }

  /** A page as the listing of one group would have it. */
  KvResult.Page page(Predicate<RecordId> listed, long offset, int size, boolean withValues) {
    List<Listed> records = new ArrayList<>();
    long passed = 0;
    for (RecordId id : rows.keySet()) {
      if (!listed.test(id)) {
        continue;
      }
      if (passed >= offset && records.size() == size) {
        return new KvResult.Page(records, false, passed, Optional.empty());
      }
      if (passed >= offset && live(id)) {
        records.add(listed(id, withValues));
      }
      passed++;
    }
    return new KvResult.Page(records, true, passed, Optional.empty());
  }

  /** All live records that are listed, by slot, kind, table and name. */
  List<Listed> all(Predicate<RecordId> listed, boolean withValues) {
    return page(listed, 0, Integer.MAX_VALUE, withValues).records();
  }

  /** The records that are counted, expired ones included. */
  List<RecordId> counted(Predicate<RecordId> listed) {
    return rows.keySet().stream().filter(listed).toList();
  }

  /** The sum of what is stored. */
  Figures figures(Predicate<RecordId> listed) {
    Figures sum = Figures.ZERO;
    for (RecordId id : counted(listed)) {
      sum = sum.plus(Figures.ofRecord(id.name().length() + (long) rows.get(id).value.length()));
    }
    return sum;
  }

  private boolean live(RecordId id) {
    long expiry = rows.get(id).expiryMillis;
    return expiry == 0 || expiry > groups.clockMillis();
  }

  private Listed listed(RecordId id, boolean withValues) {
    Row row = rows.get(id);
    boolean valued = withValues && id.kind() != RecordKind.SET_MEMBER;
    return new Listed(id, row.version, valued ? Optional.of(row.value) : Optional.empty());
  }
}
