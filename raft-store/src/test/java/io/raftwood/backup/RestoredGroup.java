package io.raftwood.backup;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.InMemoryTablet;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvCommandCodec;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.KvResultCodec;
import io.raftwood.kv.machine.KvMachine;
import io.raftwood.kv.machine.RecordArchive;
import io.raftwood.raft.Command;
import io.raftwood.raft.EntryApplier;
import io.raftwood.raft.EntryCodec;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A group of records in memory with the real machines. Confined to the test's thread. */
final class RestoredGroup {
  static final RecordArchive ARCHIVE = new RecordArchive();

  final InMemoryTablet tablet = new InMemoryTablet("data-0");
  long clockMillis = 1_700_000_000_000L;
  private final EntryApplier applier =
      new EntryApplier(List.of(new KvMachine(), new RestoreMachine(List.of(ARCHIVE))));
  private long index;

  KvResult apply(KvCommand command) {
    return KvResultCodec.decode(
        apply(Command.of(KvCommand.FAMILY, KvCommandCodec.encode(command))));
  }

  RestoreResult apply(RestoreCommand command) {
    return RestoreResult.decode(apply(Command.of(RestoreCommand.FAMILY, command.encode())));
  }

  Bytes apply(Command command) {
    StorageBatch batch = tablet.newBatch();
    Bytes entry = EntryCodec.encode(clockMillis, List.of(command));
    Bytes result = applier.apply(batch, ++index, 1, entry).results().get(0);
    tablet.commit(batch);
    return result;
  }

  /** All items, read in pages of {@code pageBytes}. */
  List<Bytes> items(int pageBytes) {
    List<Bytes> items = new ArrayList<>();
    Optional<Bytes> place = Optional.of(Bytes.EMPTY);
    while (place.isPresent()) {
      ArchivePage page = ARCHIVE.page(tablet, place.get(), pageBytes);
      items.addAll(ArchivePage.decode(page.encode()).items());
      place = ArchivePage.decode(page.encode()).next();
    }
    return items;
  }

  /** Every row but the kernel's. */
  List<Bytes> rows() {
    List<Bytes> rows = new ArrayList<>();
    try (StorageCursor cursor = tablet.scan(new KeyRange(Bytes.of(1), Optional.empty()))) {
      while (cursor.next()) {
        rows.add(cursor.key().concat(Bytes.of(0xff)).concat(cursor.value()));
      }
    }
    return rows;
  }
}
