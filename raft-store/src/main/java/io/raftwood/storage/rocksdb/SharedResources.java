package io.raftwood.storage.rocksdb;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksObject;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteOptions;

/**
 * The native objects that all tablets of a node share; made once by the store, freed after the last
 * tablet. Immutable once made, used from any thread.
 */
final class SharedResources implements AutoCloseable {
  private static final int BLOOM_BITS = 10;

  /**
   * A shard of the cache must be larger than any block by far: what does not fit is not kept.
   * RocksDB's own choice would be shards of 1 MiB, the size of the filter of a million rows.
   */
  private static final long SHARD_BYTES_MIN = 8 << 20;

  private static final int SHARD_BITS_MAX = 6;

  /** The part of the block cache that indexes and filters have to themselves. */
  private static final double FILTERS_SHARE = 0.5;

  /** The size of a piece of an index or a filter. */
  private static final long METADATA_BYTES = 4096;

  private static final int TABLE_FORMAT_VERSION = 7;
  private static final int LEVEL_0_FILES = 2;
  private static final int MEMTABLES_PER_TABLET = 4;
  private static final long LOG_FILE_BYTES = 1 << 20;
  private static final long LOG_FILES = 3;
  private static final long MANIFEST_BYTES = 4 << 20;
  private static final long MANIFEST_PREALLOCATION_BYTES = 64 << 10;

  private final Deque<RocksObject> owned = new ArrayDeque<>();
  private final LRUCache blockCache;
  private final LRUCache memtableAccount;
  private final Options creating;
  private final Options opening;
  private final ReadOptions reading;
  private final WriteOptions writing;
  private final FlushOptions flushing;

  SharedResources(RocksDbSettings settings) {
    blockCache =
        own(
            new LRUCache(
                settings.blockCacheBytes(),
                shardBits(settings.blockCacheBytes()),
                false,
                FILTERS_SHARE));
    // The Java binding wants a cache to charge memtables to. Not the block cache: a burst of writes
    // must not push out what readers use. This one holds nothing, it only counts.
    memtableAccount = own(new LRUCache(settings.writeBufferBytes()));
    WriteBufferManager writeBuffers =
        own(new WriteBufferManager(settings.writeBufferBytes(), memtableAccount));
    opening = own(new Options());
    setMemory(opening, settings, writeBuffers);
    setTables(opening, settings);
    setSafety(opening);
    setFiles(opening);
    opening.setMaxBackgroundJobs(settings.backgroundThreads());
    creating = own(new Options(opening)).setCreateIfMissing(true).setErrorIfExists(true);
    reading = own(new ReadOptions()).setVerifyChecksums(true).setTotalOrderSeek(true);
    writing = own(new WriteOptions()).setDisableWAL(true);
    // Waiting is right even when it stalls writes: the callers want the data on disk.
    flushing = own(new FlushOptions()).setWaitForFlush(true).setAllowWriteStall(true);
  }

  private static int shardBits(long cacheBytes) {
    int bits = 0;
    while (bits < SHARD_BITS_MAX && cacheBytes >> (bits + 1) >= SHARD_BYTES_MIN) {
      bits++;
    }
    return bits;
  }

  private <T extends RocksObject> T own(T object) {
    owned.push(object);
    return object;
  }

  private static void setMemory(
      Options options, RocksDbSettings settings, WriteBufferManager writeBuffers) {
    options
        .setWriteBufferManager(writeBuffers)
        .setWriteBufferSize(settings.memtableBytes())
        .setMaxWriteBufferNumber(MEMTABLES_PER_TABLET)
        // One thread writes to a tablet, so the search hints of serial insertion pay (jraft.md
        // 4.5).
        .setAllowConcurrentMemtableWrite(false);
  }

  private void setTables(Options options, RocksDbSettings settings) {
    options
        .setTableFormatConfig(
            new BlockBasedTableConfig()
                .setFormatVersion(TABLE_FORMAT_VERSION)
                .setFilterPolicy(own(new BloomFilter(BLOOM_BITS)))
                .setBlockCache(blockCache)
                // Otherwise indexes and filters lie outside of every budget.
                .setCacheIndexAndFilterBlocks(true)
                // And otherwise data blocks drive them out, and each lookup reads them again.
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setOptimizeFiltersForMemory(true)
                // In pieces: where they do not all fit, a lookup reads a few KiB of them, not all.
                .setIndexType(IndexType.kTwoLevelIndexSearch)
                .setPartitionFilters(true)
                .setMetadataBlockSize(METADATA_BYTES)
                .setPinTopLevelIndexAndFilter(true)
                .setPinL0FilterAndIndexBlocksInCache(true))
        // Level 0 is rewritten soon; below it LZ4 saves disk and snapshot transfer.
        .setCompressionPerLevel(
            List.of(CompressionType.NO_COMPRESSION, CompressionType.LZ4_COMPRESSION))
        // A walk looks into every file of level 0, a lookup into the filter of each: few large
        // ones.
        .setLevel0FileNumCompactionTrigger(LEVEL_0_FILES)
        // As large as what level 0 holds when it is compacted, twice over.
        .setMaxBytesForLevelBase(2 * LEVEL_0_FILES * settings.memtableBytes())
        .setTargetFileSizeBase(LEVEL_0_FILES * settings.memtableBytes());
  }

  private static void setSafety(Options options) {
    options
        .setCreateIfMissing(false)
        .setParanoidChecks(true)
        .setForceConsistencyChecks(true)
        .setAvoidFlushDuringShutdown(false);
  }

  private static void setFiles(Options options) {
    options
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(LOG_FILE_BYTES)
        .setKeepLogFileNum(LOG_FILES)
        .setMaxManifestFileSize(MANIFEST_BYTES)
        .setManifestPreallocationSize(MANIFEST_PREALLOCATION_BYTES)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0)
        // Closing a cursor on an I/O thread must not delete files there.
        .setAvoidUnnecessaryBlockingIO(true);
  }

  /** For a database that does not exist yet. */
  Options creating() {
    return creating;
  }

  /** For a database that must exist. */
  Options opening() {
    return opening;
  }

  /** For reads of the present moment. */
  ReadOptions reading() {
    return reading;
  }

  WriteOptions writing() {
    return writing;
  }

  FlushOptions flushing() {
    return flushing;
  }

  /** Bytes in the block cache. */
  long blockCacheUsage() {
    return blockCache.getUsage();
  }

  /** Bytes of the memtables of all tablets, in steps of 256 KiB. */
  long memtableUsage() {
    return memtableAccount.getUsage();
  }

  @Override
  public void close() {
    while (!owned.isEmpty()) {
      owned.pop().close();
    }
  }
}
