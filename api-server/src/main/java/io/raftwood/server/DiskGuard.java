package io.raftwood.server;

import io.raftwood.admin.NodeFigures;
import io.raftwood.raft.Room;
import io.raftwood.raft.RoomThresholds;
import io.raftwood.raft.RoomThresholds.Disk;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the disk of the data directory, on a thread of its own: a disk that hangs holds nothing
 * else up. Says in the log when its room becomes less or more. What it tells is of the last
 * measurement; thread-safe.
 */
final class DiskGuard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DiskGuard.class);
  private static final long LOOK_MILLIS = 250;
  private static final double MIB = 1 << 20;

  private final RoomThresholds thresholds;
  private final Supplier<Optional<Disk>> meter;
  private final Consumer<Room> onLook;
  private final String version = BuildVersion.text();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "disk-guard");
            made.setDaemon(true);
            return made;
          });

  private volatile State state = new State(new Disk(0, 0, 0), Room.AMPLE);

  /** What was measured last, and what it means. */
  private record State(Disk disk, Room room) {}

  /**
   * Watches what {@code meter} measures.
   *
   * @param onLook is told the room after each measurement, on the guard's thread
   */
  DiskGuard(RoomThresholds thresholds, Supplier<Optional<Disk>> meter, Consumer<Room> onLook) {
    this.thresholds = thresholds;
    this.meter = meter;
    this.onLook = onLook;
  }

  /** Measures now, on this thread, and then four times a second until closed. */
  void start() {
    look();
    thread.scheduleWithFixedDelay(this::lookOrSay, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void lookOrSay() {
    try {
      look();
    } catch (RuntimeException e) {
      LOG.error("the disk cannot be measured", e);
    }
  }

  /** One measurement; a disk that tells nothing is taken to be as it was. */
  void look() {
    State before = state;
    Optional<Disk> disk = meter.get();
    if (disk.isPresent()) {
      State now = new State(disk.get(), thresholds.judge(before.room(), disk.get()));
      state = now;
      if (now.room() != before.room()) {
        say(before.room(), now);
      }
    }
    onLook.accept(state.room());
  }

  private void say(Room before, State now) {
    switch (now.room()) {
      case AMPLE:
        LOG.info("disk: there is room again ({})", figures(now));
        break;
      case SHORT:
        if (before == Room.AMPLE) {
          LOG.warn("DISK SHORT: {}; see docs/runbook.md, Disk full", figures(now));
        } else {
          LOG.info("disk: what adds data is let in again ({})", figures(now));
        }
        break;
      case FULL:
        LOG.error(
            "DISK FULL: {}; this node has no room for what adds data, deletes and reads go on; see"
                + " docs/runbook.md, Disk full",
            figures(now));
        break;
      default:
        LOG.error(
            "DISK EXHAUSTED: {}; this node has no room for any write, deletes included; see"
                + " docs/runbook.md, Disk full",
            figures(now));
        break;
    }
  }

  private String figures(State now) {
    Disk disk = now.disk();
    String text = shown(disk.freeBytes()) + " of " + shown(disk.totalBytes()) + " free";
    return thresholds.quotaBytes() == 0
        ? text
        : text + ", " + shown(disk.usedBytes()) + " of the quota's " + quota() + " used";
  }

  private String quota() {
    return shown(thresholds.quotaBytes());
  }

  private static String shown(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / MIB);
  }

  /** Version and disk. */
  NodeFigures figures() {
    State now = state;
    return new NodeFigures(version, now.disk().freeBytes(), now.disk().totalBytes(), now.room());
  }

  /** What a fault of this node may come from: empty, or that there is no room. */
  String remark() {
    State now = state;
    return now.room().atMost(Room.FULL) ? "; the disk is full (" + figures(now) + ")" : "";
  }

  /** The room of this node's disk. */
  Room room() {
    return state.room();
  }

  /** What was measured last. */
  Disk disk() {
    return state.disk();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
