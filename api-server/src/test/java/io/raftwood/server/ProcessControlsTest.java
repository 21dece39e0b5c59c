package io.raftwood.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.admin.EffectiveSetting;
import io.raftwood.admin.LogLevel;
import io.raftwood.server.config.ConfigLoader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ProcessControlsTest {
  private final ProcessControls controls =
      new ProcessControls(ConfigLoader.load(Optional.empty(), Map.of(), List.of("http.port=8099")));

  @Test
  void settingsAreThoseOfTheConfiguration() {
    assertThat(controls.settings())
        .contains(new EffectiveSetting("http.port", "8099", "--set"))
        .anyMatch(setting -> setting.origin().equals("default"));
  }

  @Test
  void secretsAreMaskedAndFilesOfSecretsAreNot() {
    assertThat(ProcessControls.masked("raft.keystore-password", "x")).isEqualTo("********");
    assertThat(ProcessControls.masked("password", "x")).isEqualTo("********");
    assertThat(ProcessControls.masked("raft.keystore-password", "")).isEmpty();
    assertThat(ProcessControls.masked("auth.password-file", "/p")).isEqualTo("/p");
    assertThat(ProcessControls.masked("auth.password-iterations", "7")).isEqualTo("7");
  }

  @Test
  void levelsHoldUntilTheyArePutBack() {
    String name = "io.raftwood.server.processcontrolstest";
    assertThat(controls.changeLogLevel(name, Optional.of(LogLevel.TRACE))).isFalse();
    var logger = LoggerFactory.getLogger(name + ".Inner");
    boolean before = logger.isTraceEnabled();

    assertThat(controls.changeLogLevel(name, Optional.of(LogLevel.TRACE))).isTrue();
    assertThat(logger.isTraceEnabled()).isTrue();
    assertThat(controls.logLevels()).containsEntry(name, LogLevel.TRACE);
    assertThat(controls.changeLogLevel(name, Optional.empty())).isTrue();

    assertThat(logger.isTraceEnabled()).isEqualTo(before);
    assertThat(controls.logLevels()).doesNotContainKey(name);
  }
}
