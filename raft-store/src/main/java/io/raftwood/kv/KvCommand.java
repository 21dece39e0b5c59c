package io.raftwood.kv;

import io.raftwood.bytes.Bytes;

/**
 * What changes records. Immutable; encoded by {@link KvCommandCodec}; decided by {@code
 * kv.machine.KvMachine}.
 *
 * <p>{@code expectedVersion} 0 = unconditional; else the command changes something only if the
 * record exists and has exactly this version. {@code ttlSeconds} 0 = never expires; it replaces the
 * record's earlier expiry.
 */
public sealed interface KvCommand {
  /** The family of records in log entries ({@link io.raftwood.raft.Machine#family}). */
  int FAMILY = 1;

  /** Calls the handler's method for this command. */
  <R> R dispatch(Handler<R> handler);

  /**
   * Stores a key's or field's value, or makes a set contain a member.
   *
   * @param id of any kind but a sorted set's member
   * @param value 1..{@link KvLimits#VALUE_BYTES_MAX} bytes; empty for a set's member
   * @param ttlSeconds 0 or more
   * @param expectedVersion u32
   */
  record Put(RecordId id, Bytes value, long ttlSeconds, long expectedVersion) implements KvCommand {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.put(this);
    }
  }

  /** What becomes of the score that a member has. */
  enum ScoreChange {
    /** It is replaced. An equal one changes nothing, not even the version (contract 5.4). */
    SET,
    /** The new one is added; a missing member counts as 0. */
    ADD,
    /** The new one is subtracted; a missing member counts as 0. */
    SUBTRACT
  }

  /**
   * Gives a sorted set's member a score.
   *
   * @param id a sorted set's member
   * @param ttlSeconds 0 or more
   * @param expectedVersion u32
   */
  record SetScore(
      RecordId id, ScoreChange change, long score, long ttlSeconds, long expectedVersion)
      implements KvCommand {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.setScore(this);
    }
  }

  /**
   * Adds to the number in a hash field; a missing field counts as 0. The number is a signed 64-bit
   * one in decimal text; one blank behind it is tolerated (contract 5.4). A result out of range is
   * refused.
   *
   * @param id a hash field
   * @param ttlSeconds 0 or more
   * @param expectedVersion u32
   */
  record Increment(RecordId id, long delta, long ttlSeconds, long expectedVersion)
      implements KvCommand {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.increment(this);
    }
  }

  /**
   * Removes a record; its version is forgotten (the next write starts at 1). A table ends with its
   * last record.
   *
   * @param id of any kind
   * @param expectedVersion u32
   */
  record Delete(RecordId id, long expectedVersion) implements KvCommand {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.delete(this);
    }
  }

  /**
   * Removes records whose expiry has passed in replicated time, oldest first. Proposed by the
   * leader; also what moves replicated time on when nothing else is written.
   *
   * @param limit the most records to remove, 1..{@link KvLimits#PURGE_RECORDS_MAX}
   */
  record PurgeExpired(int limit) implements KvCommand {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.purgeExpired(this);
    }
  }

  /** One method for each command: a new command does not compile until everyone handles it. */
  interface Handler<R> {
    /** Handles {@link Put}. */
    R put(Put command);

    /** Handles {@link SetScore}. */
    R setScore(SetScore command);

    /** Handles {@link Increment}. */
    R increment(Increment command);

    /** Handles {@link Delete}. */
    R delete(Delete command);

    /** Handles {@link PurgeExpired}. */
    R purgeExpired(PurgeExpired command);
  }
}
