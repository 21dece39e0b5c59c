package io.raftwood.server.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * One event, one line: time (UTC), level, thread, logger, message. Stack traces follow on indented
 * lines. Control characters in anything that came from outside are escaped, so that nobody can
 * forge a line. Thread-safe.
 */
final class TextEncoder extends EncoderBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final int CAUSES_MAX = 10;

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(200);
    line.append(TIME.format(Instant.ofEpochMilli(event.getTimeStamp()))).append(' ');
    line.append(String.format("%-5s", event.getLevel())).append(" [");
    escape(event.getThreadName(), line);
    line.append("] ");
    escape(shortName(event.getLoggerName()), line);
    line.append(": ");
    escape(String.valueOf(event.getFormattedMessage()), line);
    line.append('\n');
    IThrowableProxy throwable = event.getThrowableProxy();
    for (int i = 0; throwable != null && i < CAUSES_MAX; i++) {
      append(throwable, i == 0 ? "  " : "  caused by ", line);
      throwable = throwable.getCause();
    }
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void append(IThrowableProxy throwable, String prefix, StringBuilder line) {
    line.append(prefix).append(throwable.getClassName()).append(": ");
    escape(String.valueOf(throwable.getMessage()), line);
    line.append('\n');
    StackTraceElementProxy[] frames = throwable.getStackTraceElementProxyArray();
    for (int i = 0; i < frames.length - throwable.getCommonFrames(); i++) {
      line.append("    ").append(frames[i].getSTEAsString()).append('\n');
    }
  }

  private static String shortName(String logger) {
    return logger.substring(logger.lastIndexOf('.') + 1);
  }

  private static void escape(String text, StringBuilder line) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        line.append("\\n");
      } else if (c == '\r') {
        line.append("\\r");
      } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        line.append(String.format("\\u%04x", (int) c));
      } else {
        line.append(c);
      }
    }
  }
}
