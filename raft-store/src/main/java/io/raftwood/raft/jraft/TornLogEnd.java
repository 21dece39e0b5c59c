package io.raftwood.raft.jraft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the two kinds of unreadable records in a Raft log's write-ahead log apart: the last one,
 * torn by a power cut before it was synced, which nobody was told of; and one that was synced and
 * is damaged now. JRaft writes one record, waits until it is synced and writes the next: behind a
 * torn one there is nothing, or what was not synced beside it.
 *
 * <p>Reads RocksDB's format of write-ahead logs ({@code db/log_format.h}): blocks of 32 KiB of
 * fragments, each with a checksum, a length and a type.
 */
final class TornLogEnd {
  private static final Logger LOG = LoggerFactory.getLogger(TornLogEnd.class);
  private static final String SUFFIX = ".log";
  private static final int BLOCK = 32 * 1024;
  private static final int HEADER = 7;
  private static final int TYPE_FULL = 1;
  private static final int TYPE_FIRST = 2;
  private static final int CRC_MASK = 0xa282ead8;

  /** One that was being synced, and JRaft's cutting of old entries, which it does not sync. */
  private static final int UNSYNCED_RECORDS_MAX = 2;

  private TornLogEnd() {}

  /**
   * Cuts off a torn end.
   *
   * @param log the log's directory, which nobody has open
   * @return whether there was one, and it is gone
   */
  static boolean cutOff(Path log) {
    Reading reading = new Reading();
    try {
      for (Path file : writeAheadLogs(log)) {
        reading.read(Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!reading.broken || reading.recordsBehind > UNSYNCED_RECORDS_MAX) {
      return false;
    }
    try {
      openUpToTheBreak(log);
    } catch (RocksDBException e) {
      LOG.error("{}: the torn end cannot be cut off: {}", log, e.getMessage());
      return false;
    }
    LOG.warn("{}: the last record was torn before it was synced, and is cut off", log);
    return true;
  }

  private static List<Path> writeAheadLogs(Path log) throws IOException {
    if (!Files.isDirectory(log)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(log)) {
      return files
          .filter(file -> file.getFileName().toString().matches("[0-9]+\\" + SUFFIX))
          .sorted(Comparator.comparingLong(TornLogEnd::number))
          .toList();
    }
  }

  private static long number(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }

  /** What RocksDB could read goes into a table; the next opening finds no broken record. */
  private static void openUpToTheBreak(Path log) throws RocksDBException {
    String path = log.toString();
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (Options options = new Options();
        ColumnFamilyOptions family = new ColumnFamilyOptions();
        DBOptions upToTheBreak =
            new DBOptions().setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)) {
      List<ColumnFamilyDescriptor> families =
          RocksDB.listColumnFamilies(options, path).stream()
              .map(name -> new ColumnFamilyDescriptor(name, family))
              .toList();
      try (RocksDB opened = RocksDB.open(upToTheBreak, path, families, handles)) {
        handles.forEach(ColumnFamilyHandle::close);
      }
    }
  }

  /** All files one after the other: where it breaks, and what is whole behind that. */
  private static final class Reading {
    private boolean broken;
    private int recordsBehind;

    void read(byte[] file) {
      for (int start = 0; start < file.length; start += BLOCK) {
        readBlock(file, start, Math.min(start + BLOCK, file.length));
      }
    }

    private void readBlock(byte[] file, int start, int end) {
      ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
      int at = start;
      while (at + HEADER <= end) {
        int length = Short.toUnsignedInt(bytes.getShort(at + 4));
        int type = Byte.toUnsignedInt(bytes.get(at + 6));
        if (type == 0 && length == 0) {
          return; // preallocated, never written
        }
        if (at + HEADER + length > end) {
          broken = true;
          return;
        }
        if (bytes.getInt(at) != checksum(file, at + HEADER - 1, 1 + length)) {
          broken = true;
        } else if (broken && (type == TYPE_FULL || type == TYPE_FIRST)) {
          recordsBehind++;
        }
        at += HEADER + length;
      }
    }

    /** As RocksDB masks it: a checksum of something that holds a checksum. */
    private static int checksum(byte[] file, int from, int length) {
      CRC32C crc = new CRC32C();
      crc.update(file, from, length);
      return Integer.rotateRight((int) crc.getValue(), 15) + CRC_MASK;
    }
  }
}
