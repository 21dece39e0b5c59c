package io.raftwood.raft.jraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaDirectoryTest {
  @TempDir Path path;

  @Test
  void aRetiredReplicaKeepsItsVoteAndWhereItsLogEnded() throws IOException {
    ReplicaDirectory directory = new ReplicaDirectory(path);
    assertThat(directory.exists()).isFalse();
    Files.createDirectories(path.resolve("meta"));
    Files.writeString(path.resolve("meta/raft_meta"), "vote");
    Files.createDirectories(path.resolve("snapshot/snapshot_77"));
    Files.writeString(path.resolve("retired"), "42");
    assertThat(directory.wasRetired()).isTrue();
    assertThat(directory.hasReplica()).isFalse();
    assertThat(directory.exists()).isTrue();
    assertThat(directory.lastLogIndex("data-0")).isEqualTo(42);

    directory.beginRetirement("data-0");
    assertThat(directory.isRetiring()).isTrue();
    assertThat(directory.hasReplica()).isTrue();
    directory.beginRetirement("data-0");
    directory.endRetirement();

    assertThat(directory.isRetiring()).isFalse();
    assertThat(directory.hasReplica()).isFalse();
    assertThat(directory.lastLogIndex("data-0")).isEqualTo(42);
    assertThat(path.resolve("snapshot")).doesNotExist();
    assertThat(path.resolve("meta/raft_meta")).hasContent("vote");
  }

  @Test
  void aDamagedNoteIsAFault() throws IOException {
    Files.writeString(path.resolve("retired"), "x");
    assertThatThrownBy(() -> new ReplicaDirectory(path).lastLogIndex("data-0"))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("is damaged");
  }
}
