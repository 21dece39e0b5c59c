package io.raftwood.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.fixtures.GoldenFile;
import io.raftwood.fixtures.TotalDecoder;
import io.raftwood.kv.KvCommand.ScoreChange;
import io.raftwood.kv.KvResult.Listed;
import io.raftwood.kv.KvResult.TableFigures;
import io.raftwood.raft.CorruptEntryException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class KvCodecTest {
  private static final long SEED = 99;
  private static final TotalDecoder COMMANDS =
      new TotalDecoder(KvCommandCodec::decode, CorruptEntryException.class);
  private static final TotalDecoder QUERIES =
      new TotalDecoder(KvQueryCodec::decode, MalformedBytesException.class);
  private static final TotalDecoder RESULTS =
      new TotalDecoder(KvResultCodec::decode, MalformedBytesException.class);

  private static final Bytes KEY = Bytes.utf8("k");
  private static final Bytes VALUE = Bytes.utf8("v1");
  private static final Bytes HASH = Bytes.utf8("h1");
  private static final Bytes SET = Bytes.utf8("s1");
  private static final Bytes SORTED_SET = Bytes.utf8("z1");
  private static final RecordId FIELD = RecordId.field(HASH, Bytes.utf8("f"));
  private static final RecordId MEMBER = RecordId.member(SET, Bytes.of(0, 0xff));
  private static final RecordId SCORED = RecordId.scored(SORTED_SET, Bytes.utf8("m"));
  private static final List<RecordKind> TABLE_KINDS =
      List.of(RecordKind.HASH_FIELD, RecordKind.SET_MEMBER, RecordKind.SORTED_SET_MEMBER);
  private static final SlotRange SLOTS = new SlotRange(16, 1024);
  private static final Bytes PREFIX = Bytes.utf8("p");
  private static final Bytes PLACE = Bytes.of(2, 0xff);
  private static final Bytes LONG_TABLE = Bytes.utf8("t".repeat(65));
  private static final GoldenFile GOLDEN = GoldenFile.read("kv-1.hex");

  private final KvValues values = new KvValues(SEED);

  @Nested
  class Commands {
    @Test
    void areReadAsWrittenAndInNoOtherLength() {
      check(values::command, KvCommandCodec::encode, COMMANDS);
    }

    @Test
    void thatOnlyRemoveAreToldByTheirTag() {
      for (int i = 0; i < 2_000; i++) {
        KvCommand command = values.command();
        assertThat(KvCommandCodec.removes(KvCommandCodec.encode(command)))
            .as("%s", command)
            .isEqualTo(
                command instanceof KvCommand.Delete || command instanceof KvCommand.PurgeExpired);
      }
      assertThat(KvCommandCodec.removes(Bytes.EMPTY)).isFalse();
      assertThat(KvCommandCodec.removes(Bytes.of(9, 2))).isFalse();
      assertThat(KvCommandCodec.removes(Bytes.of(1, 0xf2))).isFalse();
    }

    @Test
    void keepFormatOneByteForByte() {
      keeps("put", new KvCommand.Put(RecordId.key(KEY), VALUE, 300, 7));
      keeps("delete", new KvCommand.Delete(RecordId.key(Bytes.of(0, 0xff)), 0));
      keeps("purge", new KvCommand.PurgeExpired(1000));
      keeps("field-put", new KvCommand.Put(FIELD, VALUE, 300, 7));
      keeps("field-delete", new KvCommand.Delete(FIELD, 9));
      keeps("field-increment", new KvCommand.Increment(FIELD, -2, 300, 7));
      keeps("member-put", new KvCommand.Put(MEMBER, Bytes.EMPTY, 300, 7));
      keeps("member-delete", new KvCommand.Delete(MEMBER, 9));
      keeps("score-set", new KvCommand.SetScore(SCORED, ScoreChange.SET, -2, 300, 7));
      keeps("score-add", new KvCommand.SetScore(SCORED, ScoreChange.ADD, 5, 0, 0));
      keeps("score-subtract", new KvCommand.SetScore(SCORED, ScoreChange.SUBTRACT, 5, 0, 0));
      keeps("scored-delete", new KvCommand.Delete(SCORED, 9));
    }

    private void keeps(String name, KvCommand command) {
      assertThat(KvCommandCodec.encode(command)).as(name).isEqualTo(GOLDEN.get(name));
      assertThat(KvCommandCodec.decode(GOLDEN.get(name))).isEqualTo(command);
    }

    @Test
    void ofUnknownFormatOrTagAreRefused() {
      Bytes put = GOLDEN.get("put");
      COMMANDS.refuses(Bytes.of(2).concat(put.slice(1)));
      List<Integer> known = List.of(1, 2, 3, 17, 18, 19, 33, 34, 49, 50);
      for (int tag = 0; tag < 256; tag++) {
        if (!known.contains(tag)) {
          COMMANDS.refuses(Bytes.of(1, tag).concat(put.slice(2)));
          COMMANDS.refuses(Bytes.of(1, tag).concat(GOLDEN.get("field-increment").slice(2)));
        }
      }
    }

    @Test
    void atTheLimitsAreReadAsWritten() {
      Bytes key = Bytes.wrap(new byte[KvLimits.KEY_BYTES_MAX]);
      Bytes value = Bytes.wrap(new byte[KvLimits.VALUE_BYTES_MAX]);
      KvCommand put =
          new KvCommand.Put(RecordId.key(key), value, Long.MAX_VALUE, KvLimits.VERSION_MAX);
      assertThat(KvCommandCodec.decode(KvCommandCodec.encode(put))).isEqualTo(put);
    }

    @Test
    void beyondTheLimitsAreNeitherWrittenNorRead() {
      Bytes longKey = Bytes.wrap(new byte[KvLimits.KEY_BYTES_MAX + 1]);
      Bytes longValue = Bytes.wrap(new byte[KvLimits.VALUE_BYTES_MAX + 1]);
      notWritten(new KvCommand.Put(RecordId.key(Bytes.EMPTY), VALUE, 0, 0));
      notWritten(new KvCommand.Put(RecordId.key(longKey), VALUE, 0, 0));
      notWritten(new KvCommand.Put(RecordId.key(KEY), Bytes.EMPTY, 0, 0));
      notWritten(new KvCommand.Put(RecordId.key(KEY), longValue, 0, 0));
      notWritten(new KvCommand.Put(RecordId.key(KEY), VALUE, -1, 0));
      notWritten(new KvCommand.Put(RecordId.key(KEY), VALUE, 0, -1));
      notWritten(new KvCommand.Put(RecordId.key(KEY), VALUE, 0, KvLimits.VERSION_MAX + 1));
      notWritten(new KvCommand.Delete(RecordId.key(Bytes.EMPTY), 0));
      notWritten(new KvCommand.Delete(RecordId.key(longKey), 0));
      notWritten(new KvCommand.PurgeExpired(0));
      notWritten(new KvCommand.PurgeExpired(KvLimits.PURGE_RECORDS_MAX + 1));
      COMMANDS.refuses(put(0, Bytes.EMPTY, VALUE));
      COMMANDS.refuses(put(0, longKey, VALUE));
      COMMANDS.refuses(put(0, KEY, Bytes.EMPTY));
      COMMANDS.refuses(put(0, KEY, longValue));
      COMMANDS.refuses(put(-1, KEY, VALUE));
      COMMANDS.refuses(Bytes.of(1, 3, 0));
      COMMANDS.refuses(new ByteWriter().u8(1).u8(3).varint(10_001).toBytes());
    }

    @Test
    void onTablesBeyondTheLimitsAreNeitherWrittenNorRead() {
      for (Bytes table : List.of(Bytes.EMPTY, LONG_TABLE, Bytes.of('a', 0), Bytes.of(0, 'a'))) {
        notWritten(new KvCommand.Put(RecordId.field(table, KEY), VALUE, 0, 0));
        notWritten(new KvCommand.Put(RecordId.member(table, KEY), Bytes.EMPTY, 0, 0));
        notWritten(new KvCommand.Increment(RecordId.field(table, KEY), 1, 0, 0));
        notWritten(setScore(RecordId.scored(table, KEY)));
        for (RecordKind kind : TABLE_KINDS) {
          notWritten(new KvCommand.Delete(new RecordId(kind, table, KEY), 0));
          COMMANDS.refuses(delete(kind, table, KEY));
        }
      }
    }

    @Test
    void ofNamesBeyondTheLimitOfTheirKindAreNeitherWrittenNorRead() {
      for (RecordKind kind : TABLE_KINDS) {
        int most = KvLimits.nameBytesMax(kind);
        Bytes longest = Bytes.wrap(new byte[most]);
        KvCommand delete = new KvCommand.Delete(new RecordId(kind, HASH, longest), 0);
        assertThat(KvCommandCodec.decode(KvCommandCodec.encode(delete))).isEqualTo(delete);
        for (Bytes name : List.of(Bytes.EMPTY, Bytes.wrap(new byte[most + 1]))) {
          notWritten(new KvCommand.Delete(new RecordId(kind, HASH, name), 0));
          COMMANDS.refuses(delete(kind, HASH, name));
        }
      }
      assertThat(KvLimits.nameBytesMax(RecordKind.HASH_FIELD)).isEqualTo(KvLimits.KEY_BYTES_MAX);
      assertThat(KvLimits.nameBytesMax(RecordKind.SET_MEMBER)).isEqualTo(KvLimits.MEMBER_BYTES_MAX);
    }

    @Test
    void thatTheirKindDoesNotKnowAreNotWritten() {
      notWritten(new KvCommand.Put(MEMBER, VALUE, 0, 0));
      notWritten(new KvCommand.Put(SCORED, VALUE, 0, 0));
      notWritten(new KvCommand.Put(SCORED, Bytes.EMPTY, 0, 0));
      notWritten(new KvCommand.Put(FIELD, Bytes.EMPTY, 0, 0));
      notWritten(new KvCommand.Put(new RecordId(RecordKind.KEY, HASH, KEY), VALUE, 0, 0));
      for (RecordId id : List.of(RecordId.key(KEY), FIELD, MEMBER)) {
        notWritten(setScore(id));
      }
      for (RecordId id : List.of(RecordId.key(KEY), MEMBER, SCORED)) {
        notWritten(new KvCommand.Increment(id, 1, 0, 0));
      }
    }

    @Test
    void withAConditionOrChangeOutOfBoundsAreNeitherWrittenNorRead() {
      notWritten(new KvCommand.SetScore(SCORED, ScoreChange.SET, 1, -1, 0));
      notWritten(new KvCommand.SetScore(SCORED, ScoreChange.SET, 1, 0, -1));
      notWritten(new KvCommand.Increment(FIELD, 1, -1, 0));
      notWritten(new KvCommand.Increment(FIELD, 1, 0, KvLimits.VERSION_MAX + 1));
      notWritten(new KvCommand.Delete(FIELD, KvLimits.VERSION_MAX + 1));
      byte[] change = GOLDEN.get("score-add").toArray();
      change[7] = 3;
      COMMANDS.refuses(Bytes.wrap(change));
    }

    private KvCommand setScore(RecordId id) {
      return new KvCommand.SetScore(id, ScoreChange.SET, 1, 0, 0);
    }

    private Bytes delete(RecordKind kind, Bytes table, Bytes name) {
      int tag = 16 * kind.number() + 2;
      return new ByteWriter().u8(1).u8(tag).u32(0).sized(table).sized(name).toBytes();
    }

    private void notWritten(KvCommand command) {
      assertThatIllegalArgumentException().isThrownBy(() -> KvCommandCodec.encode(command));
    }

    private Bytes put(long ttl, Bytes key, Bytes value) {
      return new ByteWriter().u8(1).u8(1).u32(0).varint(ttl).sized(key).sized(value).toBytes();
    }
  }

  @Nested
  class Queries {
    @Test
    void areReadAsWrittenAndInNoOtherLength() {
      check(values::query, KvQueryCodec::encode, QUERIES);
    }

    @Test
    void keepFormatOneByteForByte() {
      keeps("get", new KvQuery.Get(RecordId.key(KEY)));
      keeps("exist", new KvQuery.Exist(RecordId.key(KEY)));
      keeps("field-get", new KvQuery.Get(FIELD));
      keeps("field-exist", new KvQuery.Exist(FIELD));
      keeps("member-get", new KvQuery.Get(MEMBER));
      keeps("member-exist", new KvQuery.Exist(MEMBER));
      keeps("score-get", new KvQuery.Get(SCORED));
      keeps("scored-exist", new KvQuery.Exist(SCORED));
      keeps("observe", new KvQuery.Observe(RecordId.key(KEY)));
      keeps("field-observe", new KvQuery.Observe(FIELD));
      keeps("member-observe", new KvQuery.Observe(MEMBER));
      keeps("scored-observe", new KvQuery.Observe(SCORED));
      keeps("range-by-rank", new KvQuery.RangeByRank(SORTED_SET, 300, 10, true));
      keeps("range-by-score", new KvQuery.RangeByScore(SORTED_SET, -2, 5, 300, 10, false));
      keeps("list-records", new KvQuery.ListRecords(SLOTS, 300, 1000, true));
      keeps(
          "list-table",
          new KvQuery.ListTable(RecordKind.HASH_FIELD, HASH, SLOTS, 300, 1000, false));
      keeps("scan-keys", new KvQuery.Scan(Bytes.EMPTY, PREFIX, Optional.empty(), 10, true));
      keeps("scan-table", new KvQuery.Scan(HASH, PREFIX, Optional.of(PLACE), 10, false));
      keeps("count-all", new KvQuery.CountAll());
      keeps("count-table", new KvQuery.CountTable(HASH));
      keeps("count-tables", new KvQuery.CountTables(HASH, 10));
    }

    private void keeps(String name, KvQuery query) {
      assertThat(KvQueryCodec.encode(query)).as(name).isEqualTo(GOLDEN.get(name));
      assertThat(KvQueryCodec.decode(GOLDEN.get(name))).as(name).isEqualTo(query);
    }

    @Test
    void ofUnknownFormatTagOrKeyLengthAreRefused() {
      QUERIES.refuses(Bytes.of(2, 1, 1, 1));
      QUERIES.refuses(Bytes.of(1, 1, 0));
      List<Integer> records = List.of(1, 2, 5, 17, 18, 21, 33, 34, 37, 49, 50, 51, 52, 53);
      List<Integer> groups = List.of(64, 65, 66, 67, 68, 69);
      for (int tag = 0; tag < 256; tag++) {
        if (!records.contains(tag) && !groups.contains(tag)) {
          for (String name : List.of("get", "field-get", "range-by-rank", "count-all")) {
            QUERIES.refuses(Bytes.of(1, tag).concat(GOLDEN.get(name).slice(2)));
          }
        }
      }
    }

    @Test
    void beyondTheLimitsAreNeitherWrittenNorRead() {
      int tooMany = KvLimits.PAGE_RECORDS_MAX + 1;
      long tooFar = KvLimits.OFFSET_MAX + 1;
      notWritten(new KvQuery.Get(RecordId.key(Bytes.EMPTY)));
      notWritten(new KvQuery.Get(RecordId.field(LONG_TABLE, KEY)));
      for (Bytes table : List.of(Bytes.EMPTY, LONG_TABLE, Bytes.of('a', 0))) {
        notWritten(new KvQuery.RangeByRank(table, 0, 1, true));
        notWritten(new KvQuery.RangeByScore(table, 0, 1, 0, 1, true));
        notWritten(new KvQuery.ListTable(RecordKind.SET_MEMBER, table, SLOTS, 0, 1, true));
        notWritten(new KvQuery.CountTable(table));
        QUERIES.refuses(new ByteWriter().u8(1).u8(68).sized(table).toBytes());
        QUERIES.refuses(new ByteWriter().u8(1).u8(51).sized(table).u8(0).u8(1).u8(1).toBytes());
      }
      notWritten(new KvQuery.Scan(LONG_TABLE, PREFIX, Optional.empty(), 1, true));
      notWritten(new KvQuery.ListTable(RecordKind.KEY, HASH, SLOTS, 0, 1, true));
      for (long offset : new long[] {-1, tooFar}) {
        notWritten(new KvQuery.RangeByRank(HASH, offset, 1, true));
        notWritten(new KvQuery.ListRecords(SLOTS, offset, 1, true));
        QUERIES.refuses(window(offset, 1));
      }
      for (int size : new int[] {-1, tooMany}) {
        notWritten(new KvQuery.RangeByScore(HASH, 0, 1, 0, size, true));
        notWritten(new KvQuery.ListRecords(SLOTS, 0, size, true));
        QUERIES.refuses(window(0, size));
      }
      assertThat(KvQueryCodec.decode(window(KvLimits.OFFSET_MAX, KvLimits.PAGE_RECORDS_MAX)))
          .isInstanceOf(KvQuery.ListRecords.class);
    }

    /** A listing of no slots. */
    private Bytes window(long offset, long size) {
      ByteWriter writer = new ByteWriter().u8(1).u8(64).u16(0).u16(0);
      return writer.varint(offset).varint(size).u8(1).toBytes();
    }

    @Test
    void ofEmptyPagesWithoutPositionsAreNeitherWrittenNorRead() {
      for (int size : new int[] {-1, 0, KvLimits.PAGE_RECORDS_MAX + 1}) {
        notWritten(new KvQuery.Scan(HASH, PREFIX, Optional.empty(), size, true));
        notWritten(new KvQuery.CountTables(Bytes.EMPTY, size));
        QUERIES.refuses(new ByteWriter().u8(1).u8(69).u8(0).varint(size).toBytes());
        QUERIES.refuses(
            new ByteWriter().u8(1).u8(66).u8(0).u8(0).u8(0).varint(size).u8(0).toBytes());
      }
    }

    @Test
    void ofSlotsKindsOrFlagsThatAreNoneAreRefused() {
      Bytes tail = Bytes.of(0, 1, 1);
      for (int[] slots : new int[][] {{1, 0}, {0, 1025}, {1025, 1025}, {65535, 65535}}) {
        QUERIES.refuses(
            new ByteWriter().u8(1).u8(64).u16(slots[0]).u16(slots[1]).raw(tail).toBytes());
      }
      for (int kind : new int[] {0, 4, 255}) {
        Bytes listTable = GOLDEN.get("list-table");
        QUERIES.refuses(Bytes.of(1, 65, kind).concat(listTable.slice(3)));
      }
      QUERIES.refuses(Bytes.of(1, 64, 0, 0, 0, 1, 0, 1, 2));
      QUERIES.refuses(Bytes.of(1, 66, 2, 0, 0, 1, 0));
      QUERIES.refuses(Bytes.of(1, 66, 0, 0, 2, 1, 0));
    }

    @Test
    void ofOneRecordAreToldFromTheOthersWhateverTheBytes() {
      for (String name : GOLDEN.names()) {
        if (name.matches(".*(get|exist)")) {
          assertThat(KvQueryCodec.isOfOneRecord(GOLDEN.get(name))).as(name).isTrue();
        }
        if (name.matches("(range|list|scan|count)-.*")) {
          assertThat(KvQueryCodec.isOfOneRecord(GOLDEN.get(name))).as(name).isFalse();
        }
      }
      assertThat(KvQueryCodec.isOfOneRecord(Bytes.EMPTY)).isFalse();
      assertThat(KvQueryCodec.isOfOneRecord(Bytes.of(1))).isFalse();
    }

    private void notWritten(KvQuery query) {
      assertThatIllegalArgumentException().isThrownBy(() -> KvQueryCodec.encode(query));
    }
  }

  @Nested
  class Results {
    @Test
    void areReadAsWrittenAndInNoOtherLength() {
      check(values::result, KvResultCodec::encode, RESULTS);
    }

    @Test
    void keepFormatOneByteForByte() {
      long modRevision = 0x0102030405060708L;
      keeps("stored", new KvResult.Stored(1));
      keeps("deleted", new KvResult.Deleted(KvLimits.VERSION_MAX));
      keeps("absent", new KvResult.Absent());
      keeps("mismatch", new KvResult.VersionMismatch(9));
      keeps("found", new KvResult.Found(2, modRevision, VALUE));
      keeps("exists", new KvResult.Exists(2, modRevision));
      keeps("purged", new KvResult.Purged(1000, true));
      keeps("wrong-kind", new KvResult.WrongKind());
      keeps("not-a-number", new KvResult.NotANumber());
      keeps("out-of-range", new KvResult.OutOfRange());
      keeps("incremented", new KvResult.Incremented(-2, 3));
      KvResult found = new KvResult.Found(2, modRevision, VALUE);
      keeps("observed", new KvResult.Observed(258, 772, found));
      keeps("observed-absent", new KvResult.Observed(258, 772, new KvResult.Absent()));
      keeps("observed-other", new KvResult.Observed(258, 772, new KvResult.WrongKind()));
    }

    @Test
    void ofManyKeepFormatOneByteForByte() {
      Figures hash = new Figures(2, 20, 2048);
      keeps(
          "page",
          new KvResult.Page(
              List.of(
                  new Listed(RecordId.key(KEY), 1, Optional.of(VALUE)),
                  new Listed(FIELD, 2, Optional.empty())),
              true,
              300,
              Optional.empty()));
      keeps(
          "page-of-scan",
          new KvResult.Page(
              List.of(
                  new Listed(MEMBER, 3, Optional.empty()),
                  new Listed(SCORED, 4, Optional.of(Bytes.utf8("87")))),
              false,
              0,
              Optional.of(PLACE)));
      keeps("page-too-large", new KvResult.PageTooLarge());
      keeps("totals", new KvResult.Totals(new Figures(1, 10, 1024), hash));
      TableFigures first = new TableFigures(RecordKind.HASH_FIELD, HASH, hash);
      TableFigures second =
          new TableFigures(RecordKind.SORTED_SET_MEMBER, SORTED_SET, new Figures(7, 0, 0));
      keeps("tables", new KvResult.Tables(List.of(first, second), true));
    }

    private void keeps(String name, KvResult result) {
      assertThat(KvResultCodec.encode(result)).as(name).isEqualTo(GOLDEN.get(name));
      assertThat(KvResultCodec.decode(GOLDEN.get(name))).isEqualTo(result);
    }

    @Test
    void ofUnknownFormatTagOrFlagAreRefused() {
      RESULTS.refuses(Bytes.of(2, 3));
      RESULTS.refuses(Bytes.of(1, 0));
      RESULTS.refuses(Bytes.of(1, 17));
      RESULTS.refuses(Bytes.of(1, 255));
      RESULTS.refuses(Bytes.of(1, 7, 1, 2));
      RESULTS.refuses(new ByteWriter().u8(1).u8(12).u8(2).u64(0).u8(0).u8(0).toBytes());
      RESULTS.refuses(Bytes.of(1, 15, 2, 0));
    }

    @Test
    void beyondTheLimitsAreNeitherWrittenNorRead() {
      Listed listed = new Listed(RecordId.key(KEY), 1, Optional.empty());
      TableFigures table = new TableFigures(RecordKind.SET_MEMBER, SET, Figures.ZERO);
      int tooMany = KvLimits.PAGE_RECORDS_MAX + 1;
      notWritten(
          new KvResult.Page(Collections.nCopies(tooMany, listed), true, 0, Optional.empty()));
      notWritten(new KvResult.Tables(Collections.nCopies(tooMany, table), true));
      notWritten(new KvResult.Purged(KvLimits.PURGE_RECORDS_MAX + 1, false));
      notWritten(new KvResult.Purged(-1, false));
      notWritten(new KvResult.Stored(KvLimits.VERSION_MAX + 1));
      notWritten(
          new KvResult.Tables(List.of(new TableFigures(RecordKind.KEY, SET, Figures.ZERO)), true));
      RESULTS.refuses(new ByteWriter().u8(1).u8(7).varint(10_001).u8(0).toBytes());
      RESULTS.refuses(new ByteWriter().u8(1).u8(12).u8(1).u64(0).u8(0).varint(1001).toBytes());
      RESULTS.refuses(
          new ByteWriter().u8(1).u8(12).u8(1).u64(0).u8(0).varint(Long.MAX_VALUE).toBytes());
      byte[] kind = GOLDEN.get("tables").toArray();
      for (int number : new int[] {0, 4, 255}) {
        kind[4] = (byte) number;
        RESULTS.refuses(Bytes.wrap(kind));
      }
    }

    private void notWritten(KvResult result) {
      assertThatIllegalArgumentException().isThrownBy(() -> KvResultCodec.encode(result));
    }
  }

  private <T> void check(Supplier<T> next, Function<T, Bytes> encode, TotalDecoder decoder) {
    for (int round = 0; round < 2000; round++) {
      T value = next.get();
      Bytes encoded = encode.apply(value);
      assertThat(decoder.decode().apply(encoded))
          .as("seed %d round %d", SEED, round)
          .isEqualTo(value);
      decoder.survivesDamage(encoded, values.random(), 20);
    }
    for (int round = 0; round < 50; round++) {
      decoder.refusesOtherLengths(encode.apply(next.get()));
    }
  }
}
