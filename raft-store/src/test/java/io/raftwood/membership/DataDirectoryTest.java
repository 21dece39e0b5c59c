package io.raftwood.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.cluster.Formation;
import io.raftwood.fixtures.Formations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path directory;

  @Test
  void everyOpeningCountsAStartOfTheSameIncarnation() {
    String incarnation;
    try (DataDirectory first = open("n1")) {
      incarnation = first.current().incarnation();
      assertThat(first.current()).isEqualTo(NodeIdentity.fresh("n1", incarnation, 1));
    }
    for (long starts = 2; starts < 5; starts++) {
      try (DataDirectory again = open("n1")) {
        assertThat(again.current()).isEqualTo(NodeIdentity.fresh("n1", incarnation, starts));
      }
    }
  }

  @Test
  void keepsWhatWasAgreed() {
    Formation formation = Formations.of(3, 2);
    NodeIdentity saved;
    try (DataDirectory data = open("n1")) {
      saved = data.current().prepared(formation).formed(formation, 7);
      data.save(saved);
      assertThat(data.current()).isEqualTo(saved);
    }
    try (DataDirectory data = open("n1")) {
      assertThat(data.current()).isEqualTo(saved.startedAgain());
      assertThat(data.current().clusterId()).contains(formation.clusterId());
    }
  }

  @Test
  void emptyDirectoriesGetDifferentIncarnations(@TempDir Path other) {
    try (DataDirectory one = open("n1");
        DataDirectory two = DataDirectory.open(other, "n1", List.of())) {
      assertThat(one.current().incarnation()).isNotEqualTo(two.current().incarnation());
    }
  }

  @Test
  void isHeldByOneOnly() {
    try (DataDirectory held = open("n1")) {
      assertThatThrownBy(() -> open("n1"))
          .isInstanceOf(DataDirectoryException.class)
          .hasMessageContaining("in use by another process");
      assertThat(held.current().starts()).isEqualTo(1);
    }
    open("n1").close();
  }

  @Test
  void refusesTheDirectoryOfAnotherNode() {
    open("n1").close();
    assertThatThrownBy(() -> open("n2"))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("belongs to node 'n1'");
    open("n1").close();
  }

  @Test
  void refusesStateWithoutIdentity() throws IOException {
    Files.createDirectories(directory.resolve("groups"));
    assertThatThrownBy(() -> open("n1"))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("'groups' but no identity file");
  }

  @Test
  void refusesEveryDamagedIdentity() throws IOException {
    try (DataDirectory data = open("n1")) {
      data.save(data.current().prepared(Formations.of(2, 1)));
    }
    Path file = directory.resolve(DataDirectory.IDENTITY_FILE);
    byte[] good = Files.readAllBytes(file);
    for (int at = 0; at < good.length; at++) {
      byte[] damaged = good.clone();
      damaged[at] ^= 1;
      Files.write(file, damaged);
      assertThatThrownBy(() -> open("n1"))
          .as("byte %d", at)
          .isInstanceOf(DataDirectoryException.class)
          .hasMessageContaining("damaged");
    }
    for (int length = 0; length < good.length; length++) {
      Files.write(file, Arrays.copyOf(good, length));
      assertThatThrownBy(() -> open("n1"))
          .as("length %d", length)
          .isInstanceOf(DataDirectoryException.class)
          .hasMessageContaining("damaged");
    }
    Files.write(file, good);
    open("n1").close();
  }

  @Test
  void anInterruptedWriteLeavesTheOldIdentity() throws IOException {
    open("n1").close();
    Files.writeString(directory.resolve("identity.tmp"), "raftwood-ident");
    try (DataDirectory data = open("n1")) {
      assertThat(data.current().starts()).isEqualTo(2);
    }
  }

  private DataDirectory open(String name) {
    return DataDirectory.open(directory, name, List.of("groups"));
  }
}
