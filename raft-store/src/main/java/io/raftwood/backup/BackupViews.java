package io.raftwood.backup;

import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.OverloadedException;
import io.raftwood.raft.Position;
import io.raftwood.storage.StorageSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The views of groups that backups read on this node. Few at a time, since each keeps the tablet
 * from forgetting what is overwritten; one that nobody reads is closed. Thread-safe.
 */
public final class BackupViews implements AutoCloseable {
  /** Most views at a time. */
  public static final int VIEWS_MAX = 8;

  /** How long a view waits for its reader. */
  public static final Duration IDLE_MAX = Duration.ofMinutes(1);

  private final Source source;
  private final List<Archive> archives;
  private final Supplier<String> ids;
  private final LongSupplier nanoClock;
  private final Map<String, Open> open = new ConcurrentHashMap<>();
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicLong bytesRead = new AtomicLong();

  /**
   * Views of what {@code source} has.
   *
   * @param ids makes ids that nobody guesses
   * @param nanoClock monotonic time, as {@link System#nanoTime}
   */
  public BackupViews(
      Source source, List<Archive> archives, Supplier<String> ids, LongSupplier nanoClock) {
    this.source = source;
    this.archives = List.copyOf(archives);
    this.ids = ids;
    this.nanoClock = nanoClock;
  }

  /** The replicas of this node. */
  @FunctionalInterface
  public interface Source {
    /**
     * The state of {@code group} here at a read index that is asked for now. Fails with a {@link
     * io.raftwood.raft.ReplicationException}, also if no replica of it runs here.
     */
    CompletableFuture<StorageSnapshot> hold(String group, Deadline deadline, Executor executor);
  }

  /** A view that is open. */
  private static final class Open {
    final StorageSnapshot moment;
    volatile long lastUseNanos;

    Open(StorageSnapshot moment, long now) {
      this.moment = moment;
      this.lastUseNanos = now;
    }
  }

  /**
   * Opens a view of {@code group}; everything acknowledged before this call is in it. Fails as
   * {@link Source#hold}, and with {@link OverloadedException} when too many views are open.
   */
  public CompletableFuture<BackupView> begin(String group, Deadline deadline, Executor executor) {
    if (taken.incrementAndGet() > VIEWS_MAX) {
      taken.decrementAndGet();
      return CompletableFuture.failedFuture(
          new OverloadedException(VIEWS_MAX + " views for backups are open"));
    }
    return source
        .hold(group, deadline, executor)
        .thenApplyAsync(moment -> opened(group, moment), executor)
        .whenComplete(
            (view, failure) -> {
              if (failure != null) {
                taken.decrementAndGet();
              }
            });
  }

  private BackupView opened(String group, StorageSnapshot moment) {
    Position position = Position.read(moment);
    String id = ids.get();
    open.put(id, new Open(moment, nanoClock.getAsLong()));
    long items = archives.stream().mapToLong(archive -> archive.count(moment)).sum();
    return new BackupView(id, group, position, items);
  }

  /**
   * Reads a page of {@code family}'s items; see {@link Archive#page}. Takes as long as the page.
   *
   * @throws NoSuchViewException when no view {@code id} is open
   * @throws io.raftwood.bytes.MalformedBytesException when the family or place is unknown
   */
  public ArchivePage page(String id, int family, Bytes after, int bytesMax) {
    Open view = open.get(id);
    if (view == null) {
      throw new NoSuchViewException(id);
    }
    view.lastUseNanos = nanoClock.getAsLong();
    try {
      ArchivePage page = archive(family).page(view.moment, after, bytesMax);
      bytesRead.addAndGet(page.items().stream().mapToLong(Bytes::length).sum());
      view.lastUseNanos = nanoClock.getAsLong();
      return page;
    } catch (IllegalStateException e) {
      // The replica has taken the moment back: it was replaced, or stops.
      end(id);
      throw new NoSuchViewException(id);
    }
  }

  private Archive archive(int family) {
    return archives.stream()
        .filter(one -> one.family() == family)
        .findFirst()
        .orElseThrow(() -> new MalformedBytesException("no items of family " + family));
  }

  /** Closes a view, if it is open. */
  public void end(String id) {
    Open view = open.remove(id);
    if (view != null) {
      view.moment.close();
      taken.decrementAndGet();
    }
  }

  /** Closes views that wait for too long; called now and then. */
  public void tick() {
    long now = nanoClock.getAsLong();
    open.forEach(
        (id, view) -> {
          if (now - view.lastUseNanos > IDLE_MAX.toNanos()) {
            end(id);
          }
        });
  }

  /** Number of open views. */
  public int open() {
    return open.size();
  }

  /** Bytes of items read since the start. */
  public long bytesRead() {
    return bytesRead.get();
  }

  /** Closes all. */
  @Override
  public void close() {
    List.copyOf(open.keySet()).forEach(this::end);
  }
}
