package io.raftwood.server.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.raftwood.server.config.LogConfig;
import java.time.Duration;
import java.util.Optional;

/**
 * What logback does before {@link Logging} is called, found by its service loader: warnings as text
 * on standard error. Without it logback would print everything from DEBUG on to standard output.
 */
public final class StartupLogging extends ContextAwareBase implements Configurator {
  /** System property: {@code true} = log nothing, for commands whose output is their result. */
  public static final String SILENT = "raftwood.log.silent";

  /** For the service loader. */
  public StartupLogging() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (Boolean.getBoolean(SILENT)) {
      Logging.silence(context);
    } else {
      Logging.apply(
          context,
          new LogConfig(
              LogConfig.Level.WARN,
              LogConfig.Format.TEXT,
              Optional.empty(),
              Duration.ofSeconds(1)));
    }
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
