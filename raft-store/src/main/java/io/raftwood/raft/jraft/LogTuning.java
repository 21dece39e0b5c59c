package io.raftwood.raft.jraft;

import com.alipay.sofa.jraft.storage.impl.RocksDBLogStorage;
import com.alipay.sofa.jraft.util.StorageOptionsFactory;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.util.SizeUnit;

/**
 * RocksDB options of the Raft logs. JRaft's defaults preallocate 145 MB of disk for an idle group
 * and keep a gigabyte of write-ahead log. JRaft looks options up by class, process-wide.
 */
final class LogTuning {
  private static boolean registered;

  private LogTuning() {}

  static synchronized void register() {
    if (registered) {
      return;
    }
    registered = true;
    for (Class<?> storage : new Class<?>[] {RocksDBLogStorage.class, DurableLogStorage.class}) {
      StorageOptionsFactory.registerRocksDBOptions(storage, dbOptions());
      StorageOptionsFactory.registerRocksDBColumnFamilyOptions(storage, columnFamilyOptions());
    }
  }

  private static DBOptions dbOptions() {
    return StorageOptionsFactory.getDefaultRocksDBOptions()
        .setKeepLogFileNum(5)
        .setMaxTotalWalSize(64 * SizeUnit.MB)
        .setAllowConcurrentMemtableWrite(false)
        .setRecycleLogFileNum(0)
        // RocksDB's default takes the first damaged record for the end, however much was synced
        // behind it: a log that has forgotten what it acknowledged. See TornLogEnd.
        .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
        .setMaxBackgroundJobs(2);
  }

  /** Log keys ascend: a small memtable without concurrent insert stays in the processor's cache. */
  private static ColumnFamilyOptions columnFamilyOptions() {
    return StorageOptionsFactory.getDefaultRocksDBColumnFamilyOptions()
        .setWriteBufferSize(8 * SizeUnit.MB)
        .setCompressionType(CompressionType.NO_COMPRESSION);
  }
}
