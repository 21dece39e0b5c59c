package io.raftwood.kv.machine;

import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvCommandCodec;
import io.raftwood.raft.Command;
import io.raftwood.raft.Housekeeper;
import io.raftwood.storage.Keyspace;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageView;
import java.util.Optional;

/** Asks for a purge as soon as the oldest expiry has passed. Stateless. */
public final class ExpiryPurger implements Housekeeper {
  /** Records removed by one purge: some milliseconds of work on the apply thread. */
  private static final int RECORDS = 1000;

  private static final Command PURGE =
      Command.of(KvCommand.FAMILY, KvCommandCodec.encode(new KvCommand.PurgeExpired(RECORDS)));

  @Override
  public Optional<Command> next(StorageView view, long clockMillis) {
    try (StorageCursor cursor = view.scan(Keyspace.EXPIRY.range())) {
      boolean due = cursor.next() && RowKeys.expiryMillis(cursor.key()) <= clockMillis;
      return due ? Optional.of(PURGE) : Optional.empty();
    }
  }
}
