package io.raftwood.membership;

import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.storage.DurableFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A node's data directory: held by one process at a time, with the node's identity in it. Opening
 * counts a process start, durably, before anything else happens. Thread-safe.
 */
public final class DataDirectory implements IdentityStore, AutoCloseable {
  /** The file that is locked while a process uses the directory. */
  public static final String LOCK_FILE = "node.lock";

  /** The file with the node's identity. */
  public static final String IDENTITY_FILE = "identity";

  private static final String TEMPORARY_FILE = "identity.tmp";
  private static final int INCARNATION_BYTES = 16;

  private final Path directory;
  private final FileChannel lockChannel;
  private NodeIdentity identity;

  private DataDirectory(Path directory, FileChannel lockChannel, NodeIdentity identity) {
    this.directory = directory;
    this.lockChannel = lockChannel;
    this.identity = identity;
  }

  /**
   * Locks {@code directory}, creating it if need be, and counts a start of the node called {@code
   * name}. A directory without identity gets a new incarnation.
   *
   * @param stateEntries names in the directory that only a node with an identity creates: if one is
   *     there and the identity is not, the directory is refused
   * @throws DataDirectoryException when another process holds it, when it belongs to another node,
   *     or when the identity is missing or damaged
   */
  public static DataDirectory open(Path directory, String name, List<String> stateEntries) {
    FileChannel lock = lock(directory);
    try {
      Optional<NodeIdentity> found = read(directory);
      NodeIdentity next =
          found.isPresent()
              ? checkName(directory, name, found.get()).startedAgain()
              : firstStart(directory, name, stateEntries);
      DataDirectory opened = new DataDirectory(directory, lock, next);
      opened.save(next);
      return opened;
    } catch (DataDirectoryException e) {
      closeQuietly(lock, e);
      throw e;
    }
  }

  /** Where it is. */
  public Path path() {
    return directory;
  }

  @Override
  public synchronized NodeIdentity current() {
    return identity;
  }

  @Override
  public synchronized void save(NodeIdentity changed) {
    Path temporary = directory.resolve(TEMPORARY_FILE);
    byte[] bytes = IdentityFile.encode(changed).getBytes(StandardCharsets.UTF_8);
    try {
      writeDurably(temporary, bytes);
      Files.move(
          temporary,
          directory.resolve(IDENTITY_FILE),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel entry = FileChannel.open(directory, StandardOpenOption.READ)) {
        entry.force(true);
      }
    } catch (IOException e) {
      throw new DataDirectoryException(
          "cannot write " + directory.resolve(IDENTITY_FILE) + ": " + e, e);
    }
    identity = changed;
  }

  @Override
  public String newIncarnation() {
    return randomIncarnation();
  }

  /** Gives the directory up for other processes. */
  @Override
  public void close() {
    try {
      lockChannel.close();
    } catch (IOException e) {
      throw new DataDirectoryException("cannot unlock " + directory + ": " + e, e);
    }
  }

  /**
   * Empties the directory of a node that does not run, so that its next start is that of a new
   * incarnation. The identity goes first: what an interruption leaves behind, no node starts on.
   *
   * @param stateEntries names of which at least one is in the directory of a node, if the identity
   *     is not
   * @throws DataDirectoryException when it is not a node's directory, is in use, or cannot be
   *     emptied
   */
  public static void wipe(Path directory, List<String> stateEntries) {
    boolean ofNode =
        Files.exists(directory.resolve(IDENTITY_FILE))
            || stateEntries.stream().anyMatch(entry -> Files.exists(directory.resolve(entry)));
    if (!ofNode) {
      throw new DataDirectoryException(
          directory + " is not the data directory of a node: nothing was deleted");
    }
    FileChannel lock = lock(directory);
    try (lock) {
      Files.deleteIfExists(directory.resolve(IDENTITY_FILE));
      DurableFiles.sync(directory);
      for (Path entry : entries(directory)) {
        if (!entry.getFileName().toString().equals(LOCK_FILE)) {
          DurableFiles.deleteTree(entry);
        }
      }
    } catch (IOException e) {
      throw new DataDirectoryException("cannot empty " + directory + ": " + e, e);
    }
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }

  private static FileChannel lock(Path directory) {
    try {
      Files.createDirectories(directory);
      return DirectoryLock.tryLock(directory.resolve(LOCK_FILE))
          .orElseThrow(
              () ->
                  new DataDirectoryException(
                      "data directory "
                          + directory
                          + " is in use by another process: stop that one first, or configure"
                          + " another directory"));
    } catch (IOException e) {
      throw new DataDirectoryException("cannot use data directory " + directory + ": " + e, e);
    }
  }

  private static Optional<NodeIdentity> read(Path directory) {
    Path file = directory.resolve(IDENTITY_FILE);
    try {
      byte[] bytes = Files.readAllBytes(file);
      return Optional.of(IdentityFile.decode(new String(bytes, StandardCharsets.UTF_8)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new DataDirectoryException("cannot read " + file + ": " + e, e);
    } catch (MalformedBytesException e) {
      throw new DataDirectoryException(
          file
              + " is damaged ("
              + e.getMessage()
              + "): empty the data directory, and the node rejoins its cluster as a replacement",
          e);
    }
  }

  private static NodeIdentity checkName(Path directory, String name, NodeIdentity found) {
    if (!found.name().equals(name)) {
      throw new DataDirectoryException(
          "data directory "
              + directory
              + " belongs to node '"
              + found.name()
              + "', but this node is called '"
              + name
              + "': correct the name or the directory in the configuration");
    }
    return found;
  }

  private static NodeIdentity firstStart(Path directory, String name, List<String> stateEntries) {
    for (String entry : stateEntries) {
      if (Files.exists(directory.resolve(entry))) {
        throw new DataDirectoryException(
            "data directory "
                + directory
                + " has '"
                + entry
                + "' but no identity file: empty it, and the node rejoins its cluster as a"
                + " replacement");
      }
    }
    return NodeIdentity.fresh(name, randomIncarnation(), 1);
  }

  private static String randomIncarnation() {
    byte[] bytes = new byte[INCARNATION_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static void writeDurably(Path file, byte[] bytes) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      out.force(true);
    }
  }

  private static void closeQuietly(FileChannel channel, DataDirectoryException reason) {
    try {
      channel.close();
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }
}
