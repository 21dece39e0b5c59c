package io.raftwood.raft.jraft;

import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.storage.snapshot.Snapshot;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotReader;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotWriter;
import com.alipay.sofa.jraft.storage.snapshot.local.LocalSnapshotStorage;
import com.alipay.sofa.jraft.storage.snapshot.local.LocalSnapshotWriter;
import io.raftwood.storage.DamagedSnapshotException;
import io.raftwood.storage.DurableFiles;
import io.raftwood.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * JRaft's stored snapshots, with a checksum of the one file in them that JRaft writes itself: it
 * names index, term and voters, and a replica that believes a wrong one forgets its log, or claims
 * one that it does not have. The checksum is in {@value #SEAL} beside it.
 */
final class SealedSnapshots extends LocalSnapshotStorage {
  /** The file with the checksum: 64 lower-case hexadecimal digits of SHA-256. */
  static final String SEAL = "raftwood.seal";

  private final Path root;
  private final RaftOptions options;
  private final Consumer<StorageException> damaged;

  /**
   * Snapshots below {@code root}.
   *
   * @param damaged is told of damage before it is thrown: not all of JRaft's threads pass it on
   */
  SealedSnapshots(String root, RaftOptions options, Consumer<StorageException> damaged) {
    super(root, null, options);
    this.root = Path.of(root);
    this.options = options;
    this.damaged = damaged;
  }

  /**
   * Compares JRaft's file in a snapshot with its checksum. A snapshot without one was written
   * before there were any, by a release from which this node was upgraded, and is believed.
   *
   * @throws DamagedSnapshotException if the file has another checksum, or is missing
   */
  static void verify(Path snapshot) {
    try {
      if (!Files.exists(snapshot.resolve(Snapshot.JRAFT_SNAPSHOT_META_FILE))) {
        throw new DamagedSnapshotException(Snapshot.JRAFT_SNAPSHOT_META_FILE, "is missing");
      }
      if (!Files.exists(snapshot.resolve(SEAL))) {
        return;
      }
      // Compared as bytes: what is damaged need not be text.
      byte[] found = Files.readAllBytes(snapshot.resolve(SEAL));
      if (!MessageDigest.isEqual(found, seal(snapshot))) {
        throw new DamagedSnapshotException(
            Snapshot.JRAFT_SNAPSHOT_META_FILE, "has another content (SHA-256)");
      }
    } catch (IOException e) {
      throw new StorageException("cannot read " + snapshot, e);
    }
  }

  private static byte[] seal(Path snapshot) throws IOException {
    try {
      byte[] content = Files.readAllBytes(snapshot.resolve(Snapshot.JRAFT_SNAPSHOT_META_FILE));
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(hash).getBytes(StandardCharsets.US_ASCII);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public SnapshotWriter create(boolean fromEmpty) {
    SnapshotWriter made = super.create(fromEmpty);
    if (made == null) {
      return null;
    }
    LocalSnapshotWriter sealing = new SealingWriter(made.getPath(), this, options);
    return sealing.init(null) ? sealing : null;
  }

  /** Opens the newest snapshot, as JRaft wants it: null if there is none. */
  @Override
  public SnapshotReader open() {
    long index = getLastSnapshotIndex();
    if (index > 0) {
      try {
        verify(root.resolve(Snapshot.JRAFT_SNAPSHOT_PREFIX + index));
      } catch (StorageException e) {
        damaged.accept(e);
        throw e;
      }
    }
    return super.open();
  }

  /** Writes the checksum with the file, before the snapshot gets its name. */
  private static final class SealingWriter extends LocalSnapshotWriter {
    SealingWriter(String path, LocalSnapshotStorage storage, RaftOptions options) {
      super(path, storage, options);
    }

    @Override
    public boolean sync() throws IOException {
      if (!super.sync()) {
        return false;
      }
      Path snapshot = Path.of(getPath());
      DurableFiles.write(snapshot.resolve(SEAL), seal(snapshot));
      return true;
    }
  }
}
