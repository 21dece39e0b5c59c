package io.raftwood.backup;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.raft.ApplyContext;
import io.raftwood.raft.CorruptEntryException;
import io.raftwood.raft.Machine;
import io.raftwood.raft.QueryContext;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.Keyspace;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageView;
import java.util.List;
import java.util.Optional;

/**
 * Puts the items of backups and imports into a group. Stateless: all state is in the tablet.
 *
 * <p>A restore begins only in a group that holds no row but the kernel's, which then carries the
 * restore's id as a mark until the restore ends; it may be begun again and go on as often as need
 * be. Clients are not kept out meanwhile, but what they write is newer than anything restored.
 */
public final class RestoreMachine implements Machine {
  private static final int FORMAT = 1;
  private static final Bytes MARK = Bytes.of(Keyspace.RESTORE.tag(), 0);
  private static final KeyRange CONTENT =
      new KeyRange(Bytes.of(Keyspace.META.tag() + 1), Optional.empty());

  private final List<Archive> archives;

  /** For groups with these families. */
  public RestoreMachine(List<Archive> archives) {
    this.archives = List.copyOf(archives);
  }

  @Override
  public int family() {
    return RestoreCommand.FAMILY;
  }

  @Override
  public Bytes apply(ApplyContext context, Bytes command) {
    try {
      return RestoreCommand.decode(command).dispatch(new Change(context)).encode();
    } catch (MalformedBytesException e) {
      throw new CorruptEntryException("restore: " + e.getMessage(), e);
    }
  }

  @Override
  public boolean adds(Bytes command) {
    return !RestoreCommand.removes(command);
  }

  /** There is nothing to ask. */
  @Override
  public Bytes query(QueryContext context, Bytes query) {
    throw new MalformedBytesException("restores answer no queries");
  }

  private final class Change implements RestoreCommand.Handler<RestoreResult> {
    private final ApplyContext context;

    Change(ApplyContext context) {
      this.context = context;
    }

    @Override
    public RestoreResult begin(RestoreCommand.Begin command) {
      Optional<Bytes> mark = mark(context.batch());
      boolean fresh = mark.isEmpty() && isEmpty(context.batch());
      if (!fresh && !mark.equals(Optional.of(command.id()))) {
        return RestoreResult.of(RestoreResult.Status.NOT_EMPTY);
      }
      context.batch().put(MARK, new ByteWriter(17).u8(FORMAT).raw(command.id()).toBytes());
      return RestoreResult.of(RestoreResult.Status.DONE);
    }

    @Override
    public RestoreResult end(RestoreCommand.End command) {
      if (!mark(context.batch()).equals(Optional.of(command.id()))) {
        return RestoreResult.of(RestoreResult.Status.NOT_UNDER_WAY);
      }
      context.batch().delete(MARK);
      return RestoreResult.of(RestoreResult.Status.DONE);
    }

    @Override
    public RestoreResult put(RestoreCommand.Put command) {
      if (command.rule() == RestoreRule.RESTORE
          && !mark(context.batch()).equals(Optional.of(command.id()))) {
        return RestoreResult.of(RestoreResult.Status.NOT_UNDER_WAY);
      }
      Archive archive = archive(command.family());
      if (!archive.allows(command.rule())) {
        throw new MalformedBytesException(
            "items of family " + command.family() + " by " + command.rule());
      }
      long[] landed = new long[Archive.Landing.values().length];
      for (Bytes item : command.items()) {
        landed[archive.put(context, command.rule(), item).ordinal()]++;
      }
      return new RestoreResult(
          RestoreResult.Status.DONE,
          landed[Archive.Landing.WRITTEN.ordinal()],
          landed[Archive.Landing.KEPT.ordinal()],
          landed[Archive.Landing.EXPIRED.ordinal()],
          landed[Archive.Landing.REFUSED.ordinal()]);
    }
  }

  private Archive archive(int family) {
    return archives.stream()
        .filter(one -> one.family() == family)
        .findFirst()
        .orElseThrow(() -> new MalformedBytesException("no items of family " + family));
  }

  private static Optional<Bytes> mark(StorageView view) {
    return view.get(MARK).map(RestoreMachine::id);
  }

  private static Bytes id(Bytes row) {
    ByteReader reader = new ByteReader(row);
    if (reader.u8() != FORMAT) {
      throw new CorruptEntryException("the mark of a restore is of another format: " + row);
    }
    return reader.rest();
  }

  private static boolean isEmpty(StorageView view) {
    try (StorageCursor rows = view.scan(CONTENT)) {
      return !rows.next();
    }
  }
}
