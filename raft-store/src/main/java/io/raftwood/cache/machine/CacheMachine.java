package io.raftwood.cache.machine;

import io.raftwood.bytes.Bytes;
import io.raftwood.cache.CacheCommand;
import io.raftwood.cache.CacheCommandCodec;
import io.raftwood.cache.CacheId;
import io.raftwood.cache.CacheQuery;
import io.raftwood.cache.CacheQueryCodec;
import io.raftwood.cache.CacheResult;
import io.raftwood.cache.CacheResultCodec;
import io.raftwood.raft.ApplyContext;
import io.raftwood.raft.Machine;
import io.raftwood.raft.QueryContext;
import io.raftwood.storage.StorageSnapshot;

/**
 * Applies commands on the cache and answers queries. All state is in the tablet; beside it the
 * machine only takes note of what was read.
 *
 * <p>The bytes counted never exceed the group's budget but after the budget was lowered, until the
 * next write or eviction: an insert removes the oldest-written records to make room.
 */
public final class CacheMachine implements Machine {
  private final CacheActivity activity;

  /** A machine that tells {@code activity} what was read. */
  public CacheMachine(CacheActivity activity) {
    this.activity = activity;
  }

  @Override
  public int family() {
    return CacheCommand.FAMILY;
  }

  @Override
  public Bytes apply(ApplyContext context, Bytes command) {
    CacheState state = new CacheState(context);
    CacheResult result = CacheCommandCodec.decode(command).dispatch(new CacheWriter(state));
    state.save();
    return CacheResultCodec.encode(result);
  }

  @Override
  public Bytes query(QueryContext context, Bytes bytes) {
    CacheQuery query = CacheQueryCodec.decode(bytes);
    try (StorageSnapshot moment = context.view().moment()) {
      CacheResult result =
          query.dispatch(new CacheReader(new QueryContext(moment, context.clockMillis())));
      if (query instanceof CacheQuery.Get get) {
        note(get.id(), result);
      }
      return CacheResultCodec.encode(result);
    }
  }

  private void note(CacheId id, CacheResult result) {
    activity.read(id, result instanceof CacheResult.Found);
  }
}
