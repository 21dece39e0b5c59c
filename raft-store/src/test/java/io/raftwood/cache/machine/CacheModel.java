package io.raftwood.cache.machine;

import io.raftwood.bytes.Bytes;
import io.raftwood.cache.CacheCommand;
import io.raftwood.cache.CacheId;
import io.raftwood.cache.CacheQuery;
import io.raftwood.cache.CacheResult;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The cache as plain maps that know nothing of rows, budgets or orders. */
final class CacheModel
    implements CacheCommand.Handler<CacheResult>, CacheQuery.Handler<CacheResult> {
  private final Map<Bytes, Entry> entries = new HashMap<>();
  private long clock;

  /** A plain value, or a hash. */
  private static final class Entry {
    Bytes value = Bytes.EMPTY;
    final Map<Bytes, Bytes> fields = new TreeMap<>();
    boolean table;
    long expiry;
  }

  CacheModel at(long millis) {
    clock = millis;
    entries.values().removeIf(entry -> entry.expiry != 0 && entry.expiry <= clock);
    return this;
  }

  /** Plain keys and fields. */
  long records() {
    return entries.values().stream().mapToLong(e -> e.table ? e.fields.size() : 1).sum();
  }

  private static Entry plain(Bytes value, long expiry) {
    Entry entry = new Entry();
    entry.value = value;
    entry.expiry = expiry;
    return entry;
  }

  private boolean holds(Bytes name, boolean table) {
    return entries.containsKey(name) && entries.get(name).table == table;
  }

  private Entry hash(Bytes name) {
    return entries.computeIfAbsent(
        name,
        absent -> {
          Entry entry = new Entry();
          entry.table = true;
          return entry;
        });
  }

  @Override
  public CacheResult put(CacheCommand.Put command) {
    CacheId id = command.id();
    if (!id.inTable()) {
      long ttl = command.ttlSeconds();
      entries.put(id.key(), plain(command.value(), ttl == 0 ? 0 : clock + ttl * 1000));
    } else if (holds(id.table(), false)) {
      return new CacheResult.WrongKind();
    } else {
      hash(id.table()).fields.put(id.key(), command.value());
    }
    return new CacheResult.Done();
  }

  @Override
  public CacheResult append(CacheCommand.Append command) {
    if (holds(command.key(), true)) {
      return new CacheResult.WrongKind();
    }
    Entry old = entries.getOrDefault(command.key(), new Entry());
    entries.put(command.key(), plain(old.value.concat(command.value()), old.expiry));
    return new CacheResult.Done();
  }

  @Override
  public CacheResult delete(CacheCommand.Delete command) {
    CacheId id = command.id();
    if (!id.inTable()) {
      return entries.remove(id.key()) == null ? new CacheResult.Absent() : new CacheResult.Done();
    }
    if (holds(id.table(), false)) {
      return new CacheResult.WrongKind();
    }
    if (!entries.containsKey(id.table())
        || entries.get(id.table()).fields.remove(id.key()) == null) {
      return new CacheResult.Absent();
    }
    entries.values().removeIf(entry -> entry.table && entry.fields.isEmpty());
    return new CacheResult.Done();
  }

  @Override
  public CacheResult expire(CacheCommand.Expire command) {
    if (!entries.containsKey(command.key())) {
      return new CacheResult.Absent();
    }
    entries.get(command.key()).expiry = clock + command.ttlSeconds() * 1000;
    return new CacheResult.Done();
  }

  @Override
  public CacheResult persist(CacheCommand.Persist command) {
    if (!entries.containsKey(command.key())) {
      return new CacheResult.Absent();
    }
    Entry entry = entries.get(command.key());
    if (entry.expiry == 0) {
      return new CacheResult.NoExpiry();
    }
    entry.expiry = 0;
    return new CacheResult.Done();
  }

  private static String text(Bytes value) {
    return new String(value.toArray(), StandardCharsets.ISO_8859_1);
  }

  @Override
  public CacheResult increment(CacheCommand.Increment command) {
    CacheId id = command.id();
    if (holds(id.table(), false)) {
      return new CacheResult.WrongKind();
    }
    String stored = stored(id);
    BigInteger number;
    try {
      number = stored.startsWith("+") ? null : new BigInteger(stored);
    } catch (NumberFormatException e) {
      number = null;
    }
    if (number == null || number.bitLength() > 63) {
      return new CacheResult.NotANumber();
    }
    BigInteger sum = number.add(BigInteger.valueOf(command.delta()));
    if (sum.bitLength() > 63) {
      return new CacheResult.OutOfRange();
    }
    hash(id.table()).fields.put(id.key(), Bytes.utf8(sum.toString()));
    return new CacheResult.Number(Bytes.utf8(sum.toString()));
  }

  private String stored(CacheId id) {
    return entries.containsKey(id.table())
        ? text(entries.get(id.table()).fields.getOrDefault(id.key(), Bytes.utf8("0")))
        : "0";
  }

  @Override
  public CacheResult incrementDecimal(CacheCommand.IncrementDecimal command) {
    CacheId id = command.id();
    if (holds(id.table(), false)) {
      return new CacheResult.WrongKind();
    }
    BigDecimal number;
    try {
      number = new BigDecimal(stored(id));
    } catch (NumberFormatException e) {
      return new CacheResult.NotANumber();
    }
    BigDecimal sum =
        number.add(new BigDecimal(text(command.delta()))).setScale(17, RoundingMode.HALF_EVEN);
    String shown = sum.signum() == 0 ? "0" : sum.stripTrailingZeros().toPlainString();
    hash(id.table()).fields.put(id.key(), Bytes.utf8(shown));
    return new CacheResult.Number(Bytes.utf8(shown));
  }

  @Override
  public CacheResult setBudget(CacheCommand.SetBudget command) {
    return new CacheResult.Done();
  }

  /** Changes nothing that can be seen. */
  @Override
  public CacheResult purge(CacheCommand.Purge command) {
    return new CacheResult.Removed(0);
  }

  @Override
  public CacheResult evict(CacheCommand.Evict command) {
    throw new AssertionError("the model does not evict");
  }

  @Override
  public CacheResult get(CacheQuery.Get query) {
    CacheId id = query.id();
    if (!id.inTable()) {
      if (holds(id.key(), true)) {
        return new CacheResult.WrongKind();
      }
      return entries.containsKey(id.key())
          ? new CacheResult.Found(entries.get(id.key()).value)
          : new CacheResult.Absent();
    }
    if (holds(id.table(), false)) {
      return new CacheResult.WrongKind();
    }
    return entries.containsKey(id.table()) && entries.get(id.table()).fields.containsKey(id.key())
        ? new CacheResult.Found(entries.get(id.table()).fields.get(id.key()))
        : new CacheResult.Absent();
  }

  @Override
  public CacheResult exist(CacheQuery.Exist query) {
    if (!query.id().inTable()) {
      return entries.containsKey(query.id().key())
          ? new CacheResult.Done()
          : new CacheResult.Absent();
    }
    CacheResult found = get(new CacheQuery.Get(query.id()));
    return found instanceof CacheResult.Found ? new CacheResult.Done() : found;
  }

  @Override
  public CacheResult timeLeft(CacheQuery.TimeLeft query) {
    if (!entries.containsKey(query.key())) {
      return new CacheResult.Absent();
    }
    long expiry = entries.get(query.key()).expiry;
    return new CacheResult.TimeLeft(expiry == 0 ? -1 : Math.round((expiry - clock) / 1000.0));
  }

  @Override
  public CacheResult figures(CacheQuery.Figures query) {
    throw new AssertionError("the model does not count");
  }
}
