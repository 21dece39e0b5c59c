package io.raftwood.server;

import io.raftwood.admin.EffectiveSetting;
import io.raftwood.admin.LogLevel;
import io.raftwood.admin.NodeControls;
import io.raftwood.server.config.LoadedConfig;
import io.raftwood.server.log.LogLevels;
import io.raftwood.server.log.Logging;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settings and log levels of this process. */
final class ProcessControls implements NodeControls {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessControls.class);

  /** Settings name files with secrets, never secrets; should one ever be added, it stays inside. */
  private static final String SECRET = "(?:.*[.-])?(?:password|secret|token|passphrase)";

  private static final String MASK = "********";

  private final LoadedConfig config;
  private final LogLevels levels = Logging.levels();

  /** Of a process that runs with {@code config}. */
  ProcessControls(LoadedConfig config) {
    this.config = config;
  }

  @Override
  public String node() {
    return config.config().node().name();
  }

  @Override
  public List<EffectiveSetting> settings() {
    return config.settings().stream()
        .map(
            resolved ->
                new EffectiveSetting(
                    resolved.setting().key(),
                    masked(resolved.setting().key(), resolved.text()),
                    resolved.origin()))
        .toList();
  }

  /** {@code value}, unless {@code key} says that it is a secret. */
  static String masked(String key, String value) {
    return key.matches(SECRET) && !value.isEmpty() ? MASK : value;
  }

  @Override
  public Map<String, LogLevel> logLevels() {
    Map<String, LogLevel> known = new TreeMap<>();
    levels
        .levels()
        .forEach((name, word) -> LogLevel.of(word).ifPresent(level -> known.put(name, level)));
    return known;
  }

  @Override
  public boolean changeLogLevel(String logger, Optional<LogLevel> level) {
    boolean changed = levels.set(logger, level.map(LogLevel::word));
    if (changed) {
      String word = level.map(LogLevel::word).orElse("what the configuration says");
      LOG.warn("log level of {} is now {}, as asked by an operator", logger, word);
    }
    return changed;
  }
}
