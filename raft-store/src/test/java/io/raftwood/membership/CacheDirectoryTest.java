package io.raftwood.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.fixtures.Formations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheDirectoryTest {
  @TempDir Path root;

  private Path data;
  private CacheDirectory.Owner owner;

  @BeforeEach
  void makeData() throws IOException {
    data = Files.createDirectory(root.resolve("data"));
    owner = new CacheDirectory.Owner("n1", Formations.incarnation(1), "boot-1", data);
  }

  private Path directory() {
    return root.resolve("memory").resolve("here");
  }

  /** Opens, leaves a file, closes; the incarnation. */
  private String use(CacheDirectory.Owner user) throws IOException {
    try (CacheDirectory opened = CacheDirectory.open(directory(), user)) {
      Files.createDirectories(opened.path().resolve("raft"));
      Files.writeString(opened.path().resolve("raft").resolve("vote"), "x");
      return opened.incarnation();
    }
  }

  private boolean hasVote() {
    return Files.exists(directory().resolve("raft").resolve("vote"));
  }

  @Test
  void theSameNodeInTheSameBootRemembers() throws IOException {
    String first = use(owner);
    assertThat(first).matches("[0-9a-f]{32}");
    try (CacheDirectory again = CacheDirectory.open(directory(), owner)) {
      assertThat(again.incarnation()).isEqualTo(first);
      assertThat(hasVote()).isTrue();
    }
  }

  @Test
  void anotherOwnerBeginsEmptyWithANewIncarnation() throws IOException {
    for (CacheDirectory.Owner other :
        List.of(
            new CacheDirectory.Owner("n2", owner.incarnation(), owner.boot(), data),
            new CacheDirectory.Owner("n1", Formations.incarnation(2), owner.boot(), data),
            new CacheDirectory.Owner("n1", owner.incarnation(), "boot-2", data),
            new CacheDirectory.Owner("n1", owner.incarnation(), owner.boot(), root))) {
      String before = use(owner);
      try (CacheDirectory opened = CacheDirectory.open(directory(), other)) {
        assertThat(opened.incarnation()).as("%s", other).isNotEqualTo(before);
        assertThat(hasVote()).as("%s", other).isFalse();
      }
    }
  }

  @Test
  void aDamagedOrMissingIdentityBeginsEmpty() throws IOException {
    String before = use(owner);
    Path identity = directory().resolve("identity");
    List<String> lines = Files.readAllLines(identity);
    for (int cut = 0; cut < lines.size(); cut++) {
      use(owner);
      Files.write(identity, lines.subList(0, cut));
      try (CacheDirectory opened = CacheDirectory.open(directory(), owner)) {
        assertThat(opened.incarnation()).isNotEqualTo(before);
        assertThat(hasVote()).isFalse();
      }
    }
    use(owner);
    Files.delete(identity);
    CacheDirectory.open(directory(), owner).close();
    assertThat(hasVote()).isFalse();
  }

  @Test
  void forgettingEmptiesAndDrawsAnew() throws IOException {
    String before = use(owner);
    try (CacheDirectory opened = CacheDirectory.open(directory(), owner)) {
      opened.forget();
      assertThat(opened.incarnation()).isNotEqualTo(before);
      assertThat(hasVote()).isFalse();
    }
    assertThat(use(owner)).isNotEqualTo(before);
  }

  @Test
  void oneProcessHoldsIt() {
    try (CacheDirectory opened = CacheDirectory.open(directory(), owner)) {
      assertThat(opened.path()).isEqualTo(directory());
      assertThatThrownBy(() -> CacheDirectory.open(directory(), owner))
          .isInstanceOf(DataDirectoryException.class)
          .hasMessageContaining("in use by another process");
    }
  }

  @Test
  void onlyTheMemoryOfDeletedDataDirectoriesIsSwept() throws IOException {
    use(owner);
    Path parent = directory().getParent();
    CacheDirectory.sweep(parent);
    assertThat(hasVote()).isTrue();
    Files.delete(data);
    try (CacheDirectory held = CacheDirectory.open(directory(), owner)) {
      CacheDirectory.sweep(parent);
      assertThat(held.path()).exists();
    }
    CacheDirectory.sweep(parent);
    assertThat(hasVote()).isFalse();
    assertThat(directory().resolve("identity")).doesNotExist();
  }

  @Test
  void nodesThatStartAtOnceSweepTheSameDirectories() throws Exception {
    Path parent = directory().getParent();
    for (int round = 0; round < 20; round++) {
      List<CompletableFuture<Void>> nodes = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Path gone = parent.resolve("gone-" + round + "-" + i);
        CacheDirectory.Owner dead =
            new CacheDirectory.Owner("n" + i, owner.incarnation(), "b", gone.resolve("data"));
        CacheDirectory.open(gone, dead).close();
        Path mine = parent.resolve("mine-" + i);
        CacheDirectory.Owner living =
            new CacheDirectory.Owner("n" + i, owner.incarnation(), "b", parent);
        nodes.add(
            CompletableFuture.runAsync(
                () -> {
                  CacheDirectory.sweep(parent);
                  CacheDirectory.open(mine, living).close();
                }));
      }
      CompletableFuture.allOf(nodes.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    }
  }
}
