package io.raftwood.membership;

import io.raftwood.cluster.ClusterFields;
import io.raftwood.storage.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a node keeps its replicas of cache groups: a directory in memory, which survives a process
 * but not a reboot. It carries the <b>cache incarnation</b>, drawn whenever the directory begins
 * empty. A directory of another node, of another life of this node's data directory, or of another
 * boot is emptied: what is in it may not be taken for remembered. Held by one process at a time.
 */
public final class CacheDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CacheDirectory.class);
  private static final int LOCK_TRIES = 50;
  private static final long LOCK_PAUSE_NANOS = 20_000_000;
  private static final String LOCK_FILE = "cache.lock";
  private static final String IDENTITY_FILE = "identity";
  private static final String HEAD = "raftwood-cache 1";
  private static final int INCARNATION_BYTES = 16;
  private static final int IDENTITY_LINES = 6;

  private final Path directory;
  private final Owner owner;
  private final FileChannel lock;
  private volatile String incarnation;

  /**
   * Whose memory it is.
   *
   * @param node the node's name
   * @param incarnation the incarnation of its data directory
   * @param boot the id of this boot of the machine
   * @param data its data directory, absolute
   */
  public record Owner(String node, String incarnation, String boot, Path data) {}

  private CacheDirectory(Path directory, Owner owner, FileChannel lock) {
    this.directory = directory;
    this.owner = owner;
    this.lock = lock;
  }

  /**
   * Opens {@code directory} for {@code owner}; makes or empties it if need be.
   *
   * @throws DataDirectoryException when it cannot be used, or another process holds it
   */
  public static CacheDirectory open(Path directory, Owner owner) {
    try {
      Files.createDirectories(directory);
      FileChannel lock =
          lock(directory)
              .orElseThrow(
                  () ->
                      new DataDirectoryException(
                          "cache directory " + directory + " is in use by another process"));
      CacheDirectory opened = new CacheDirectory(directory, owner, lock);
      Optional<String> found = opened.read();
      if (found.isPresent()) {
        opened.incarnation = found.get();
      } else {
        opened.forget();
      }
      return opened;
    } catch (IOException | UncheckedIOException e) {
      throw new DataDirectoryException("cannot use cache directory " + directory + ": " + e, e);
    }
  }

  /**
   * Empties the cache directories below {@code parent} whose nodes have no data directory any more:
   * memory that nobody would ever give back. What cannot be emptied now stays for the next start;
   * several nodes of a machine may do this at once, and start meanwhile.
   */
  public static void sweep(Path parent) {
    try (Stream<Path> children = Files.list(parent)) {
      children.filter(Files::isDirectory).forEach(CacheDirectory::sweepOne);
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("cannot tidy up cache directories in {}: {}", parent, e.toString());
    }
  }

  private static void sweepOne(Path child) {
    try {
      Optional<FileChannel> held =
          orphaned(child) ? DirectoryLock.tryLock(child.resolve(LOCK_FILE)) : Optional.empty();
      if (held.isPresent()) {
        try (FileChannel channel = held.get()) {
          // Its node may have begun in between. The lock stays, for whoever waits for it.
          if (orphaned(child)) {
            empty(child);
          }
        }
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("cannot empty the abandoned cache directory {}: {}", child, e.toString());
    }
  }

  private static boolean orphaned(Path child) throws IOException {
    try {
      Optional<List<String>> lines = lines(child);
      return lines.isPresent() && !Files.exists(Path.of(value(lines.get(), "data").orElse("/")));
    } catch (NoSuchFileException e) {
      // Another node has just emptied it.
      return false;
    }
  }

  /** 32 lower-case hexadecimal digits. */
  public String incarnation() {
    return incarnation;
  }

  /** The directory. */
  public Path path() {
    return directory;
  }

  /** Empties the directory and draws a new incarnation. Nothing in it may be open. */
  public void forget() {
    try {
      // First of all the name of what is forgotten: a crash in between must not leave it.
      Files.deleteIfExists(directory.resolve(IDENTITY_FILE));
      empty(directory);
      byte[] bytes = new byte[INCARNATION_BYTES];
      new SecureRandom().nextBytes(bytes);
      incarnation = HexFormat.of().formatHex(bytes);
      Path temporary = directory.resolve(IDENTITY_FILE + ".tmp");
      Files.write(
          temporary,
          List.of(
              HEAD,
              "node=" + owner.node(),
              "incarnation=" + owner.incarnation(),
              "boot=" + owner.boot(),
              "data=" + owner.data(),
              "memory=" + incarnation));
      Files.move(temporary, directory.resolve(IDENTITY_FILE));
    } catch (IOException e) {
      throw new DataDirectoryException("cannot empty cache directory " + directory, e);
    }
  }

  /** Lets other processes use the directory; its content stays. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new DataDirectoryException("cannot unlock " + directory, e);
    }
  }

  /** The incarnation, if the directory is this owner's. */
  private Optional<String> read() throws IOException {
    Optional<List<String>> found = lines(directory);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    List<String> lines = found.get();
    boolean own =
        value(lines, "node").equals(Optional.of(owner.node()))
            && value(lines, "incarnation").equals(Optional.of(owner.incarnation()))
            && value(lines, "boot").equals(Optional.of(owner.boot()))
            && value(lines, "data").equals(Optional.of(owner.data().toString()));
    return own ? value(lines, "memory").filter(CacheDirectory::isIncarnation) : Optional.empty();
  }

  private static boolean isIncarnation(String text) {
    try {
      ClusterFields.checkIncarnation(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Optional<List<String>> lines(Path directory) throws IOException {
    Path file = directory.resolve(IDENTITY_FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    List<String> lines = List.of(Files.readString(file, StandardCharsets.UTF_8).split("\n"));
    boolean whole = lines.size() == IDENTITY_LINES && lines.get(0).equals(HEAD);
    return whole ? Optional.of(lines) : Optional.empty();
  }

  private static Optional<String> value(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key + "="))
        .map(line -> line.substring(key.length() + 1))
        .findFirst();
  }

  private static void empty(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path entry : entries.toList()) {
        if (!entry.equals(directory.resolve(LOCK_FILE))) {
          DurableFiles.deleteTree(entry);
        }
      }
    }
  }

  /** Waits a little: a node that starts beside this one may just be tidying up. */
  private static Optional<FileChannel> lock(Path directory) throws IOException {
    Optional<FileChannel> lock = DirectoryLock.tryLock(directory.resolve(LOCK_FILE));
    for (int tries = 1; lock.isEmpty() && tries < LOCK_TRIES; tries++) {
      LockSupport.parkNanos(LOCK_PAUSE_NANOS);
      lock = DirectoryLock.tryLock(directory.resolve(LOCK_FILE));
    }
    return lock;
  }
}
