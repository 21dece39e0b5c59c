package io.raftwood.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.TableProperties;

class SharedResourcesTest {
  /** How tables of format 7 name the types of compression that they use, in hexadecimal. */
  private static final String NONE = ";;";

  private static final String LZ4 = "BuiltinV2;04;";

  @TempDir private Path directory;

  @Test
  void tablesBelowLevelZeroAreCompressedWithLz4AndAllHaveABloomFilter() throws RocksDBException {
    RocksDbLibrary.load(directory.resolve("native"));
    try (SharedResources shared = new SharedResources(RocksDbSettings.DEFAULT);
        RocksDB db = RocksDB.open(shared.creating(), directory.resolve("db").toString())) {
      db.put(shared.writing(), new byte[] {1}, new byte[10_000]);
      db.flush(shared.flushing());
      assertThat(compressions(db)).isEqualTo(NONE);

      db.put(shared.writing(), new byte[] {0}, new byte[10_000]);
      db.put(shared.writing(), new byte[] {2}, new byte[10_000]);
      db.flush(shared.flushing());
      db.compactRange();
      assertThat(compressions(db)).isEqualTo(LZ4);
      assertThat(db.getPropertiesOfAllTables().values())
          .allMatch(table -> table.getFilterPolicyName().contains("bloomfilter"));
    }
  }

  private static String compressions(RocksDB db) throws RocksDBException {
    return db.getPropertiesOfAllTables().values().stream()
        .map(TableProperties::getCompressionName)
        .distinct()
        .collect(Collectors.joining(" "));
  }
}
