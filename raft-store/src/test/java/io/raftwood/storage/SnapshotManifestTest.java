package io.raftwood.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.raftwood.bytes.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotManifestTest {
  @TempDir private Path directory;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.write(directory.resolve("empty"), new byte[0]);
    Files.write(directory.resolve("000001.sst"), new byte[200_000]);
    Files.createDirectories(directory.resolve("sub"));
    Files.writeString(directory.resolve("sub").resolve("name with = and space"), "abc");
    SnapshotManifest.write(directory, Map.of("group", "data-0", "note", "a=b c \u00fc"));
  }

  @Test
  void readsBackWhatWasWritten() {
    SnapshotManifest manifest = SnapshotManifest.verify(directory);

    assertThat(manifest.attributes())
        .containsExactly(Map.entry("group", "data-0"), Map.entry("note", "a=b c \u00fc"));
    assertThat(manifest.attribute("group")).contains("data-0");
    assertThat(manifest.attribute("absent")).isEmpty();
    assertThat(manifest.files())
        .containsOnlyKeys("000001.sst", "empty", "sub/name with = and space");
    assertThat(manifest.files().get("sub/name with = and space"))
        .isEqualTo(
            new SnapshotManifest.FileDigest(
                3,
                Bytes.fromHex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")));
  }

  @Test
  void isTheTextThatTheFormatDescribes() throws IOException {
    Path other = Files.createDirectory(directory.resolve("other"));
    Files.writeString(other.resolve("f"), "abc");
    SnapshotManifest.write(other, Map.of("b", "2", "a", ""));

    assertThat(Files.readString(other.resolve(SnapshotManifest.FILE_NAME)))
        .isEqualTo(
            "raftwood-snapshot 1\n"
                + "attribute a=\n"
                + "attribute b=2\n"
                + "file ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad 3 f\n"
                + "end 23af44fc2623925d86f6d3299dda4172d43938507b3d934f1d5bea63f8151071\n");
  }

  @Test
  void refusesAMissingFileAnExtraFileAndOtherLengths() throws IOException {
    Path file = directory.resolve("000001.sst");
    Files.write(file, new byte[199_999]);
    assertThat(damage()).isEqualTo("000001.sst");
    Files.write(file, new byte[200_001]);
    assertThat(damage()).isEqualTo("000001.sst");
    Files.delete(file);
    assertThat(damage()).isEqualTo("000001.sst");
    Files.write(file, new byte[200_000]);
    Files.write(directory.resolve("sub").resolve("extra"), new byte[0]);
    assertThat(damage()).isEqualTo("sub/extra");
  }

  @Test
  void refusesAFlippedBitAnywhere() throws IOException {
    Path file = directory.resolve("000001.sst");
    for (int at : new int[] {0, 65_535, 65_536, 100_000, 199_999}) {
      byte[] content = new byte[200_000];
      content[at] = 1;
      Files.write(file, content);
      assertThat(damage()).as("byte %d", at).isEqualTo("000001.sst");
    }
  }

  @Test
  void refusesEveryAlterationOfTheManifestItself() throws IOException {
    Path file = directory.resolve(SnapshotManifest.FILE_NAME);
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      byte[] flipped = whole.clone();
      flipped[i] ^= 0x20;
      Files.write(file, flipped);
      assertThat(damage()).as("byte %d", i).isEqualTo(SnapshotManifest.FILE_NAME);
      Files.write(file, Arrays.copyOf(whole, i));
      assertThat(damage()).as("cut at %d", i).isEqualTo(SnapshotManifest.FILE_NAME);
    }
    Files.delete(file);
    assertThat(damage()).isEqualTo(SnapshotManifest.FILE_NAME);
  }

  @Test
  void refusesAttributesThatWouldBreakItsLines() {
    assertThatThrownBy(() -> SnapshotManifest.write(directory, Map.of("a", "1\n2")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SnapshotManifest.write(directory, Map.of("a=b", "1")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private String damage() {
    return catchThrowableOfType(
            DamagedSnapshotException.class, () -> SnapshotManifest.verify(directory))
        .file();
  }
}
