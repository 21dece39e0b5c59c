package io.raftwood.bench.micro;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.Command;
import io.raftwood.raft.EntryApplier;
import io.raftwood.raft.EntryCodec;
import io.raftwood.raft.Machine;
import io.raftwood.raft.Position;
import io.raftwood.raft.Query;
import io.raftwood.raft.QueryRunner;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.Tablet;
import io.raftwood.storage.rocksdb.RocksDbSettings;
import io.raftwood.storage.rocksdb.RocksDbTabletStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A group's state in RocksDB without Raft around it: entries are applied as they are given. */
final class AppliedGroup implements AutoCloseable {
  private final Path directory;
  private final RocksDbTabletStore store;
  private final Tablet tablet;
  private final EntryApplier applier;
  private final QueryRunner queries;
  private long index;

  AppliedGroup(Machine machine) throws IOException {
    directory = Files.createTempDirectory("raftwood-micro");
    store = new RocksDbTabletStore(directory, RocksDbSettings.DEFAULT);
    tablet = store.open("data-0");
    applier = new EntryApplier(List.of(machine));
    queries = new QueryRunner(List.of(machine));
  }

  /** Applies an entry and makes it visible. */
  List<Bytes> apply(List<Command> commands) {
    StorageBatch batch = tablet.newBatch();
    index++;
    List<Bytes> results =
        applier.apply(batch, index, 1, EntryCodec.encode(Puts.CLOCK, commands)).results();
    tablet.commit(batch);
    return results;
  }

  Bytes query(Query query) {
    return queries.query(tablet, Position.read(tablet), query);
  }

  @Override
  public void close() throws IOException {
    tablet.close();
    store.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
