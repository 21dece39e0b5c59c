package io.raftwood.raft.jraft;

import com.alipay.sofa.jraft.conf.ConfigurationManager;
import com.alipay.sofa.jraft.entity.codec.v2.LogEntryV2CodecFactory;
import com.alipay.sofa.jraft.option.LogStorageOptions;
import com.alipay.sofa.jraft.option.RaftOptions;
import io.raftwood.storage.DurableFiles;
import io.raftwood.storage.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    LogTuning.register();
    DurableLogStorage storage = new DurableLogStorage(log().toString(), new RaftOptions());
    LogStorageOptions options = new LogStorageOptions();
    options.setGroupId(group);
    options.setConfigurationManager(new ConfigurationManager());
    options.setLogEntryCodecFactory(LogEntryV2CodecFactory.getInstance());
    if (!storage.init(options)) {
      throw new StorageException("the Raft log in " + log() + " cannot be opened");
    }
    try {
      return Math.max(retired, Math.max(storage.getLastLogIndex(), lastSnapshotIndex()));
    } finally {
      storage.shutdown();
    }
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
