package io.raftwood.cache;

import io.raftwood.bytes.Bytes;

/** Every outcome of a command or query of the cache. Encoded by {@link CacheResultCodec}. */
public sealed interface CacheResult {
  /** Calls the handler's method for this result. */
  <R> R dispatch(Handler<R> handler);

  /** It is so. */
  record Done() implements CacheResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.done(this);
    }
  }

  /** There is no such record. */
  record Absent() implements CacheResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.absent(this);
    }
  }

  /** The name is that of a record of the other kind. */
  record WrongKind() implements CacheResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.wrongKind(this);
    }
  }

  /** What is stored is no number. */
  record NotANumber() implements CacheResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.notANumber(this);
    }
  }

  /** The sum is out of range; nothing was changed. */
  record OutOfRange() implements CacheResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.outOfRange(this);
    }
  }

  /** The record never expires. */
  record NoExpiry() implements CacheResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.noExpiry(this);
    }
  }

  /** The value would be too long, or the record alone beyond the budget. */
  record TooLarge() implements CacheResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.tooLarge(this);
    }
  }

  /** The value. */
  record Found(Bytes value) implements CacheResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.found(this);
    }
  }

  /**
   * How long the record has to live.
   *
   * @param seconds rounded to the nearest; negative = it never expires
   */
  record TimeLeft(long seconds) implements CacheResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.timeLeft(this);
    }
  }

  /** The sum, as it is stored now. */
  record Number(Bytes text) implements CacheResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.number(this);
    }
  }

  /** How many records a leader's own command removed. */
  record Removed(int records) implements CacheResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.removed(this);
    }
  }

  /**
   * The group's figures.
   *
   * @param budget the byte budget
   * @param bytes counted against it
   * @param records keys and fields
   * @param evicted records removed for want of room in the group's life
   * @param expired keys and hashes removed because their time was over
   */
  record Figures(long budget, long bytes, long records, long evicted, long expired)
      implements CacheResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.figures(this);
    }
  }

  /** One method for each result. */
  interface Handler<R> {
    /** Handles {@link Done}. */
    R done(Done result);

    /** Handles {@link Absent}. */
    R absent(Absent result);

    /** Handles {@link WrongKind}. */
    R wrongKind(WrongKind result);

    /** Handles {@link NotANumber}. */
    R notANumber(NotANumber result);

    /** Handles {@link OutOfRange}. */
    R outOfRange(OutOfRange result);

    /** Handles {@link NoExpiry}. */
    R noExpiry(NoExpiry result);

    /** Handles {@link TooLarge}. */
    R tooLarge(TooLarge result);

    /** Handles {@link Found}. */
    R found(Found result);

    /** Handles {@link TimeLeft}. */
    R timeLeft(TimeLeft result);

    /** Handles {@link Number}. */
    R number(Number result);

    /** Handles {@link Removed}. */
    R removed(Removed result);

    /** Handles {@link Figures}. */
    R figures(Figures result);
  }
}
