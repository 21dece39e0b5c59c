package io.raftwood.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.fixtures.GoldenFile;
import io.raftwood.fixtures.TotalDecoder;
import io.raftwood.raft.CorruptEntryException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CacheCodecTest {
  private static final GoldenFile GOLDEN = GoldenFile.read("cache-1.hex");
  private static final Bytes KEY = Bytes.utf8("k");
  private static final CacheId FIELD = CacheId.field(Bytes.utf8("t1"), Bytes.utf8("f"));
  private static final Map<String, CacheCommand> COMMANDS = commands();
  private static final Map<String, CacheQuery> QUERIES =
      Map.of(
          "get", new CacheQuery.Get(CacheId.key(KEY)),
          "exist", new CacheQuery.Exist(FIELD),
          "time-left", new CacheQuery.TimeLeft(KEY),
          "figures", new CacheQuery.Figures());
  private static final Map<String, CacheResult> RESULTS = results();

  private final SplittableRandom random = new SplittableRandom(5);

  private static Map<String, CacheCommand> commands() {
    Map<String, CacheCommand> all = new LinkedHashMap<>();
    all.put("put", new CacheCommand.Put(CacheId.key(KEY), Bytes.utf8("v1"), 300));
    all.put("field-put", new CacheCommand.Put(FIELD, Bytes.utf8("v1"), 0));
    all.put("append", new CacheCommand.Append(KEY, Bytes.of(0, 0xff)));
    all.put("delete", new CacheCommand.Delete(CacheId.key(KEY)));
    all.put("field-delete", new CacheCommand.Delete(FIELD));
    all.put("expire", new CacheCommand.Expire(KEY, 300));
    all.put("persist", new CacheCommand.Persist(KEY));
    all.put("increment", new CacheCommand.Increment(FIELD, -2));
    all.put("increment-decimal", new CacheCommand.IncrementDecimal(FIELD, Bytes.utf8("1.5")));
    all.put("set-budget", new CacheCommand.SetBudget(300));
    all.put("purge", new CacheCommand.Purge(1000));
    all.put(
        "evict",
        new CacheCommand.Evict(
            List.of(new CachePlace(258, 0), new CachePlace(259, 3)),
            List.of(new CachePlace(7, 1))));
    return all;
  }

  private static Map<String, CacheResult> results() {
    Map<String, CacheResult> all = new LinkedHashMap<>();
    all.put("done", new CacheResult.Done());
    all.put("absent", new CacheResult.Absent());
    all.put("wrong-kind", new CacheResult.WrongKind());
    all.put("not-a-number", new CacheResult.NotANumber());
    all.put("out-of-range", new CacheResult.OutOfRange());
    all.put("no-expiry", new CacheResult.NoExpiry());
    all.put("too-large", new CacheResult.TooLarge());
    all.put("found", new CacheResult.Found(Bytes.utf8("v1")));
    all.put("never", new CacheResult.TimeLeft(-1));
    all.put("seconds", new CacheResult.TimeLeft(300));
    all.put("number", new CacheResult.Number(Bytes.utf8("1.5")));
    all.put("removed", new CacheResult.Removed(300));
    all.put("totals", new CacheResult.Figures(300, 2, 1, 4, 5));
    return all;
  }

  @Test
  void formatOneStaysByteForByte() {
    COMMANDS.forEach(
        (name, command) -> {
          assertThat(CacheCommandCodec.encode(command)).as(name).isEqualTo(GOLDEN.get(name));
          assertThat(CacheCommandCodec.decode(GOLDEN.get(name))).as(name).isEqualTo(command);
        });
    QUERIES.forEach(
        (name, query) -> {
          assertThat(CacheQueryCodec.encode(query)).as(name).isEqualTo(GOLDEN.get(name));
          assertThat(CacheQueryCodec.decode(GOLDEN.get(name))).as(name).isEqualTo(query);
        });
    RESULTS.forEach(
        (name, result) -> {
          assertThat(CacheResultCodec.encode(result)).as(name).isEqualTo(GOLDEN.get(name));
          assertThat(CacheResultCodec.decode(GOLDEN.get(name))).as(name).isEqualTo(result);
        });
  }

  @Test
  void decodersAreTotal() {
    TotalDecoder commands =
        new TotalDecoder(CacheCommandCodec::decode, CorruptEntryException.class);
    TotalDecoder queries = new TotalDecoder(CacheQueryCodec::decode, MalformedBytesException.class);
    TotalDecoder results =
        new TotalDecoder(CacheResultCodec::decode, MalformedBytesException.class);
    COMMANDS.values().forEach(command -> check(commands, CacheCommandCodec.encode(command)));
    QUERIES.values().forEach(query -> check(queries, CacheQueryCodec.encode(query)));
    RESULTS.values().forEach(result -> check(results, CacheResultCodec.encode(result)));
    for (int tag = 0; tag < 256; tag++) {
      if (tag < 1 || tag > 10) {
        commands.refuses(Bytes.of(1, tag));
      }
    }
    commands.refuses(Bytes.of(2, 5, 1, 'k'));
  }

  private void check(TotalDecoder decoder, Bytes valid) {
    decoder.refusesOtherLengths(valid);
    decoder.survivesDamage(valid, random, 2000);
  }

  @Test
  void beyondTheLimitsNothingIsWritten() {
    Bytes longName = Bytes.wrap(new byte[CacheLimits.NAME_BYTES_MAX + 1]);
    Bytes longValue = Bytes.wrap(new byte[CacheLimits.VALUE_BYTES_MAX + 1]);
    Bytes value = Bytes.utf8("v");
    for (CacheCommand command :
        List.of(
            new CacheCommand.Put(CacheId.key(longName), value, 0),
            new CacheCommand.Put(CacheId.key(Bytes.EMPTY), value, 0),
            new CacheCommand.Put(CacheId.key(KEY), Bytes.EMPTY, 0),
            new CacheCommand.Put(CacheId.key(KEY), longValue, 0),
            new CacheCommand.Put(CacheId.key(KEY), value, -1),
            new CacheCommand.Put(FIELD, value, 1),
            new CacheCommand.Put(CacheId.field(longName, KEY), value, 0),
            new CacheCommand.Expire(KEY, 0),
            new CacheCommand.Expire(KEY, CacheLimits.TTL_SECONDS_MAX + 1),
            new CacheCommand.Increment(CacheId.key(KEY), 1),
            new CacheCommand.IncrementDecimal(FIELD, Bytes.utf8("inf")),
            new CacheCommand.SetBudget(-1),
            new CacheCommand.Purge(0))) {
      assertThatThrownBy(() -> CacheCommandCodec.encode(command))
          .as("%s", command)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void numbersAreReadStrictly() {
    for (String text : List.of("", " 1", "1 ", "+1", "1.5", "0x1", "9223372036854775808")) {
      assertThat(CacheNumbers.whole(Bytes.utf8(text))).as(text).isEmpty();
    }
    assertThat(CacheNumbers.whole(Bytes.utf8("-9223372036854775808"))).hasValue(Long.MIN_VALUE);
    for (String text : List.of("", ".", "e5", "1e", "nan", "inf", "1e999", " 1", "0x1p3")) {
      assertThat(CacheNumbers.decimal(Bytes.utf8(text))).as(text).isEmpty();
    }
    assertThat(CacheNumbers.decimal(Bytes.utf8("-.5E+2")))
        .hasValueSatisfying(number -> assertThat(number).isEqualByComparingTo("-50"));
  }
}
