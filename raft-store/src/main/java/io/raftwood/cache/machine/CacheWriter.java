package io.raftwood.cache.machine;

import io.raftwood.bytes.Bytes;
import io.raftwood.cache.CacheCommand;
import io.raftwood.cache.CacheId;
import io.raftwood.cache.CacheLimits;
import io.raftwood.cache.CacheNumbers;
import io.raftwood.cache.CachePlace;
import io.raftwood.cache.CacheResult;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Carries out one command. */
record CacheWriter(CacheState state) implements CacheCommand.Handler<CacheResult> {
  private static final Bytes ZERO = Bytes.utf8("0");
  private static final long MILLIS = 1000;

  @Override
  public CacheResult put(CacheCommand.Put command) {
    CacheId id = command.id();
    if (id.inTable()) {
      return state.live(id.table()).filter(row -> !row.table()).isPresent()
          ? new CacheResult.WrongKind()
          : store(id, command.value());
    }
    return store(id.key(), command.value(), expiryOf(command.ttlSeconds()));
  }

  @Override
  public CacheResult append(CacheCommand.Append command) {
    Optional<NameRow> row = state.live(command.key());
    if (row.filter(NameRow::table).isPresent()) {
      return new CacheResult.WrongKind();
    }
    Bytes head = row.map(NameRow::value).orElse(Bytes.EMPTY);
    if (head.length() + (long) command.value().length() > CacheLimits.VALUE_BYTES_MAX) {
      return new CacheResult.TooLarge();
    }
    long expiry = row.map(NameRow::expiryMillis).orElse(0L);
    return store(command.key(), head.concat(command.value()), expiry);
  }

  @Override
  public CacheResult delete(CacheCommand.Delete command) {
    CacheId id = command.id();
    if (!id.inTable()) {
      boolean there = state.live(id.key()).isPresent();
      state.remove(id.key());
      return there ? new CacheResult.Done() : new CacheResult.Absent();
    }
    Optional<NameRow> table = state.live(id.table());
    if (table.filter(row -> !row.table()).isPresent()) {
      return new CacheResult.WrongKind();
    }
    Optional<FieldRow> field = table.flatMap(row -> state.field(row, id.key()));
    if (field.isEmpty()) {
      return new CacheResult.Absent();
    }
    state.removeField(id, table.get(), field.get());
    return new CacheResult.Done();
  }

  @Override
  public CacheResult expire(CacheCommand.Expire command) {
    Optional<NameRow> row = state.live(command.key());
    if (row.isEmpty()) {
      return new CacheResult.Absent();
    }
    state.setExpiry(command.key(), row.get(), expiryOf(command.ttlSeconds()));
    return new CacheResult.Done();
  }

  @Override
  public CacheResult persist(CacheCommand.Persist command) {
    Optional<NameRow> row = state.live(command.key());
    if (row.isEmpty()) {
      return new CacheResult.Absent();
    }
    if (row.get().expiryMillis() == 0) {
      return new CacheResult.NoExpiry();
    }
    state.setExpiry(command.key(), row.get(), 0);
    return new CacheResult.Done();
  }

  @Override
  public CacheResult increment(CacheCommand.Increment command) {
    return add(
        command.id(),
        stored -> {
          OptionalLong number = CacheNumbers.whole(stored);
          if (number.isEmpty()) {
            return new CacheResult.NotANumber();
          }
          try {
            long sum = Math.addExact(number.getAsLong(), command.delta());
            return new CacheResult.Number(CacheNumbers.format(sum));
          } catch (ArithmeticException e) {
            return new CacheResult.OutOfRange();
          }
        });
  }

  @Override
  public CacheResult incrementDecimal(CacheCommand.IncrementDecimal command) {
    BigDecimal delta = CacheNumbers.decimal(command.delta()).orElseThrow();
    return add(
        command.id(),
        stored -> {
          Optional<BigDecimal> number = CacheNumbers.decimal(stored);
          if (number.isEmpty()) {
            return new CacheResult.NotANumber();
          }
          BigDecimal sum = number.get().add(delta);
          return CacheNumbers.inRange(sum)
              ? new CacheResult.Number(CacheNumbers.format(sum))
              : new CacheResult.OutOfRange();
        });
  }

  private CacheResult add(CacheId id, Function<Bytes, CacheResult> sum) {
    Optional<NameRow> table = state.live(id.table());
    if (table.filter(row -> !row.table()).isPresent()) {
      return new CacheResult.WrongKind();
    }
    Bytes stored =
        table.flatMap(row -> state.field(row, id.key())).map(FieldRow::value).orElse(ZERO);
    CacheResult result = sum.apply(stored);
    if (!(result instanceof CacheResult.Number number)) {
      return result;
    }
    CacheResult done = store(id, number.text());
    return done instanceof CacheResult.Done ? number : done;
  }

  @Override
  public CacheResult setBudget(CacheCommand.SetBudget command) {
    state.setBudget(command.bytes());
    return new CacheResult.Done();
  }

  @Override
  public CacheResult purge(CacheCommand.Purge command) {
    return new CacheResult.Removed(state.purge(command.limit()));
  }

  @Override
  public CacheResult evict(CacheCommand.Evict command) {
    int removed = 0;
    for (CachePlace place : command.removed()) {
      removed += state.evict(place) ? 1 : 0;
    }
    command.kept().forEach(state::keep);
    state.findOldest();
    return new CacheResult.Removed(removed);
  }

  private CacheResult store(Bytes key, Bytes value, long expiryMillis) {
    long bytes = CacheFigures.bytesOfPlain(key.length(), value.length());
    if (bytes > state.figures().budget()) {
      return new CacheResult.TooLarge();
    }
    state.remove(key);
    state.makeRoom(bytes);
    state.putPlain(key, value, expiryMillis);
    return new CacheResult.Done();
  }

  private CacheResult store(CacheId id, Bytes value) {
    int tableBytes = id.table().length();
    long bytes =
        CacheFigures.bytesOfTable(tableBytes)
            + CacheFigures.bytesOfField(tableBytes, id.key().length(), value.length());
    if (bytes > state.figures().budget()) {
      return new CacheResult.TooLarge();
    }
    // For a field that is there already this is more than it takes; the room is made all the same.
    state.makeRoom(bytes);
    state.putField(id, value);
    return new CacheResult.Done();
  }

  private long expiryOf(long ttlSeconds) {
    return ttlSeconds == 0 ? 0 : state.clockMillis() + ttlSeconds * MILLIS;
  }
}
