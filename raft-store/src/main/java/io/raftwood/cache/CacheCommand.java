package io.raftwood.cache;

import io.raftwood.bytes.Bytes;
import java.util.List;

/**
 * What changes the cache. Immutable; encoded by {@link CacheCommandCodec}; applied by {@code
 * cache.machine.CacheMachine}. What has expired is absent.
 */
public sealed interface CacheCommand {
  /** The tag of the cache's commands and queries in log entries. */
  int FAMILY = 2;

  /** Calls the handler's method for this command. */
  <R> R dispatch(Handler<R> handler);

  /**
   * Stores a value. A plain key takes the place of a hash of its name; a field needs a hash, or no
   * such name: {@link CacheResult.Done}, {@link CacheResult.WrongKind}, {@link
   * CacheResult.TooLarge}.
   *
   * @param ttlSeconds of a plain key: 0 = never expires; of a field always 0, its hash keeps its
   *     expiry
   */
  record Put(CacheId id, Bytes value, long ttlSeconds) implements CacheCommand {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.put(this);
    }
  }

  /**
   * Appends to a plain key's value, or stores it; the expiry stays: {@link CacheResult.Done},
   * {@link CacheResult.WrongKind}, {@link CacheResult.TooLarge}.
   */
  record Append(Bytes key, Bytes value) implements CacheCommand {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.append(this);
    }
  }

  /**
   * Removes a plain key, a whole hash (named as a plain key), or a field: {@link CacheResult.Done},
   * {@link CacheResult.Absent}, {@link CacheResult.WrongKind}.
   */
  record Delete(CacheId id) implements CacheCommand {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.delete(this);
    }
  }

  /**
   * Gives a plain key or a hash an expiry: {@link CacheResult.Done}, {@link CacheResult.Absent}.
   *
   * @param ttlSeconds 1 or more
   */
  record Expire(Bytes key, long ttlSeconds) implements CacheCommand {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.expire(this);
    }
  }

  /**
   * Takes the expiry away: {@link CacheResult.Done}, {@link CacheResult.Absent}, {@link
   * CacheResult.NoExpiry}.
   */
  record Persist(Bytes key) implements CacheCommand {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.persist(this);
    }
  }

  /**
   * Adds to a field that holds a whole number, or 0 if it is absent: {@link CacheResult.Number},
   * {@link CacheResult.NotANumber}, {@link CacheResult.OutOfRange}, {@link CacheResult.WrongKind},
   * {@link CacheResult.TooLarge}.
   */
  record Increment(CacheId id, long delta) implements CacheCommand {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.increment(this);
    }
  }

  /**
   * As {@link Increment} with decimal numbers, rounded to 17 digits behind the point.
   *
   * @param delta a number as {@link CacheNumbers#decimal} reads it
   */
  record IncrementDecimal(CacheId id, Bytes delta) implements CacheCommand {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.incrementDecimal(this);
    }
  }

  /** Sets the group's byte budget; proposed by leaders: {@link CacheResult.Done}. */
  record SetBudget(long bytes) implements CacheCommand {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.setBudget(this);
    }
  }

  /**
   * Removes what has expired and what removed hashes have left; proposed by leaders: {@link
   * CacheResult.Removed}.
   *
   * @param limit 1..{@link CacheLimits#PURGE_RECORDS_MAX}
   */
  record Purge(int limit) implements CacheCommand {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.purge(this);
    }
  }

  /**
   * Removes records, and puts others at the end of the order of writes, because they were read;
   * proposed by leaders. A place where nothing stands any more is passed over: {@link
   * CacheResult.Removed}.
   */
  record Evict(List<CachePlace> removed, List<CachePlace> kept) implements CacheCommand {
    /** Copies the lists. */
    public Evict {
      removed = List.copyOf(removed);
      kept = List.copyOf(kept);
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.evict(this);
    }
  }

  /** One method for each command: a new command does not compile until everyone handles it. */
  interface Handler<R> {
    /** Handles {@link Put}. */
    R put(Put command);

    /** Handles {@link Append}. */
    R append(Append command);

    /** Handles {@link Delete}. */
    R delete(Delete command);

    /** Handles {@link Expire}. */
    R expire(Expire command);

    /** Handles {@link Persist}. */
    R persist(Persist command);

    /** Handles {@link Increment}. */
    R increment(Increment command);

    /** Handles {@link IncrementDecimal}. */
    R incrementDecimal(IncrementDecimal command);

    /** Handles {@link SetBudget}. */
    R setBudget(SetBudget command);

    /** Handles {@link Purge}. */
    R purge(Purge command);

    /** Handles {@link Evict}. */
    R evict(Evict command);
  }
}
