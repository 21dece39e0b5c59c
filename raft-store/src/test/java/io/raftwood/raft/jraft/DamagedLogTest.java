package io.raftwood.raft.jraft;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.conf.ConfigurationManager;
import com.alipay.sofa.jraft.entity.EnumOutter.EntryType;
import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.entity.LogId;
import com.alipay.sofa.jraft.entity.codec.v2.LogEntryV2CodecFactory;
import com.alipay.sofa.jraft.option.LogStorageOptions;
import com.alipay.sofa.jraft.option.RaftOptions;
import io.raftwood.fixtures.DamagedFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One bit of a stopped replica's Raft log flips: the log does not open, or what is damaged cannot
 * be read, or nothing has changed. More flips: {@code -Draftwood.test.flips=2000}.
 */
class DamagedLogTest {
  private static final int ENTRIES = 200;
  private static final int ENTRY_BYTES = 1000;
  private static final int FLIPS = Integer.getInteger("raftwood.test.flips", 25);

  @TempDir Path directory;

  private Path log;

  @BeforeEach
  void write() {
    log = directory.resolve("log");
    // Opening it again moves what was in the write-ahead log into a table.
    append(1, ENTRIES / 2);
    append(ENTRIES / 2 + 1, ENTRIES);
  }

  @Test
  void aFlippedBitInTheWriteAheadLogDoesNotCutOffWhatFollows() {
    // In the last block a length that points beyond the end is taken for a torn write.
    flip("[0-9]+\\.log", 1, ENTRIES - 40);
  }

  @Test
  void aFlippedBitInATableIsNoticed() {
    flip(".*\\.sst", 2, ENTRIES);
  }

  @Test
  void aFlippedBitInTheListOfFilesIsNoticed() {
    flip("(MANIFEST|CURRENT|OPTIONS|IDENTITY).*", 3, ENTRIES / 2);
  }

  /** What a power cut leaves of a record that was not synced yet. */
  @Test
  void aTornLastRecordIsCutOff() throws IOException {
    corrupt(1);
    DurableLogStorage storage = new DurableLogStorage(log.toString(), new RaftOptions());
    assertThat(storage.init(options())).isTrue();
    assertThat(storage.getLastLogIndex()).isEqualTo(ENTRIES - 1);
    assertThat(storage.appendEntry(entry(ENTRIES))).isTrue();
    storage.shutdown();
    assertThat(storage.init(options())).isTrue();
    assertThat(storage.getLastLogIndex()).isEqualTo(ENTRIES);
    storage.shutdown();
  }

  @Test
  void aDamagedRecordBeforeOthersThatWereSyncedIsNotTakenForATornEnd() throws IOException {
    corrupt(10);
    DurableLogStorage storage = new DurableLogStorage(log.toString(), new RaftOptions());
    assertThat(storage.init(options())).isFalse();
  }

  /** Overwrites the middle of the entry that is {@code fromTheEnd} entries from the end. */
  private void corrupt(int fromTheEnd) throws IOException {
    Path newest;
    try (Stream<Path> files = Files.list(log)) {
      newest =
          files
              .filter(file -> file.toString().matches(".*[0-9]+\\.log"))
              .max(Comparator.naturalOrder())
              .orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(newest);
    byte[] sought = entry(ENTRIES + 1 - fromTheEnd).getData().array();
    int at =
        new String(bytes, StandardCharsets.ISO_8859_1)
            .indexOf(new String(sought, 0, 16, StandardCharsets.ISO_8859_1));
    assertThat(at).isPositive();
    bytes[at + 5] ^= 1;
    Files.write(newest, bytes);
  }

  private void flip(String pattern, long seed, int whole) {
    DamagedFiles.flip(
        log,
        directory,
        pattern,
        new SplittableRandom(seed),
        FLIPS,
        (copy, what) -> assertNothingWrongIsRead(copy, "seed " + seed + ", " + what, whole));
  }

  private static void assertNothingWrongIsRead(Path copy, String what, int whole) {
    DurableLogStorage storage = new DurableLogStorage(copy.toString(), new RaftOptions());
    if (!storage.init(options())) {
      return;
    }
    try {
      assertThat(storage.getLastLogIndex()).as(what).isBetween((long) whole, (long) ENTRIES);
      for (int index = 1; index <= storage.getLastLogIndex(); index++) {
        LogEntry read = storage.getEntry(index);
        if (read != null && !read.isCorrupted()) {
          assertThat(read.getData()).as(what).isEqualTo(entry(index).getData());
        }
      }
    } finally {
      storage.shutdown();
    }
  }

  private void append(int first, int last) {
    LogTuning.register();
    DurableLogStorage storage = new DurableLogStorage(log.toString(), new RaftOptions());
    assertThat(storage.init(options())).isTrue();
    List<LogEntry> entries = new ArrayList<>();
    for (int index = first; index <= last; index++) {
      entries.add(entry(index));
    }
    assertThat(storage.appendEntries(entries.subList(0, 10))).isEqualTo(10);
    for (LogEntry entry : entries.subList(10, entries.size())) {
      assertThat(storage.appendEntry(entry)).isTrue();
    }
    storage.shutdown();
  }

  private static LogStorageOptions options() {
    LogStorageOptions options = new LogStorageOptions();
    options.setGroupId("data-0");
    options.setConfigurationManager(new ConfigurationManager());
    options.setLogEntryCodecFactory(LogEntryV2CodecFactory.getInstance());
    return options;
  }

  private static LogEntry entry(int index) {
    byte[] data = new byte[ENTRY_BYTES];
    SplittableRandom random = new SplittableRandom(index);
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) random.nextInt();
    }
    LogEntry entry = new LogEntry(EntryType.ENTRY_TYPE_DATA);
    entry.setId(new LogId(index, 1));
    entry.setData(ByteBuffer.wrap(data));
    entry.setChecksum(entry.checksum());
    return entry;
  }
}
