package io.raftwood.cache.machine;

import io.raftwood.cache.CacheCommand;
import io.raftwood.cache.CacheCommandCodec;
import io.raftwood.cache.CachePlace;
import io.raftwood.raft.Command;
import io.raftwood.raft.Housekeeper;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageSnapshot;
import io.raftwood.storage.StorageView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the leader of a cache group asks for: that the group has its budget, that what has expired
 * goes, and that what was neither written nor read for longest goes before the budget is spent.
 *
 * <p>Eviction gives a second chance: the oldest-written record goes, unless it was read since it
 * was last looked at; then it moves to the end. After a change of leaders nothing counts as read.
 */
public final class CacheKeeper implements Housekeeper {
  /** Records removed by one purge: some milliseconds of work on the apply thread. */
  private static final int PURGE_RECORDS = 1000;

  private static final int EVICT_RECORDS = 4000;

  /** Eviction begins at this many hundredths of the budget, and ends at the other. */
  private static final long HIGH_WATER = 95;

  private static final long LOW_WATER = 90;

  private final CacheActivity activity;
  private final long budget;

  /** Keeps a group within {@code budget} bytes, by what {@code activity} says was read. */
  public CacheKeeper(CacheActivity activity, long budget) {
    this.activity = activity;
    this.budget = budget;
  }

  @Override
  public Optional<Command> next(StorageView view, long clockMillis) {
    CacheFigures figures = CacheFigures.read(view);
    if (figures.budget() != budget) {
      return command(new CacheCommand.SetBudget(budget));
    }
    if (purgeDue(view, clockMillis)) {
      return command(new CacheCommand.Purge(PURGE_RECORDS));
    }
    return figures.bytes() > budget / 100 * HIGH_WATER
        ? command(eviction(view, figures))
        : Optional.empty();
  }

  private static Optional<Command> command(CacheCommand command) {
    return Optional.of(Command.of(CacheCommand.FAMILY, CacheCommandCodec.encode(command)));
  }

  private static boolean purgeDue(StorageView view, long clockMillis) {
    try (StorageCursor expiries = view.scan(CacheRowKeys.expiries())) {
      if (expiries.next() && CacheRowKeys.expiryMillis(expiries.key()) <= clockMillis) {
        return true;
      }
    }
    try (StorageCursor doomed = view.scan(CacheRowKeys.doomed())) {
      return doomed.next();
    }
  }

  private CacheCommand eviction(StorageView live, CacheFigures figures) {
    List<CachePlace> removed = new ArrayList<>();
    List<CachePlace> kept = new ArrayList<>();
    long surplus = figures.bytes() - budget / 100 * LOW_WATER;
    try (StorageSnapshot view = live.moment();
        StorageCursor cursor = view.scan(CacheRowKeys.ordersFrom(figures.oldest()))) {
      while (surplus > 0 && removed.size() + kept.size() < EVICT_RECORDS && cursor.next()) {
        OrderRow order = OrderRow.decode(cursor.value());
        if (activity.takeRead(order.id())) {
          kept.add(CacheRowKeys.place(cursor.key()));
        } else {
          removed.add(CacheRowKeys.place(cursor.key()));
          surplus -= bytesOf(view, order);
        }
      }
    }
    return new CacheCommand.Evict(removed, kept);
  }

  /** 0 for what went in between. */
  private static long bytesOf(StorageView view, OrderRow order) {
    int keyBytes = order.id().key().length();
    if (!order.id().inTable()) {
      return view.get(CacheRowKeys.name(order.id().key()))
          .map(row -> CacheFigures.bytesOfPlain(keyBytes, NameRow.decode(row).value().length()))
          .orElse(0L);
    }
    int tableBytes = order.id().table().length();
    return view.get(CacheRowKeys.field(order.generation(), order.id().key()))
        .map(FieldRow::decode)
        .map(row -> CacheFigures.bytesOfField(tableBytes, keyBytes, row.value().length()))
        .orElse(0L);
  }
}
