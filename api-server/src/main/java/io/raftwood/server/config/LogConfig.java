package io.raftwood.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The log.
 *
 * @param level lowest level that is logged
 * @param format how an event is written
 * @param file appended to; empty = standard error
 * @param slowRequests requests that take this long are kept for {@code admin slowlog}
 */
public record LogConfig(Level level, Format format, Optional<Path> file, Duration slowRequests) {
  /** How important an event is. */
  public enum Level {
    /** Every step, for a developer of the part. */
    TRACE,
    /** What a developer needs to follow a request. */
    DEBUG,
    /** What an operator wants to have seen. */
    INFO,
    /** What an operator should look at. */
    WARN,
    /** What an operator must act on. */
    ERROR
  }

  /** How an event is written. */
  public enum Format {
    /** One line of text. */
    TEXT,
    /** One JSON object in one line. */
    JSON
  }
}
