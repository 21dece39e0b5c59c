package io.raftwood.kv;

import io.raftwood.bytes.Bytes;

/**
 * What reads records. Immutable; encoded by {@link KvQueryCodec}; answered by {@link KvMachine}.
 */
public sealed interface KvQuery {
  /** Calls the handler's method for this query. */
  <R> R dispatch(Handler<R> handler);

  /** The record's value and version: {@link KvResult.Found} or {@link KvResult.Absent}. */
  record Get(Bytes key) implements KvQuery {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.get(this);
    }
  }

  /** The record's version alone: {@link KvResult.Exists} or {@link KvResult.Absent}. */
  record Exist(Bytes key) implements KvQuery {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.exist(this);
    }
  }

  /** One method for each query. */
  interface Handler<R> {
    /** Handles {@link Get}. */
    R get(Get query);

    /** Handles {@link Exist}. */
    R exist(Exist query);
  }
}
