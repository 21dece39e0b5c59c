package io.raftwood.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import io.raftwood.server.config.ConfigException;
import io.raftwood.server.config.LogConfig;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Configures logback from a {@link LogConfig}, by code: no XML, no file is looked for. Not
 * thread-safe; call it before threads are started.
 */
public final class Logging {
  private static final String[] QUIET = {
    "com.alipay.sofa.jraft", "io.netty", "io.undertow", "org.xnio", "org.jboss"
  };

  /**
   * What JRaft and Bolt say, in part with stack traces, at every failed attempt to reach a peer
   * that is down. Reports and {@code /readyz} tell the same once.
   */
  private static final String[] REPETITIVE = {
    "com.alipay.sofa.jraft.core.ReplicatorGroupImpl",
    "com.alipay.sofa.jraft.rpc.impl.AbstractClientService",
    "com.alipay.sofa.jraft.rpc.impl.core.BoltRaftRpcFactory",
    "com.alipay.sofa.jraft.storage.snapshot.local.LocalSnapshotStorage"
  };

  private Logging() {}

  /**
   * Logs as {@code config} says; third parties only from WARN on, unless it says DEBUG or TRACE.
   *
   * @throws io.raftwood.server.config.ConfigException when the file cannot be opened
   */
  public static void configure(LogConfig config) {
    keepBoltOutOfTheHomeDirectory();
    apply(context(), config);
  }

  /** For a command that opens the Raft port itself: libraries print nothing and write no files. */
  public static void silenceLibraries() {
    keepBoltOutOfTheHomeDirectory();
    silence(context());
  }

  /** To change levels later; the present ones count as configured. */
  public static LogLevels levels() {
    return new LogLevels(context());
  }

  /** Makes {@code context} log nothing at all. */
  static void silence(LoggerContext context) {
    context.reset();
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
  }

  /** Makes {@code context} log as {@code config} says. */
  static void apply(LoggerContext context, LogConfig config) {
    context.reset();
    Level level = Level.valueOf(config.level().name());
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(level);
    root.addAppender(appender(context, config));
    if (level.isGreaterOrEqual(Level.INFO)) {
      for (String name : QUIET) {
        context.getLogger(name).setLevel(higher(level, Level.WARN));
      }
      for (String name : REPETITIVE) {
        context.getLogger(name).setLevel(Level.OFF);
      }
      // Warnings about peers that are down, and about answers that came late.
      context.getLogger("com.alipay.sofa.jraft.core").setLevel(Level.ERROR);
      // What Bolt's loggers become, see below; it says "server started" as a warning.
      context.getLogger("com.alipay.sofa.common.log").setLevel(Level.ERROR);
    }
  }

  private static Level higher(Level one, Level other) {
    return one.isGreaterOrEqual(other) ? one : other;
  }

  /**
   * Bolt logs through sofa-common-tools, which opens files below {@code ~/logs} with its own
   * logback configuration and prints a stack trace when the logback is newer than 1.2. Switched
   * off, it hands everything to one slf4j logger. Read by static initializers, so it must be said
   * first.
   */
  private static void keepBoltOutOfTheHomeDirectory() {
    System.setProperty("sofa.middleware.log.disable", "true");
    System.setProperty("sofa.middleware.log.internal.level", "ERROR");
    System.setProperty("logging.path", System.getProperty("java.io.tmpdir"));
  }

  private static LoggerContext context() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      return context;
    }
    throw new IllegalStateException("slf4j is not bound to logback; check the class path");
  }

  private static OutputStreamAppender<ILoggingEvent> appender(
      LoggerContext context, LogConfig config) {
    OutputStreamAppender<ILoggingEvent> appender =
        config.file().isPresent() ? toFile(config.file().get()) : toStandardError();
    appender.setContext(context);
    appender.setName("log");
    appender.setEncoder(encoder(context, config.format()));
    appender.start();
    if (!appender.isStarted()) {
      throw new ConfigException(
          "log.file: '" + config.file().orElse(Path.of("")) + "' cannot be opened for writing");
    }
    return appender;
  }

  private static OutputStreamAppender<ILoggingEvent> toFile(Path file) {
    FileAppender<ILoggingEvent> appender = new FileAppender<>();
    appender.setFile(file.toString());
    return appender;
  }

  private static OutputStreamAppender<ILoggingEvent> toStandardError() {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setTarget("System.err");
    return appender;
  }

  private static Encoder<ILoggingEvent> encoder(LoggerContext context, LogConfig.Format format) {
    EncoderBase<ILoggingEvent> encoder =
        format == LogConfig.Format.JSON ? jsonEncoder() : new TextEncoder();
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }

  private static JsonEncoder jsonEncoder() {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithFormattedMessage(true);
    return encoder;
  }
}
