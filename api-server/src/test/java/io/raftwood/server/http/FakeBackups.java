package io.raftwood.server.http;

import io.raftwood.backup.Archive;
import io.raftwood.backup.BackupViews;
import io.raftwood.backup.Backups;
import io.raftwood.backup.ReplicatedRestoreStore;
import io.raftwood.backup.RestoreMachine;
import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.InMemoryTablet;
import io.raftwood.kv.machine.KvMachine;
import io.raftwood.kv.machine.RecordArchive;
import io.raftwood.raft.Command;
import io.raftwood.raft.EntryApplier;
import io.raftwood.raft.EntryCodec;
import io.raftwood.raft.RequestOptions;
import io.raftwood.storage.StorageBatch;
import io.raftwood.tree.TreeArchive;
import io.raftwood.tree.TreeMachine;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** One group, data-0, in memory, with the real machines and without Raft. Thread-safe. */
final class FakeBackups implements ReplicatedRestoreStore.Transit {
  private static final List<Archive> ARCHIVES = List.of(new RecordArchive(), new TreeArchive());

  final InMemoryTablet tablet = new InMemoryTablet("data-0");
  final AtomicLong nanos = new AtomicLong();
  private final AtomicLong ids = new AtomicLong();
  private final EntryApplier applier =
      new EntryApplier(List.of(new KvMachine(), new TreeMachine(), new RestoreMachine(ARCHIVES)));
  private final BackupViews views =
      new BackupViews(
          (group, deadline, executor) -> CompletableFuture.completedFuture(tablet.snapshot()),
          ARCHIVES,
          () -> "view-" + ids.incrementAndGet(),
          nanos::get);
  private long index;

  Backups backups() {
    return new Backups(views, new ReplicatedRestoreStore(this, ARCHIVES));
  }

  /** Applies {@code command}; its result. */
  synchronized Bytes apply(Command command, long clockMillis) {
    StorageBatch batch = tablet.newBatch();
    Bytes entry = EntryCodec.encode(clockMillis, List.of(command));
    Bytes result = applier.apply(batch, ++index, 1, entry).results().get(0);
    tablet.commit(batch);
    return result;
  }

  @Override
  public List<String> groups() {
    return List.of("data-0");
  }

  @Override
  public String groupOf(int slot) {
    return "data-0";
  }

  @Override
  public CompletableFuture<Bytes> write(String group, Command command, RequestOptions options) {
    return CompletableFuture.completedFuture(apply(command, 1_700_000_000_000L));
  }
}
