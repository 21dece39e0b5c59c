package io.raftwood.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.raftwood.server.config.ConfigException;
import io.raftwood.server.config.LogConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoggingTest {
  private static final Duration SLOW = Duration.ofSeconds(1);

  @TempDir private Path dir;

  @Test
  void textEventIsOneLineWhateverTheMessageHolds() throws IOException {
    List<String> lines =
        logged(
            LogConfig.Format.TEXT,
            context ->
                context.getLogger("io.raftwood.kv.Some").info("key {} refused", "a\r\nb\u001b[1m"));

    assertThat(lines).hasSize(1);
    assertThat(lines.get(0))
        .matches("\\d{4}-\\d\\d-\\d\\dT.*Z INFO  \\[.*\\] Some: .*")
        .endsWith("Some: key a\\r\\nb\\u001b[1m refused");
  }

  @Test
  void stackTraceLinesAreIndentedAndMessagesInItEscaped() throws IOException {
    IllegalStateException cause = new IllegalStateException("inner\nforged line");
    List<String> lines =
        logged(
            LogConfig.Format.TEXT,
            context -> context.getLogger("x").error("it broke", new IOException("outer", cause)));

    assertThat(lines.get(1)).isEqualTo("  java.io.IOException: outer");
    assertThat(lines)
        .contains("  caused by java.lang.IllegalStateException: inner\\nforged line")
        .noneMatch(line -> line.startsWith("forged"));
  }

  @Test
  void jsonEventIsOneObjectInOneLine() throws IOException {
    List<String> lines =
        logged(LogConfig.Format.JSON, context -> context.getLogger("x").info("a\nb {}", 1));

    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).startsWith("{").endsWith("}").contains("a\\nb 1");
  }

  @Test
  void thirdPartiesAreQuietAtInfo() throws IOException {
    List<String> lines =
        logged(
            LogConfig.Format.TEXT,
            context -> {
              context.getLogger("com.alipay.sofa.jraft.core.NodeImpl").info("chatter");
              context.getLogger("com.alipay.sofa.common.log").warn("server started");
              context.getLogger("io.netty.util").debug("chatter");
              context.getLogger("com.alipay.sofa.jraft.core.NodeImpl").warn("a peer is down");
              context.getLogger("com.alipay.sofa.jraft.core.ReplicatorGroupImpl").error("again");
              context.getLogger("com.alipay.sofa.jraft.core.NodeImpl").error("heard");
            });

    assertThat(lines).hasSize(1).allMatch(line -> line.endsWith("NodeImpl: heard"));
  }

  @Test
  void fileThatCannotBeOpenedIsAConfigurationError() {
    LogConfig config =
        new LogConfig(LogConfig.Level.INFO, LogConfig.Format.TEXT, Optional.of(dir), SLOW);

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Logging.apply(new LoggerContext(), config))
        .withMessageContaining("log.file: '" + dir + "' cannot be opened");
  }

  private List<String> logged(LogConfig.Format format, Statement statement) throws IOException {
    Path file = dir.resolve("log");
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    Logging.apply(context, new LogConfig(LogConfig.Level.INFO, format, Optional.of(file), SLOW));
    statement.log(context);
    context.stop();
    return Files.readAllLines(file);
  }

  private interface Statement {
    void log(LoggerContext context);
  }
}
