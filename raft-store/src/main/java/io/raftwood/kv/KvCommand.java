package io.raftwood.kv;

import io.raftwood.bytes.Bytes;

/**
 * What changes records. Immutable; encoded by {@link KvCommandCodec}; decided by {@link KvMachine}.
 *
 * <p>{@code expectedVersion} 0 = unconditional; else the command changes something only if the
 * record exists and has exactly this version.
 */
public sealed interface KvCommand {
  /** Calls the handler's method for this command. */
  <R> R dispatch(Handler<R> handler);

  /**
   * Stores a value.
   *
   * @param key 1..{@link KvLimits#KEY_BYTES_MAX} bytes
   * @param value 1..{@link KvLimits#VALUE_BYTES_MAX} bytes
   * @param ttlSeconds 0 = never expires; replaces the record's earlier expiry
   * @param expectedVersion u32
   */
  record Put(Bytes key, Bytes value, long ttlSeconds, long expectedVersion) implements KvCommand {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.put(this);
    }
  }

  /**
   * Removes a record; its version is forgotten (the next put starts at 1).
   *
   * @param key 1..{@link KvLimits#KEY_BYTES_MAX} bytes
   * @param expectedVersion u32
   */
  record Delete(Bytes key, long expectedVersion) implements KvCommand {
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

    /** Handles {@link Delete}. */
    R delete(Delete command);

    /** Handles {@link PurgeExpired}. */
    R purgeExpired(PurgeExpired command);
  }
}
