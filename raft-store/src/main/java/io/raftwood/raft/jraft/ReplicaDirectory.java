package io.raftwood.raft.jraft;

import com.alipay.sofa.jraft.conf.ConfigurationManager;
import com.alipay.sofa.jraft.entity.codec.v2.LogEntryV2CodecFactory;
import com.alipay.sofa.jraft.option.LogStorageOptions;
import com.alipay.sofa.jraft.option.RaftOptions;
import io.raftwood.storage.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where a replica keeps its Raft state: {@code log} (RocksDB), {@code meta} (term and vote), {@code
 * snapshot}.
 *
 * @param path the directory
 */
public record ReplicaDirectory(Path path) {
  private static final String SNAPSHOT_PREFIX = "snapshot_";

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
    return Files.isDirectory(log());
  }

  /**
   * The last log index on disk, in the log or behind the newest snapshot; 0 for an empty log. Opens
   * and closes the log, so only before the replica is started.
   *
   * @throws StorageException when the log cannot be opened; a fault
   */
  public long lastLogIndex(String group) {
    if (!exists()) {
      return 0;
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
      return Math.max(storage.getLastLogIndex(), lastSnapshotIndex());
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
