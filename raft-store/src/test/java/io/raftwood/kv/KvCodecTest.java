package io.raftwood.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.fixtures.GoldenFile;
import io.raftwood.fixtures.TotalDecoder;
import io.raftwood.raft.CorruptEntryException;
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
  private static final GoldenFile GOLDEN = GoldenFile.read("kv-1.hex");

  private final KvValues values = new KvValues(SEED);

  @Nested
  class Commands {
    @Test
    void areReadAsWrittenAndInNoOtherLength() {
      check(values::command, KvCommandCodec::encode, COMMANDS);
    }

    @Test
    void keepFormatOneByteForByte() {
      keeps("put", new KvCommand.Put(RecordId.key(KEY), VALUE, 300, 7));
      keeps("delete", new KvCommand.Delete(RecordId.key(Bytes.of(0, 0xff)), 0));
      keeps("purge", new KvCommand.PurgeExpired(1000));
    }

    private void keeps(String name, KvCommand command) {
      assertThat(KvCommandCodec.encode(command)).isEqualTo(GOLDEN.get(name));
      assertThat(KvCommandCodec.decode(GOLDEN.get(name))).isEqualTo(command);
    }

    @Test
    void ofUnknownFormatOrTagAreRefused() {
      Bytes put = GOLDEN.get("put");
      COMMANDS.refuses(Bytes.of(2).concat(put.slice(1)));
      for (int tag : new int[] {0, 4, 16, 32, 48, 255}) {
        COMMANDS.refuses(Bytes.of(1, tag).concat(put.slice(2)));
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
      assertThat(KvQueryCodec.encode(new KvQuery.Get(RecordId.key(KEY))))
          .isEqualTo(GOLDEN.get("get"));
      assertThat(KvQueryCodec.encode(new KvQuery.Exist(RecordId.key(KEY))))
          .isEqualTo(GOLDEN.get("exist"));
    }

    @Test
    void ofUnknownFormatTagOrKeyLengthAreRefused() {
      QUERIES.refuses(Bytes.of(2, 1, 1, 1));
      QUERIES.refuses(Bytes.of(1, 0, 1, 1));
      QUERIES.refuses(Bytes.of(1, 3, 1, 1));
      QUERIES.refuses(Bytes.of(1, 1, 0));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> KvQueryCodec.encode(new KvQuery.Get(RecordId.key(Bytes.EMPTY))));
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
    }

    private void keeps(String name, KvResult result) {
      assertThat(KvResultCodec.encode(result)).isEqualTo(GOLDEN.get(name));
      assertThat(KvResultCodec.decode(GOLDEN.get(name))).isEqualTo(result);
    }

    @Test
    void ofUnknownFormatTagOrFlagAreRefused() {
      RESULTS.refuses(Bytes.of(2, 3));
      RESULTS.refuses(Bytes.of(1, 0));
      RESULTS.refuses(Bytes.of(1, 16));
      RESULTS.refuses(Bytes.of(1, 7, 1, 2));
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
