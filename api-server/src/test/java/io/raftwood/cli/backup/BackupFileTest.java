package io.raftwood.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.backup.ArchivePage;
import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.CallFailureException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupFileTest {
  @TempDir Path directory;

  private Path write(int pages, int items) throws IOException {
    Path file = directory.resolve("b" + pages);
    try (BackupWriter writer = new BackupWriter(file)) {
      for (String group : List.of("data-0", "data-1")) {
        for (int family : Manifest.FAMILIES) {
          page(writer, items);
          writer.rewind(writer.parts());
          pages(writer, pages, items);
          writer.endPart(group, family);
        }
      }
      assertThat(file).doesNotExist();
      JSONObject view = new JSONObject();
      view.put("revision", 7);
      JSONObject facts = new JSONObject();
      facts.put("groups", new JSONArray(List.of(view)));
      writer.finish(facts);
    }
    return file;
  }

  private static void pages(BackupWriter writer, int pages, int items) throws IOException {
    for (int page = 0; page < pages; page++) {
      page(writer, items);
    }
  }

  private static void page(BackupWriter writer, int items) throws IOException {
    List<Bytes> all = new ArrayList<>();
    for (int item = 0; item < items; item++) {
      all.add(Bytes.utf8("item " + item));
    }
    writer.page(ArchivePage.encodeItems(all), items);
  }

  private static Manifest verify(Path file) throws IOException {
    Pace quiet = new Pace(new PrintWriter(new StringWriter()), false, 0);
    try (BackupReader reader = new BackupReader(file)) {
      return BackupRestore.verify(reader, quiet);
    }
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Path file = write(3, 5);
    Manifest manifest = verify(file);
    assertThat(manifest.parts()).hasSize(4);
    assertThat(manifest.items(1)).isEqualTo(30);
    assertThat(manifest.highest("revision")).isEqualTo(7);
    List<Bytes> pages = new ArrayList<>();
    try (BackupReader reader = new BackupReader(file)) {
      reader.read(manifest.parts().get(2), (payload, items) -> pages.add(payload));
    }
    assertThat(pages).hasSize(3);
    assertThat(ArchivePage.decodeItems(pages.get(2)).get(4)).isEqualTo(Bytes.utf8("item 4"));
    try (var files = Files.list(directory)) {
      assertThat(files.toList()).containsExactly(file);
    }
  }

  @Test
  void anyByteFlippedIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(write(2, 2));
    for (int at = 0; at < whole.length; at++) {
      refuses(whole, at, at % 2 == 0 ? 1 : 0x80);
    }
  }

  @Test
  void anyByteFlippedInALargerOneIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(write(40, 300));
    SplittableRandom random = new SplittableRandom(17);
    for (int round = 0; round < 300; round++) {
      refuses(whole, random.nextInt(whole.length), 1 << random.nextInt(8));
    }
  }

  private void refuses(byte[] whole, int at, int mask) throws IOException {
    Path damaged = directory.resolve("damaged");
    byte[] bytes = whole.clone();
    bytes[at] ^= (byte) mask;
    Files.write(damaged, bytes);
    assertThatThrownBy(() -> verify(damaged))
        .as("byte " + at)
        .isInstanceOf(CallFailureException.class)
        .hasMessageContaining("is no whole backup");
  }

  @Test
  void whatIsCutOrLongerIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(write(1, 1));
    for (int length = 0; length < whole.length; length++) {
      Path cut = directory.resolve("cut");
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> verify(cut)).isInstanceOf(CallFailureException.class);
    }
    Path longer = directory.resolve("longer");
    Files.write(longer, Arrays.copyOf(whole, whole.length + 1));
    assertThatThrownBy(() -> verify(longer)).isInstanceOf(CallFailureException.class);
  }

  @Test
  void aBackupThatIsGivenUpLeavesNothing() throws IOException {
    Path file = directory.resolve("given-up");
    try (BackupWriter writer = new BackupWriter(file)) {
      page(writer, 3);
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void paceTellsRateAndTimeLeft() {
    Pace pace = new Pace(new PrintWriter(new StringWriter()), false, 0);
    pace.passed("data-0", 1 << 20, 10);
    assertThat(pace.text("data-0", 2)).isEqualTo("data-0: 10 items, 1.0 MiB, 0.5 MiB/s");
    pace.expect(4 << 20);
    assertThat(pace.text("data-0", 2))
        .isEqualTo("data-0: 10 items, 1.0 MiB, 0.5 MiB/s, 25 %, 6 s left");
  }

  @Test
  void paceTellsTheTimeLeftByItemsWhereBytesAreNotKnown() {
    Pace pace = new Pace(new PrintWriter(new StringWriter()), false, 0);
    pace.expectItems(50);
    assertThat(pace.text("data-0", 2)).isEqualTo("data-0: 0 items, 0.0 MiB, 0.0 MiB/s");
    pace.passed("data-0", 1 << 20, 10);
    assertThat(pace.text("data-0", 2))
        .isEqualTo("data-0: 10 items, 1.0 MiB, 0.5 MiB/s, 20 %, 8 s left");
    pace.passed("data-0", 1 << 20, 41);
    assertThat(pace.text("data-0", 2)).as("more than expected").endsWith("1.0 MiB/s");
  }
}
