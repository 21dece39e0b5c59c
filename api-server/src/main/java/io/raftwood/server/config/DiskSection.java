package io.raftwood.server.config;

import java.util.List;

/** The rows of {@link Settings} about the data directory's disk. */
public final class DiskSection {
  private static final long TIB = 1L << 40;

  /** See {@link DiskConfig#alarmFree()}. */
  public static final Setting<Long> ALARM_FREE =
      new Setting<>(
          "disk.alarm-free",
          SettingTypes.bytes(0, 1024 * TIB),
          "2GiB",
          "An alarm is raised while the data directory's file system has less than this free (at"
              + " most half of its size counts); at least disk.min-free.");

  /** See {@link DiskConfig#minFree()}. */
  public static final Setting<Long> MIN_FREE =
      new Setting<>(
          "disk.min-free",
          SettingTypes.bytes(0, 1024 * TIB),
          "512MiB",
          "Writes that add data are refused (disk-full) while less than this is free (at most a"
              + " quarter of the file system's size counts): the reserve for deletes, compaction,"
              + " snapshots. Below a quarter of it deletes are refused, too. 0B = never.");

  /** See {@link DiskConfig#quota()}. */
  public static final Setting<Long> QUOTA =
      new Setting<>(
          "disk.quota",
          SettingTypes.bytes(0, 1024 * TIB),
          "0B",
          "The same while the files of the data directory have this many bytes, however much is"
              + " free; an alarm from nine tenths on. 0B = no quota.");

  /** All of them, in the order of the documentation. */
  static final List<Setting<?>> ALL = List.of(ALARM_FREE, MIN_FREE, QUOTA);

  private DiskSection() {}
}
