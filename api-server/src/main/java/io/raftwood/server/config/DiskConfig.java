package io.raftwood.server.config;

/**
 * How much of its disk the node leaves free.
 *
 * @param alarmFree below so many free bytes there is an alarm
 * @param minFree below so many free bytes nothing is added, 0 = never so
 * @param quota from so many bytes in the data directory on nothing is added, 0 = no quota
 */
public record DiskConfig(long alarmFree, long minFree, long quota) {
  /** Checks the ranges of {@link Settings} and that the alarm comes first. */
  public DiskConfig {
    DiskSection.ALARM_FREE.require(alarmFree);
    DiskSection.MIN_FREE.require(minFree);
    DiskSection.QUOTA.require(quota);
    if (alarmFree < minFree) {
      throw new ConfigException(
          "disk.alarm-free: '"
              + Units.formatBytes(alarmFree)
              + "' is below disk.min-free, "
              + Units.formatBytes(minFree));
    }
  }
}
