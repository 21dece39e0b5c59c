package io.raftwood.raft.jraft;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.conf.ConfigurationManager;
import com.alipay.sofa.jraft.entity.EnumOutter.EntryType;
import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.entity.LogId;
import com.alipay.sofa.jraft.entity.codec.v2.LogEntryV2CodecFactory;
import com.alipay.sofa.jraft.option.LogStorageOptions;
import com.alipay.sofa.jraft.option.RaftOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log on RocksDB: what it remembers is what it holds. */
class DurableLogStorageTest {
  @TempDir Path directory;

  private DurableLogStorage log;

  @BeforeEach
  void open() {
    LogTuning.register();
    log = new DurableLogStorage(directory.resolve("log").toString(), new RaftOptions());
    LogStorageOptions options = new LogStorageOptions();
    options.setGroupId("data-0");
    options.setConfigurationManager(new ConfigurationManager());
    options.setLogEntryCodecFactory(LogEntryV2CodecFactory.getInstance());
    assertThat(log.init(options)).isTrue();
    log.appendEntries(List.of(entry(1, 1, "a"), entry(2, 1, "b"), entry(3, 1, "c")));
  }

  @AfterEach
  void close() {
    log.shutdown();
  }

  @Test
  void theNewestEntryIsReadFromTheDiskOnce() {
    LogEntry first = log.getEntry(3);
    assertThat(log.getEntry(3)).isSameAs(first);
    assertThat(text(first)).isEqualTo("c");
    assertThat(first.isCorrupted()).isFalse();
    assertThat(first.hasChecksum()).isTrue();
    assertThat(text(log.getEntry(1))).isEqualTo("a");
    assertThat(log.getEntry(3)).as("an older one does not take its place").isSameAs(first);
  }

  @Test
  void anEntryThatWasCutOffAndReplacedIsNotRemembered() {
    assertThat(log.getTerm(3)).isEqualTo(1);
    log.truncateSuffix(2);
    assertThat(log.getEntry(3)).isNull();
    log.appendEntry(entry(3, 2, "other"));
    assertThat(log.getTerm(3)).isEqualTo(2);
    assertThat(text(log.getEntry(3))).isEqualTo("other");
    assertThat(log.durableIndex()).isEqualTo(3);
  }

  @Test
  void whatWasTruncatedFromTheFrontOrResetIsNotRemembered() {
    assertThat(log.getEntry(3)).isNotNull();
    log.truncatePrefix(4);
    assertThat(log.getEntry(3)).isNull();
    log.appendEntry(entry(4, 1, "d"));
    assertThat(log.getEntry(4)).isNotNull();
    log.reset(10);
    assertThat(log.getEntry(4)).isNull();
  }

  @Test
  void whatWasReadBeforeAChangeIsNotKeptAfterIt() {
    EntryMemo memo = new EntryMemo();
    long moment = memo.moment();
    memo.forget();
    memo.keep(entry(5, 1, "old"), moment);
    assertThat(memo.find(5)).isNull();
  }

  @Test
  void aCorruptedEntryStaysCorrupted() {
    LogEntry entry = entry(7, 1, "x");
    entry.setChecksum(entry.checksum() + 1);
    EntryMemo memo = new EntryMemo();
    assertThat(memo.keep(entry, memo.moment()).isCorrupted()).isTrue();
    assertThat(memo.find(7).isCorrupted()).isTrue();
  }

  private static LogEntry entry(long index, long term, String data) {
    LogEntry entry = new LogEntry(EntryType.ENTRY_TYPE_DATA);
    entry.setId(new LogId(index, term));
    entry.setData(ByteBuffer.wrap(data.getBytes(StandardCharsets.UTF_8)));
    entry.setChecksum(entry.checksum());
    return entry;
  }

  private static String text(LogEntry entry) {
    return StandardCharsets.UTF_8.decode(entry.getData().duplicate()).toString();
  }
}
