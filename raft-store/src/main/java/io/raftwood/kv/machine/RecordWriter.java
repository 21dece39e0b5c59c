package io.raftwood.kv.machine;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvCommand.ScoreChange;
import io.raftwood.kv.KvLimits;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.RecordId;
import io.raftwood.kv.RecordKind;
import io.raftwood.raft.ApplyContext;
import io.raftwood.storage.StorageCursor;
import java.util.Optional;
import java.util.OptionalLong;

/** Carries out one command. */
record RecordWriter(ApplyContext context) implements KvCommand.Handler<KvResult> {
  @Override
  public KvResult put(KvCommand.Put command) {
    StoredRecord record = new StoredRecord(context.batch(), command.id());
    long current = liveVersion(record);
    Optional<KvResult> refusal = refusal(command.id(), record, current, command.expectedVersion());
    return refusal.orElseGet(
        () -> new KvResult.Stored(write(record, current, command.ttlSeconds(), command.value())));
  }

  @Override
  public KvResult setScore(KvCommand.SetScore command) {
    StoredRecord record = new StoredRecord(context.batch(), command.id());
    OptionalLong score = liveScore(record);
    long current = liveVersion(record);
    if (isUnchanged(command, score, current)) {
      return new KvResult.Stored(current);
    }
    Optional<KvResult> refusal = refusal(command.id(), record, current, command.expectedVersion());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    try {
      long next = changed(score.orElse(0), command.change(), command.score());
      Bytes value = StoredRecord.scoreValue(next);
      return new KvResult.Stored(write(record, current, command.ttlSeconds(), value));
    } catch (ArithmeticException e) {
      return new KvResult.OutOfRange();
    }
  }

  /** The same score again is no write, whatever version up to the present one it expects (5.4). */
  private static boolean isUnchanged(KvCommand.SetScore command, OptionalLong score, long current) {
    return command.change() == ScoreChange.SET
        && score.isPresent()
        && score.getAsLong() == command.score()
        && command.expectedVersion() <= current;
  }

  private static long changed(long score, ScoreChange change, long by) {
    switch (change) {
      case ADD:
        return Math.addExact(score, by);
      case SUBTRACT:
        return Math.subtractExact(score, by);
      default:
        return by;
    }
  }

  @Override
  public KvResult increment(KvCommand.Increment command) {
    StoredRecord record = new StoredRecord(context.batch(), command.id());
    long current = liveVersion(record);
    Optional<KvResult> refusal = refusal(command.id(), record, current, command.expectedVersion());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Optional<Bytes> text = record.liveAt(context.clockMillis()).map(RecordRow::value);
    OptionalLong number = text.isPresent() ? DecimalText.parse(text.get()) : OptionalLong.of(0);
    if (number.isEmpty()) {
      return new KvResult.NotANumber();
    }
    try {
      long sum = Math.addExact(number.getAsLong(), command.delta());
      Bytes value = DecimalText.format(sum);
      return new KvResult.Incremented(sum, write(record, current, command.ttlSeconds(), value));
    } catch (ArithmeticException e) {
      return new KvResult.OutOfRange();
    }
  }

  @Override
  public KvResult delete(KvCommand.Delete command) {
    StoredRecord record = new StoredRecord(context.batch(), command.id());
    long current = liveVersion(record);
    if (current == 0) {
      return isOtherKind(command.id(), record) ? new KvResult.WrongKind() : new KvResult.Absent();
    }
    if (command.expectedVersion() != 0 && command.expectedVersion() != current) {
      return new KvResult.VersionMismatch(current);
    }
    record.remove();
    return new KvResult.Deleted(current);
  }

  @Override
  public KvResult purgeExpired(KvCommand.PurgeExpired command) {
    int removed = 0;
    try (StorageCursor cursor = context.batch().scan(RowKeys.expiredAt(context.clockMillis()))) {
      while (cursor.next()) {
        if (removed == command.limit()) {
          return new KvResult.Purged(removed, true);
        }
        RecordId id = RowKeys.recordId(RowKeys.expiringRow(cursor.key()));
        new StoredRecord(context.batch(), id).remove();
        removed++;
      }
    }
    return new KvResult.Purged(removed, false);
  }

  private Optional<KvResult> refusal(
      RecordId id, StoredRecord record, long current, long expectedVersion) {
    if (isOtherKind(id, record)) {
      return Optional.of(new KvResult.WrongKind());
    }
    boolean met = expectedVersion == 0 || expectedVersion == current;
    return met ? Optional.empty() : Optional.of(new KvResult.VersionMismatch(current));
  }

  /** A table is of one kind; a record that exists proves that it is of its own. */
  private boolean isOtherKind(RecordId id, StoredRecord record) {
    if (id.kind() == RecordKind.KEY || record.exists()) {
      return false;
    }
    Optional<RecordKind> kind = Catalogue.kindOf(context.batch(), id.table());
    return kind.isPresent() && kind.get() != id.kind();
  }

  private long write(StoredRecord record, long current, long ttlSeconds, Bytes value) {
    long version = current == KvLimits.VERSION_MAX ? 1 : current + 1;
    record.write(new RecordRow(version, context.revision(), expiryOf(ttlSeconds), value));
    return version;
  }

  private OptionalLong liveScore(StoredRecord record) {
    Optional<RecordRow> live = record.liveAt(context.clockMillis());
    return live.isPresent()
        ? OptionalLong.of(StoredRecord.scoreOf(live.get()))
        : OptionalLong.empty();
  }

  /** The version of a record that exists now, else 0. */
  private long liveVersion(StoredRecord record) {
    return record.liveAt(context.clockMillis()).map(RecordRow::version).orElse(0L);
  }

  private long expiryOf(long ttlSeconds) {
    boolean never = ttlSeconds == 0 || ttlSeconds > KvLimits.TTL_SECONDS_MAX;
    return never ? 0 : context.clockMillis() + ttlSeconds * 1000;
  }
}
