package io.raftwood.storage.rocksdb;

import io.raftwood.storage.StorageException;
import io.raftwood.storage.Tablet;
import io.raftwood.storage.TabletStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * The tablets of a node below one directory, each in {@code <root>/<group>@<generation>}; block
 * cache, write-buffer budget and background threads are shared by all of them.
 *
 * <p>One process at a time may use a root; whoever makes the store sees to that (RocksDB only locks
 * each tablet).
 */
public final class RocksDbTabletStore implements TabletStore {
  private static final String LIBRARY_DIRECTORY = ".native";

  private final GenerationDirectories directories;
  private final SharedResources shared;
  private final Set<Generation> open = ConcurrentHashMap.newKeySet();
  private final Map<String, Object> groupLocks = new ConcurrentHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Makes {@code root} if it is missing, deletes what crashes left in it, and loads the native
   * library from {@code <root>/.native} unless it is loaded already.
   *
   * @throws StorageException when the directory or the library cannot be used
   */
  public RocksDbTabletStore(Path root, RocksDbSettings settings) {
    this(root, settings, step -> {});
  }

  /** For tests: {@code steps} may throw, as if the process had died there. */
  RocksDbTabletStore(Path root, RocksDbSettings settings, Consumer<InstallStep> steps) {
    try {
      directories = new GenerationDirectories(root, steps);
      directories.sweep(Optional.empty());
    } catch (IOException e) {
      throw new StorageException("cannot use the tablet directory " + root, e);
    }
    RocksDbLibrary.load(root.resolve(LIBRARY_DIRECTORY));
    shared = new SharedResources(settings);
  }

  @Override
  public Tablet open(String group) {
    return exclusively(
        group,
        "open",
        () -> {
          directories.sweep(Optional.of(group));
          Generation newest = directories.newest(group).orElse(new Generation(group, 0));
          if (directories.complete(group).isEmpty()) {
            directories.create(newest, path -> trial(shared.creating(), path));
          }
          deleteBelow(newest);
          return openTablet(newest);
        });
  }

  @Override
  public Tablet install(String group, Path checkpoint) {
    return exclusively(
        group,
        "install",
        () -> {
          Generation next =
              directories.newest(group).map(Generation::next).orElse(new Generation(group, 0));
          directories.install(next, checkpoint, path -> trial(shared.opening(), path));
          return openTablet(next);
        });
  }

  @Override
  public void deleteSuperseded(String group) {
    exclusively(
        group,
        "delete superseded generations of",
        () -> {
          Optional<Generation> newest = directories.newest(group);
          if (newest.isPresent()) {
            deleteBelow(newest.get());
          }
          return true;
        });
  }

  @Override
  public void destroy(String group) {
    exclusively(
        group,
        "destroy",
        () -> {
          delete(directories.complete(group));
          directories.sweep(Optional.of(group));
          return true;
        });
  }

  @Override
  public List<String> groups() {
    try {
      return directories.complete().stream()
          .map(Generation::group)
          .distinct()
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new StorageException("cannot list the tablets", e);
    }
  }

  /** Bytes in the block cache that all tablets share. */
  public long blockCacheBytes() {
    return shared.blockCacheUsage();
  }

  /** Bytes of the memtables of all tablets, in steps of 256 KiB. */
  public long memtableBytes() {
    return shared.memtableUsage();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException when a tablet is open; then nothing is closed
   */
  @Override
  public void close() {
    demandClosed(List.copyOf(open));
    if (closed.compareAndSet(false, true)) {
      shared.close();
    }
  }

  private void deleteBelow(Generation newest) throws IOException {
    delete(
        directories.complete(newest.group()).stream()
            .filter(generation -> generation.number() < newest.number())
            .collect(Collectors.toList()));
  }

  private void delete(List<Generation> generations) throws IOException {
    demandClosed(generations);
    directories.delete(generations);
  }

  private void demandClosed(List<Generation> generations) {
    for (Generation generation : generations) {
      if (open.contains(generation)) {
        throw new IllegalStateException("tablet " + generation.directory() + " is open");
      }
    }
  }

  private Tablet openTablet(Generation generation) throws IOException {
    demandClosed(List.of(generation));
    RocksDB db = openDatabase(shared.opening(), directories.path(generation));
    open.add(generation);
    return new RocksDbTablet(generation, db, shared, tablet -> open.remove(generation));
  }

  private static void trial(Options options, Path path) throws IOException {
    try (RocksDB db = openDatabase(options, path)) {
      db.closeE();
    } catch (RocksDBException e) {
      throw new IOException("cannot close the database " + path, e);
    }
  }

  private static RocksDB openDatabase(Options options, Path path) throws IOException {
    try {
      return RocksDB.open(options, path.toString());
    } catch (RocksDBException e) {
      throw new IOException("cannot open the database " + path + ": " + e.getMessage(), e);
    }
  }

  /** Something done while no other thread touches the group's directories. */
  private interface Task<T> {
    T run() throws IOException;
  }

  private <T> T exclusively(String group, String what, Task<T> task) {
    Generation checked = new Generation(group, 0);
    synchronized (groupLocks.computeIfAbsent(checked.group(), name -> new Object())) {
      if (closed.get()) {
        throw new IllegalStateException("the tablet store is closed");
      }
      try {
        return task.run();
      } catch (IOException e) {
        throw new StorageException("cannot " + what + " group " + group, e);
      }
    }
  }
}
