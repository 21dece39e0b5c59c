package io.raftwood.storage.rocksdb;

import io.raftwood.storage.DurableFiles;
import io.raftwood.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * Loads RocksDB's native library from a file that is unpacked once and used again at every start.
 *
 * <p>Left to itself RocksDB unpacks 17 MB into a new file in {@code java.io.tmpdir} at each start,
 * which a killed process leaves behind.
 */
public final class RocksDbLibrary {
  private static final String LOCK_FILE = "lock";

  private RocksDbLibrary() {}

  /**
   * Loads the library, from {@code directory} (made if missing), unless this process has loaded it
   * already, from wherever. Call it before anything else touches RocksDB. Thread-safe; several
   * processes may use one directory.
   *
   * <p>The directory holds one file for each build of the library that was ever used with it; the
   * file's own directory is named after the library's CRC-32. Whoever can write there runs code in
   * this process: it needs the protection of the data directory.
   *
   * @throws StorageException when it cannot be unpacked or loaded
   */
  public static synchronized void load(Path directory) {
    if (RocksDB.rocksdbVersion() != null) {
      return;
    }
    try {
      Path file = unpack(directory.toAbsolutePath());
      RocksDB.loadLibrary(List.of(file.getParent().toString()));
    } catch (IOException | UnsatisfiedLinkError e) {
      throw new StorageException("cannot load the RocksDB library from " + directory, e);
    }
  }

  private static Path unpack(Path directory) throws IOException {
    String packed = Environment.getJniLibraryFileName("rocksdb");
    URL resource = RocksDB.class.getResource("/" + packed);
    if (resource == null) {
      throw new IOException("rocksdbjni has no library for this platform: " + packed);
    }
    long wanted = checksum(resource);
    // The name that RocksDB.loadLibrary looks for, which is not the one in the jar.
    String name = Environment.getJniLibraryFileName("rocksdbjni");
    Path file = directory.resolve(Long.toHexString(wanted)).resolve(name);
    Files.createDirectories(file.getParent());
    try (FileChannel channel =
        FileChannel.open(
            directory.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      // Against other processes; closing the channel releases it.
      channel.lock();
      // Read in full at each start (some milliseconds): a damaged library would crash the process.
      if (!Files.isRegularFile(file) || checksum(file.toUri().toURL()) != wanted) {
        try (InputStream in = resource.openStream()) {
          DurableFiles.write(file, in.readAllBytes());
        }
      }
    }
    return file;
  }

  private static long checksum(URL url) throws IOException {
    URLConnection connection = url.openConnection();
    if (connection instanceof JarURLConnection) {
      return ((JarURLConnection) connection).getJarEntry().getCrc();
    }
    try (CheckedInputStream in = new CheckedInputStream(connection.getInputStream(), new CRC32())) {
      in.transferTo(OutputStream.nullOutputStream());
      return in.getChecksum().getValue();
    }
  }
}
