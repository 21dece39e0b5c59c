package io.raftwood.raft.jraft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;

/** The files in which RocksDB keeps a Raft log, looked at before it opens them. */
final class LogTables {
  private static final String SUFFIX = ".sst";

  private LogTables() {}

  /**
   * Reads all of them and compares checksums, which RocksDB does only when it reads a block.
   *
   * @return what is damaged and what to do; empty = nothing, or there is no log yet
   */
  static Optional<String> damage(Path log) {
    if (!Files.isDirectory(log)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(log);
        Options options = new Options()) {
      List<Path> tables = files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
      return tables.stream().flatMap(table -> damage(options, table).stream()).findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> damage(Options options, Path table) {
    try (SstFileReader reader = new SstFileReader(options)) {
      reader.open(table.toString());
      reader.verifyChecksum();
      return Optional.empty();
    } catch (RocksDBException e) {
      return Optional.of(
          "the Raft log is damaged: "
              + table
              + ": "
              + e.getMessage()
              + ": wipe the node, and it rejoins as a replacement");
    }
  }
}
