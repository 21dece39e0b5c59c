package io.raftwood.raft.jraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alipay.sofa.jraft.entity.RaftOutter.SnapshotMeta;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.storage.snapshot.Snapshot;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotReader;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotWriter;
import io.raftwood.storage.DamagedSnapshotException;
import io.raftwood.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flipped bit in what JRaft says of a stored snapshot: index, term, voters, names of files. */
class SealedSnapshotsTest {
  private static final long INDEX = 1150;

  @TempDir Path root;

  private final List<StorageException> damage = new ArrayList<>();
  private SealedSnapshots storage;

  @BeforeEach
  void write() throws IOException {
    storage = open();
    save(INDEX);
  }

  @Test
  void aWholeSnapshotIsOpenedAsItWasSaved() throws IOException {
    try (SnapshotReader reader = open().open()) {
      assertThat(reader.load()).isEqualTo(meta(INDEX));
    }
    save(INDEX + 1);
    try (SnapshotReader reader = storage.open()) {
      assertThat(reader.load()).isEqualTo(meta(INDEX + 1));
    }
    assertThat(damage).isEmpty();
  }

  @Test
  void whereThereIsNoSnapshotNoneIsOpened() {
    assertThat(storageBelow(root.resolve("other")).open()).isNull();
  }

  @Test
  void noFlippedBitIsBelieved() throws IOException {
    Path file = snapshot().resolve(Snapshot.JRAFT_SNAPSHOT_META_FILE);
    byte[] whole = Files.readAllBytes(file);
    for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      Files.write(file, flipped);
      assertThatThrownBy(storage::open)
          .as("bit %d", bit)
          .isInstanceOf(DamagedSnapshotException.class);
    }
    assertThat(damage).hasSize(whole.length * Byte.SIZE);
  }

  @Test
  void whatIsCutOrMissingIsDamage() throws IOException {
    Path file = snapshot().resolve(Snapshot.JRAFT_SNAPSHOT_META_FILE);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 1));
    assertThatThrownBy(storage::open).hasMessageContaining(Snapshot.JRAFT_SNAPSHOT_META_FILE);
    Files.delete(file);
    assertThatThrownBy(storage::open).hasMessageContaining("is missing");
  }

  @Test
  void aSnapshotOfAReleaseWithoutSealsIsOpened() throws IOException {
    Files.delete(snapshot().resolve(SealedSnapshots.SEAL));
    try (SnapshotReader reader = storage.open()) {
      assertThat(reader.load()).isEqualTo(meta(INDEX));
    }
    assertThat(damage).isEmpty();
  }

  private SealedSnapshots open() {
    return storageBelow(root);
  }

  private SealedSnapshots storageBelow(Path path) {
    SealedSnapshots opened = new SealedSnapshots(path.toString(), new RaftOptions(), damage::add);
    assertThat(opened.init(null)).isTrue();
    return opened;
  }

  private void save(long index) throws IOException {
    try (SnapshotWriter writer = storage.create()) {
      Files.writeString(Path.of(writer.getPath(), "file"), "content");
      assertThat(writer.addFile("file")).isTrue();
      assertThat(writer.saveMeta(meta(index))).isTrue();
    }
  }

  private Path snapshot() {
    return root.resolve(Snapshot.JRAFT_SNAPSHOT_PREFIX + INDEX);
  }

  private static SnapshotMeta meta(long index) {
    return SnapshotMeta.newBuilder()
        .setLastIncludedIndex(index)
        .setLastIncludedTerm(3)
        .addPeers("127.0.0.1:9082")
        .addPeers("127.0.0.1:9083")
        .build();
  }
}
