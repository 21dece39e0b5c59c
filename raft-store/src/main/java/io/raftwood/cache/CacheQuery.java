package io.raftwood.cache;

import io.raftwood.bytes.Bytes;

/**
 * What reads the cache. Immutable; encoded by {@link CacheQueryCodec}; answered by {@code
 * cache.machine.CacheMachine}. What has expired is absent.
 */
public sealed interface CacheQuery {
  /** Calls the handler's method for this query. */
  <R> R dispatch(Handler<R> handler);

  /** {@link CacheResult.Found}, {@link CacheResult.Absent}, {@link CacheResult.WrongKind}. */
  record Get(CacheId id) implements CacheQuery {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.get(this);
    }
  }

  /**
   * {@link CacheResult.Done}, {@link CacheResult.Absent}, {@link CacheResult.WrongKind}. A plain
   * name is also that of a hash.
   */
  record Exist(CacheId id) implements CacheQuery {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.exist(this);
    }
  }

  /** Of a plain key or a hash: {@link CacheResult.TimeLeft}, {@link CacheResult.Absent}. */
  record TimeLeft(Bytes key) implements CacheQuery {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.timeLeft(this);
    }
  }

  /** {@link CacheResult.Figures}. Asked of a group. */
  record Figures() implements CacheQuery {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.figures(this);
    }
  }

  /** One method for each query. */
  interface Handler<R> {
    /** Handles {@link Get}. */
    R get(Get query);

    /** Handles {@link Exist}. */
    R exist(Exist query);

    /** Handles {@link TimeLeft}. */
    R timeLeft(TimeLeft query);

    /** Handles {@link Figures}. */
    R figures(Figures query);
  }
}
