package io.raftwood.server;

import io.raftwood.bytes.Bytes;
import io.raftwood.membership.CacheDirectory;
import io.raftwood.membership.DataDirectoryException;
import io.raftwood.membership.NodeIdentity;
import io.raftwood.raft.jraft.ReplicaDirectory;
import io.raftwood.server.config.CacheConfig;
import io.raftwood.server.config.ServerConfig;
import io.raftwood.storage.TabletStore;
import io.raftwood.storage.rocksdb.RocksDbSettings;
import io.raftwood.storage.rocksdb.RocksDbTabletStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memory that this node gives to the cache: a directory on a file system in memory, with the
 * same storages in it as the data directory has on disk. One thread at a time.
 */
final class CacheMemory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CacheMemory.class);
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final String TABLETS = "tablets";
  private static final String RAFT = "raft";
  private static final int HASH_BYTES = 8;
  private static final long MIB = 1 << 20;
  private static final long OVERHEAD_BYTES = 128 * MIB;

  /** Rows, their log and their snapshots. */
  private static final long COPIES = 3;

  private static final RocksDbSettings TABLET_MEMORY =
      new RocksDbSettings(8 * MIB, 32 * MIB, 4 * MIB, 2);

  private final CacheDirectory directory;
  private TabletStore tablets;

  private CacheMemory(CacheDirectory directory) {
    this.directory = directory;
    this.tablets = openTablets();
  }

  /**
   * Finds out, before anything starts, whether this node can take part in the cache as it is
   * configured.
   *
   * @return the directory for all nodes of this user; empty if this node takes no part
   * @throws StartFailedException when the configured directory cannot be used
   */
  static Optional<Path> locate(CacheConfig config) {
    if (!config.enabled()) {
      return Optional.empty();
    }
    Path root =
        config
            .directory()
            .orElse(SHARED_MEMORY.resolve("raftwood-" + System.getProperty("user.name")));
    Optional<String> objection = objection(config, root);
    if (objection.isEmpty()) {
      return Optional.of(root);
    }
    String why = "cache.directory: '" + root + "' cannot hold the cache: " + objection.get();
    if (config.directory().isPresent()) {
      throw new StartFailedException(
          why + "; choose one on tmpfs, or cache.allow-disk: true, or cache.enabled: false");
    }
    LOG.warn("{}; this node takes no part in the cache", why);
    return Optional.empty();
  }

  private static Optional<String> objection(CacheConfig config, Path root) {
    try {
      Optional<String> disk =
          config.allowDisk() ? Optional.empty() : MemoryFileSystem.objection(root);
      if (disk.isPresent()) {
        return disk;
      }
      Files.createDirectories(root);
      long needed = COPIES * config.maxBytes() + OVERHEAD_BYTES;
      long room = Files.getFileStore(root).getTotalSpace();
      return room >= needed
          ? Optional.empty()
          : Optional.of("it has " + room / MIB + " MiB, and " + needed / MIB + " are needed");
    } catch (IOException e) {
      return Optional.of(e.toString());
    }
  }

  /** Opens the memory of {@code self}, a member, below {@code root}. */
  static CacheMemory open(Path root, ServerConfig config, NodeIdentity self) {
    Path data = config.node().dataDir().toAbsolutePath().normalize();
    CacheDirectory.sweep(root);
    CacheDirectory.Owner owner =
        new CacheDirectory.Owner(self.name(), self.incarnation(), bootId(), data);
    return new CacheMemory(CacheDirectory.open(root.resolve(hash(data)), owner));
  }

  /** Nodes of several clusters may share a machine: each has its own place. */
  private static String hash(Path data) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(data.toString().getBytes(StandardCharsets.UTF_8));
      return Bytes.wrap(hash).slice(0, HASH_BYTES).toHex();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Where the kernel tells no boot id, the directory is no tmpfs either, so it stays. */
  private static String bootId() {
    try {
      return Files.isReadable(BOOT_ID) ? Files.readString(BOOT_ID).strip() : "unknown";
    } catch (IOException e) {
      throw new DataDirectoryException("cannot read " + BOOT_ID, e);
    }
  }

  private RocksDbTabletStore openTablets() {
    return new RocksDbTabletStore(directory.path().resolve(TABLETS), TABLET_MEMORY);
  }

  /** The cache incarnation. */
  String incarnation() {
    return directory.incarnation();
  }

  /** Where tablets live. */
  TabletStore tablets() {
    return tablets;
  }

  /** Where the replica of {@code group} keeps its Raft state. */
  ReplicaDirectory raft(String group) {
    return new ReplicaDirectory(directory.path().resolve(RAFT).resolve(group));
  }

  /** The groups that have left anything here. */
  List<String> groups() {
    Path raft = directory.path().resolve(RAFT);
    if (!Files.isDirectory(raft)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(raft)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes all of {@code group}, whose replica must not run. */
  void destroy(String group) {
    tablets.destroy(group);
    try (Stream<Path> paths = Files.walk(raft(group).path())) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete what is left of " + group, e);
    }
  }

  /** Empties everything and draws a new incarnation; no replica may run. */
  void forget() {
    tablets.close();
    directory.forget();
    tablets = openTablets();
  }

  @Override
  public void close() {
    tablets.close();
    directory.close();
  }
}
