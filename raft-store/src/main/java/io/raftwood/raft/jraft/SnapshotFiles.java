package io.raftwood.raft.jraft;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotReader;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotWriter;
import io.raftwood.raft.Position;
import io.raftwood.raft.ReplicaState;
import io.raftwood.storage.DamagedSnapshotException;
import io.raftwood.storage.SnapshotManifest;
import io.raftwood.storage.StorageException;
import io.raftwood.storage.Tablet;
import io.raftwood.storage.TabletClosedException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots: a checkpoint of the tablet in the sub-directory {@code tablet}, with a manifest that
 * carries a SHA-256 of every file. The checkpoint is taken on the apply thread (hard links), the
 * manifest written in the background.
 */
final class SnapshotFiles {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotFiles.class);
  private static final String TABLET = "tablet";
  private static final String INDEX = "index";

  private final String group;
  private final Executor background;
  private final Consumer<Long> saved;
  private final Consumer<StorageException> damaged;

  /**
   * Of {@code group}.
   *
   * @param saved is told the applied index of each completed snapshot
   * @param damaged is told when a snapshot was to be taken of a damaged tablet; a fault
   */
  SnapshotFiles(
      String group, Executor background, Consumer<Long> saved, Consumer<StorageException> damaged) {
    this.group = group;
    this.background = background;
    this.saved = saved;
    this.damaged = damaged;
  }

  /** Apply thread. Calls {@code done} exactly once, from another thread. */
  void save(ReplicaState state, SnapshotWriter writer, Closure done) {
    Position position = state.applied();
    Path directory = Path.of(writer.getPath(), TABLET);
    RuntimeException failure = null;
    try {
      state.tablet().checkpoint(directory);
    } catch (RuntimeException e) {
      failure = e;
    }
    RuntimeException failed = failure;
    Tablet tablet = state.tablet();
    background.execute(
        () -> {
          if (failed == null && !whole(tablet)) {
            done.run(new Status(RaftError.EIO, "the tablet is damaged"));
          } else {
            done.run(finish(directory, position, writer, failed));
          }
        });
  }

  /** Damage must not spread: the manifest would vouch for whatever the tablet's files hold. */
  private boolean whole(Tablet tablet) {
    try {
      tablet.verify();
      return true;
    } catch (TabletClosedException e) {
      LOG.debug("{}: no snapshot, the tablet was closed or replaced", group);
      return false;
    } catch (StorageException e) {
      damaged.accept(e);
      return false;
    }
  }

  private Status finish(
      Path directory, Position position, SnapshotWriter writer, RuntimeException failed) {
    try {
      if (failed != null) {
        throw failed;
      }
      SnapshotManifest manifest =
          SnapshotManifest.write(
              directory,
              Map.of(
                  "group",
                  group,
                  INDEX,
                  Long.toString(position.index()),
                  "revision",
                  Long.toString(position.revision())));
      manifest.files().keySet().forEach(name -> writer.addFile(TABLET + "/" + name));
      writer.addFile(TABLET + "/" + SnapshotManifest.FILE_NAME);
      saved.accept(position.index());
      return Status.OK();
    } catch (RuntimeException e) {
      LOG.error("{}: the snapshot at index {} failed; the previous one stays", group, position, e);
      return new Status(RaftError.EIO, "%s", e.toString());
    }
  }

  /**
   * Apply thread. At a start the tablet is normally ahead of the newest snapshot and nothing is
   * done; a snapshot that came from the leader is verified and installed.
   *
   * @throws DamagedSnapshotException when the files do not match the manifest
   */
  void load(ReplicaState state, SnapshotReader reader) {
    Path directory = Path.of(reader.getPath(), TABLET);
    long index = index(SnapshotManifest.read(directory));
    if (state.applied().index() >= index) {
      return;
    }
    SnapshotManifest.verify(directory);
    long before = state.applied().index();
    state.install(directory);
    LOG.info("{}: installed the snapshot at index {} (was at {})", group, index, before);
  }

  private static long index(SnapshotManifest manifest) {
    return manifest
        .attribute(INDEX)
        .map(Long::parseLong)
        .orElseThrow(
            () -> new DamagedSnapshotException(SnapshotManifest.FILE_NAME, "names no index"));
  }
}
