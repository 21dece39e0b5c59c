package io.raftwood.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The rows of {@link Settings} about the log of the process. */
public final class LogSection {
  /** See {@link LogConfig#level()}. */
  public static final Setting<LogConfig.Level> LEVEL =
      new Setting<>(
          "log.level",
          SettingTypes.choice(LogConfig.Level.class),
          "info",
          "Lowest level that is logged.");

  /** See {@link LogConfig#format()}. */
  public static final Setting<LogConfig.Format> FORMAT =
      new Setting<>(
          "log.format",
          SettingTypes.choice(LogConfig.Format.class),
          "text",
          "One line of text or one JSON object for each event.");

  /** See {@link LogConfig#file()}. */
  public static final Setting<Optional<Path>> FILE =
      new Setting<>(
          "log.file",
          SettingTypes.optionalPath(),
          "",
          "File that the log is appended to; empty = standard error.");

  /** See {@link LogConfig#slowRequests()}. */
  public static final Setting<Duration> SLOW_REQUESTS =
      new Setting<>(
          "log.slow-requests",
          SettingTypes.duration(Duration.ofMillis(1), Duration.ofMinutes(10)),
          "1s",
          "Requests that take this long or longer are kept for admin slowlog, and logged.");

  /** All of them, in the order of the documentation. */
  static final List<Setting<?>> ALL = List.of(LEVEL, FORMAT, FILE, SLOW_REQUESTS);

  private LogSection() {}
}
