package io.raftwood.raft;

import io.raftwood.bytes.Bytes;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageSnapshot;
import io.raftwood.storage.Tablet;
import io.raftwood.storage.TabletClosedException;
import io.raftwood.storage.TabletStore;
import java.nio.file.Path;
import java.util.List;

/**
 * A replica's applied state: its tablet, and what turns entries into it. Entries come from one
 * thread (the apply thread), queries from any.
 */
public final class ReplicaState implements AutoCloseable {
  /** A round's changes are committed in pieces of about this many rows, so that none grows huge. */
  private static final int CHANGES_PER_COMMIT = 20_000;

  private final String group;
  private final TabletStore store;
  private final EntryApplier applier;
  private final QueryRunner queries;
  private final BarrierHashes hashes;
  private final HeldMoments held = new HeldMoments();

  private volatile View view;

  /** Opens the group's tablet, or creates an empty one. */
  public ReplicaState(
      String group, TabletStore store, List<Machine> machines, BarrierHashes hashes) {
    this.group = group;
    this.store = store;
    this.applier = new EntryApplier(machines);
    this.queries = new QueryRunner(machines);
    this.hashes = hashes;
    Tablet tablet = store.open(group);
    applier.load(tablet);
    this.view = new View(tablet, applier.position());
  }

  /** The position of the committed state, as queries see it. */
  public Position applied() {
    return view.position;
  }

  /** The present tablet, for figures and checkpoints. */
  public Tablet tablet() {
    return view.tablet;
  }

  /**
   * The committed state of this moment, for a reader that takes its time. Closed by the reader, or
   * by this replica when it installs a snapshot or stops: then what is read of it fails with {@link
   * IllegalStateException}.
   *
   * @throws TabletClosedException when this replica has stopped
   */
  public StorageSnapshot hold() {
    while (true) {
      Tablet tablet = view.tablet;
      StorageSnapshot moment = held.hold(tablet.snapshot());
      if (tablet == view.tablet) {
        return moment;
      }
      // A snapshot was installed meanwhile and may not have seen this one to release it.
      moment.close();
    }
  }

  /** Answers a query from the present state. */
  public Answer query(Query query, ReadConsistency consistency) {
    while (true) {
      // Position before rows: a row may be newer than this clock, never older (see QueryRunner).
      View now = view;
      try {
        return new Answer(
            queries.query(now.tablet, now.position, query), now.position.index(), consistency);
      } catch (TabletClosedException e) {
        if (now.tablet == view.tablet) {
          throw e;
        }
        // A snapshot was installed meanwhile: read the new generation.
      }
    }
  }

  /** Begins a round of entries; apply thread only. */
  public Round beginRound() {
    return new Round();
  }

  /**
   * Replaces the state by a checkpoint from another replica; apply thread only.
   *
   * @throws io.raftwood.storage.StorageException a fault; the old state is whole
   */
  public void install(Path checkpoint) {
    Tablet old = view.tablet;
    Tablet installed = store.install(group, checkpoint);
    applier.load(installed);
    view = new View(installed, applier.position());
    held.releaseAll();
    old.close();
    store.deleteSuperseded(group);
  }

  /** Flushes and closes the tablet. */
  @Override
  public void close() {
    held.releaseAll();
    view.tablet.close();
  }

  /** The tablet and how far it is, together: after an install both are new, or both are old. */
  private record View(Tablet tablet, Position position) {}

  /** The entries that JRaft hands over at once: one batch, unless it grows large. */
  public final class Round {
    private final Tablet tablet = view.tablet;
    private StorageBatch batch = tablet.newBatch();

    /** Applies one entry to the round's batch; visible to queries after {@link #commit}. */
    public AppliedEntry apply(long index, long term, Bytes entry) {
      AppliedEntry result = applier.apply(batch, index, term, entry);
      if (result.barrier().isPresent()) {
        commit();
        hashes.take(result.barrier().getAsLong(), tablet.snapshot());
      } else if (batch.changes() >= CHANGES_PER_COMMIT) {
        commit();
      }
      return result;
    }

    /** Makes all changes of the round so far visible. */
    public void commit() {
      if (batch.changes() > 0) {
        tablet.commit(batch);
        batch = tablet.newBatch();
      }
      view = new View(tablet, applier.position());
    }
  }
}
