package io.raftwood.raft.jraft;

import com.alipay.sofa.jraft.conf.ConfigurationEntry;
import com.alipay.sofa.jraft.conf.ConfigurationManager;
import com.alipay.sofa.jraft.entity.EnumOutter.EntryType;
import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.entity.RaftOutter.SnapshotMeta;
import com.alipay.sofa.jraft.entity.codec.v2.LogEntryV2CodecFactory;
import com.alipay.sofa.jraft.option.LogStorageOptions;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.storage.snapshot.local.LocalSnapshotMetaTable;
import io.raftwood.bytes.Bytes;
import io.raftwood.raft.ReplicaRemains;
import io.raftwood.storage.DurableFiles;
import io.raftwood.storage.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a replica keeps its Raft state: {@code log} (RocksDB), {@code meta} (term and vote), {@code
 * snapshot}.
 *
 * <p>A replica that left its group is retired: log and snapshots go, term and vote stay, so that a
 * later replica under the same peer id never votes twice in a term; and {@code retired} says where
 * the log ended. While that is being done, the file is called {@code retiring}.
 *
 * @param path the directory
 */
public record ReplicaDirectory(Path path) {
  private static final String SNAPSHOT_PREFIX = "snapshot_";
  private static final String SNAPSHOT_META = "__raft_snapshot_meta";
  private static final String RETIRING = "retiring";
  private static final String RETIRED = "retired";

  Path log() {
    return path.resolve("log");
  }

  Path meta() {
    return path.resolve("meta");
  }

  Path snapshot() {
    return path.resolve("snapshot");
  }

  /** Whether a replica has ever been started here. */
  public boolean exists() {
    return hasReplica() || retiredIndex() > 0;
  }

  /** Whether a replica is here that was not retired, or not completely. */
  public boolean hasReplica() {
    return Files.isDirectory(log()) || isRetiring();
  }

  /** Whether a replica was retired here: the next one must not found its group again. */
  public boolean wasRetired() {
    return Files.exists(path.resolve(RETIRED)) || isRetiring();
  }

  /** Whether a retirement has begun and not ended: it has to be ended before a replica starts. */
  public boolean isRetiring() {
    return Files.exists(path.resolve(RETIRING));
  }

  /**
   * Begins to retire the replica of {@code group}, which must not run.
   *
   * @throws UncheckedIOException when the files cannot be written; a fault
   */
  public void beginRetirement(String group) {
    if (isRetiring()) {
      return;
    }
    try {
      byte[] index = Long.toString(lastLogIndex(group)).getBytes(StandardCharsets.US_ASCII);
      DurableFiles.write(path.resolve(RETIRING), index);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends what {@link #beginRetirement} began. */
  public void endRetirement() {
    try {
      DurableFiles.deleteTree(log());
      DurableFiles.deleteTree(snapshot());
      DurableFiles.rename(path.resolve(RETIRING), path.resolve(RETIRED));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the log of a retired replica ended; 0 if there was none. */
  private long retiredIndex() {
    return Math.max(indexIn(path.resolve(RETIRING)), indexIn(path.resolve(RETIRED)));
  }

  private static long indexIn(Path file) {
    try {
      return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NumberFormatException e) {
      throw new StorageException(file + " is damaged", e);
    }
  }

  /**
   * The last log index on disk, in the log or behind the newest snapshot, or where the log of a
   * replica that was retired here ended; 0 for an empty log. Opens and closes the log, so only
   * before the replica is started.
   *
   * @throws StorageException when the log cannot be opened; a fault
   */
  public long lastLogIndex(String group) {
    long retired = retiredIndex();
    if (!Files.isDirectory(log())) {
      return retired;
    }
    DurableLogStorage storage = openLog(group, new ConfigurationManager());
    try {
      return Math.max(retired, Math.max(storage.getLastLogIndex(), lastSnapshotIndex()));
    } finally {
      storage.shutdown();
    }
  }

  /**
   * What is here of the log of {@code group}; empty when there is no replica, or only a retired or
   * an empty one. Opens and closes the log, so only while the replica does not run.
   *
   * @throws StorageException when log or snapshot cannot be read; a fault
   */
  public Optional<ReplicaRemains> remains(String group) {
    if (!Files.isDirectory(log()) || isRetiring()) {
      return Optional.empty();
    }
    ConfigurationManager configurations = new ConfigurationManager();
    DurableLogStorage storage = openLog(group, configurations);
    try {
      Optional<SnapshotMeta> snapshot = snapshotMeta();
      long covered = snapshot.map(SnapshotMeta::getLastIncludedIndex).orElse(0L);
      long last = storage.getLastLogIndex();
      boolean behindSnapshot = last <= covered;
      long term =
          behindSnapshot
              ? snapshot.map(SnapshotMeta::getLastIncludedTerm).orElse(0L)
              : storage.getEntry(last).getId().getTerm();
      ConfigurationEntry inLog = configurations.getLastConfiguration();
      ConfigurationEntry newest =
          snapshot.isPresent() && inLog.getId().getIndex() <= covered
              ? ConfigurationEntries.ofSnapshot(snapshot.get())
              : inLog;
      return newest.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new ReplicaRemains(
                  group,
                  term,
                  Math.max(last, covered),
                  Peers.fromJRaft(newest.getConf().getPeers()),
                  Peers.fromJRaft(newest.getOldConf().getPeers())));
    } finally {
      storage.shutdown();
    }
  }

  /** Is told what a log holds. */
  @FunctionalInterface
  public interface EntryReader {
    /** An entry with commands. */
    void entry(long index, long term, Bytes entry);
  }

  /**
   * Reads the entries of {@code group} behind the log index {@code after}, in order, whether they
   * are committed or not. Opens and closes the log, so only while the replica does not run.
   *
   * @throws StorageException when there is a gap, or the log cannot be read
   */
  public void read(String group, long after, EntryReader reader) {
    if (!Files.isDirectory(log())) {
      return;
    }
    DurableLogStorage storage = openLog(group, new ConfigurationManager());
    try {
      long last = storage.getLastLogIndex();
      if (last > after && storage.getFirstLogIndex() > after + 1) {
        throw new StorageException(
            log() + " begins at " + storage.getFirstLogIndex() + ", not behind " + after);
      }
      for (long index = after + 1; index <= last; index++) {
        LogEntry entry = storage.getEntry(index);
        if (entry == null) {
          throw new StorageException(log() + " has no entry " + index);
        }
        if (entry.getType() == EntryType.ENTRY_TYPE_DATA) {
          byte[] bytes = new byte[entry.getData().remaining()];
          entry.getData().duplicate().get(bytes);
          reader.entry(index, entry.getId().getTerm(), Bytes.wrap(bytes));
        }
      }
    } finally {
      storage.shutdown();
    }
  }

  private DurableLogStorage openLog(String group, ConfigurationManager configurations) {
    LogTuning.register();
    DurableLogStorage storage = new DurableLogStorage(log().toString(), new RaftOptions());
    LogStorageOptions options = new LogStorageOptions();
    options.setGroupId(group);
    options.setConfigurationManager(configurations);
    options.setLogEntryCodecFactory(LogEntryV2CodecFactory.getInstance());
    if (!storage.init(options)) {
      String unknown =
          "the Raft log in "
              + log()
              + " cannot be opened; see the lines before. If they speak of damage: wipe the node,"
              + " and it rejoins as a replacement";
      throw new StorageException(storage.damage().orElse(unknown));
    }
    return storage;
  }

  private Optional<SnapshotMeta> snapshotMeta() {
    long index = lastSnapshotIndex();
    if (index == 0) {
      return Optional.empty();
    }
    Path file = snapshot().resolve(SNAPSHOT_PREFIX + index).resolve(SNAPSHOT_META);
    SealedSnapshots.verify(file.getParent());
    LocalSnapshotMetaTable table = new LocalSnapshotMetaTable(new RaftOptions());
    try {
      if (!table.loadFromFile(file.toString()) || !table.hasMeta()) {
        throw new StorageException(file + " cannot be read");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.of(table.getMeta());
  }

  /** The log index of the newest snapshot; 0 if there is none. */
  long lastSnapshotIndex() {
    if (!Files.isDirectory(snapshot())) {
      return 0;
    }
    try (Stream<Path> entries = Files.list(snapshot())) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.startsWith(SNAPSHOT_PREFIX))
          .mapToLong(name -> Long.parseLong(name.substring(SNAPSHOT_PREFIX.length())))
          .max()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
