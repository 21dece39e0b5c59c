package io.raftwood.admin;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an operator asks of one process, this one, whatever its cluster. Thread-safe; every method
 * answers at once.
 */
public interface NodeControls {
  /** The node's name. */
  String node();

  /** All settings as the process runs with them, secrets masked, in the order of the docs. */
  List<EffectiveSetting> settings();

  /** Every logger whose level is not that of its parent, by name; {@code root} is among them. */
  Map<String, LogLevel> logLevels();

  /**
   * Changes how much a logger, and all below it that have no level of their own, say. Lasts until
   * the process ends.
   *
   * @param logger {@code root}, a package or a class
   * @param level empty = as the configuration wants it
   * @return false when no logger of that name, or below it, has been used
   */
  boolean changeLogLevel(String logger, Optional<LogLevel> level);
}
