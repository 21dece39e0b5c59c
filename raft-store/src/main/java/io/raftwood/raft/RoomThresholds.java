package io.raftwood.raft;

/**
 * Where one {@link Room} ends and the next begins. What was entered is left only a quarter of the
 * threshold later, so that a disk near one does not go back and forth. Immutable.
 *
 * <p>On a small file system no threshold is above a share of it: a half for {@link Room#SHORT}, a
 * quarter for {@link Room#FULL}. {@link Room#EXHAUSTED} begins at a quarter of what {@code FULL}
 * begins at.
 *
 * @param alarmFreeBytes below so many free bytes there is {@link Room#SHORT}; 0 = never
 * @param minFreeBytes below so many free bytes there is {@link Room#FULL}; 0 = never
 * @param quotaBytes from so many used bytes on there is {@code FULL}, from nine tenths on {@code
 *     SHORT}; 0 = without bound
 */
public record RoomThresholds(long alarmFreeBytes, long minFreeBytes, long quotaBytes) {
  private static final int ALARM_SHARE = 2;
  private static final int MIN_SHARE = 4;
  private static final int EXHAUSTED_SHARE = 4;
  private static final int SLACK_SHARE = 4;

  private static final double QUOTA_SHORT = 0.90;
  private static final double QUOTA_SHORT_OVER = 0.85;
  private static final double QUOTA_FULL_OVER = 0.95;

  /** Checks the bounds. */
  public RoomThresholds {
    if (alarmFreeBytes < minFreeBytes || minFreeBytes < 0 || quotaBytes < 0) {
      throw new IllegalArgumentException(
          "alarm " + alarmFreeBytes + ", minimum " + minFreeBytes + ", quota " + quotaBytes);
    }
  }

  /**
   * What a disk has.
   *
   * @param freeBytes that this process may still use
   * @param totalBytes its size
   * @param usedBytes by what counts against the quota; whatever without one
   */
  public record Disk(long freeBytes, long totalBytes, long usedBytes) {}

  /** The room on {@code disk}, where there was {@code before}. */
  public Room judge(Room before, Disk disk) {
    Room least = Room.AMPLE;
    for (Room room : Room.values()) {
      if (room != Room.AMPLE && begun(room, disk, before.atMost(room))) {
        least = room;
      }
    }
    return least;
  }

  private boolean begun(Room room, Disk disk, boolean entered) {
    long threshold = freeThreshold(room, disk.totalBytes());
    long free = entered ? threshold + threshold / SLACK_SHARE : threshold;
    return disk.freeBytes() < free
        || quotaBytes > 0 && disk.usedBytes() >= quotaShare(room, entered) * quotaBytes;
  }

  /** Below so many free bytes a disk of {@code totalBytes} has no more than {@code room}. */
  public long freeThreshold(Room room, long totalBytes) {
    long full = Math.min(minFreeBytes, totalBytes / MIN_SHARE);
    switch (room) {
      case AMPLE:
        return Long.MAX_VALUE;
      case SHORT:
        return Math.max(full, Math.min(alarmFreeBytes, totalBytes / ALARM_SHARE));
      case FULL:
        return full;
      default:
        return full / EXHAUSTED_SHARE;
    }
  }

  /** The quota is a wish, not the end of the disk: beyond it deletes go on. */
  private static double quotaShare(Room room, boolean entered) {
    switch (room) {
      case SHORT:
        return entered ? QUOTA_SHORT_OVER : QUOTA_SHORT;
      case FULL:
        return entered ? QUOTA_FULL_OVER : 1;
      default:
        return Double.POSITIVE_INFINITY;
    }
  }
}
