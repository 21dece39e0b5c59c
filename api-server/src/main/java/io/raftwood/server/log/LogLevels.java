package io.raftwood.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;

/** Changes levels while the process runs. Thread-safe. */
public final class LogLevels {
  private static final String ROOT = "root";

  private final LoggerContext context;
  private final Map<String, Level> configured = new HashMap<>();

  /** Remembers the present levels as those that the configuration wants. */
  LogLevels(LoggerContext context) {
    this.context = context;
    context.getLoggerList().stream()
        .filter(logger -> logger.getLevel() != null)
        .forEach(logger -> configured.put(logger.getName(), logger.getLevel()));
  }

  /** Every logger with a level of its own: names to lower-case words. */
  public Map<String, String> levels() {
    Map<String, String> levels = new TreeMap<>();
    for (ch.qos.logback.classic.Logger logger : context.getLoggerList()) {
      if (logger.getLevel() != null) {
        levels.put(shown(logger.getName()), logger.getLevel().levelStr.toLowerCase(Locale.ROOT));
      }
    }
    return levels;
  }

  /**
   * Gives {@code name} the level of {@code word}.
   *
   * @param name a logger's, or {@code root}
   * @param word a level's; empty = what the configuration wants
   * @return false when neither this logger nor one below it has ever been asked for
   */
  public synchronized boolean set(String name, Optional<String> word) {
    String real = name.equals(ROOT) ? Logger.ROOT_LOGGER_NAME : name;
    if (!known(real)) {
      return false;
    }
    Level level = word.map(Level::valueOf).orElse(configured.get(real));
    context.getLogger(real).setLevel(level);
    return true;
  }

  private boolean known(String name) {
    return name.equals(Logger.ROOT_LOGGER_NAME)
        || context.getLoggerList().stream()
            .map(ch.qos.logback.classic.Logger::getName)
            .anyMatch(other -> other.equals(name) || other.startsWith(name + "."));
  }

  private static String shown(String name) {
    return name.equals(Logger.ROOT_LOGGER_NAME) ? ROOT : name;
  }
}
