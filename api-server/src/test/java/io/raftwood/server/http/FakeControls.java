package io.raftwood.server.http;

import io.raftwood.admin.EffectiveSetting;
import io.raftwood.admin.LogLevel;
import io.raftwood.admin.NodeControls;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A process on paper that knows the loggers {@code root} and {@code io.raftwood}. */
final class FakeControls implements NodeControls {
  private final Map<String, LogLevel> levels = new TreeMap<>(Map.of("root", LogLevel.INFO));

  @Override
  public String node() {
    return "n1";
  }

  @Override
  public List<EffectiveSetting> settings() {
    return List.of(
        new EffectiveSetting("node.name", "n1", "n1.yaml:2"),
        new EffectiveSetting("http.port", "8082", "default"));
  }

  @Override
  public synchronized Map<String, LogLevel> logLevels() {
    return new TreeMap<>(levels);
  }

  @Override
  public synchronized boolean changeLogLevel(String logger, Optional<LogLevel> level) {
    boolean known = logger.equals("root") || "io.raftwood".startsWith(logger);
    if (known) {
      level.ifPresentOrElse(set -> levels.put(logger, set), () -> levels.remove(logger));
    }
    return known;
  }
}
