package io.raftwood.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
  @TempDir private Path dir;

  @Test
  void defaultsAreThoseOfTheTable() {
    ServerConfig config = load().config();

    assertThat(config.http())
        .isEqualTo(
            new HttpConfig(
                "127.0.0.1",
                8082,
                2,
                33_554_431L,
                134_217_728L,
                4096,
                Duration.ofSeconds(10),
                Duration.ofSeconds(1)));
    assertThat(config.raft())
        .isEqualTo(
            new RaftConfig(
                "127.0.0.1",
                9082,
                Duration.ofSeconds(2),
                Duration.ofMinutes(5),
                10_000,
                2,
                16_384,
                67_108_864L,
                true,
                false));
    assertThat(config.storage())
        .isEqualTo(
            new StorageConfig(268_435_456L, 67_108_864L, 16_777_216L, 2, Duration.ofSeconds(30)));
    assertThat(config.disk()).isEqualTo(new DiskConfig(2_147_483_648L, 536_870_912L, 0));
    assertThat(config.cluster()).isEqualTo(new ClusterConfig(Optional.empty(), List.of(), 1));
    assertThat(config.hustdb())
        .isEqualTo(new HustdbConfig(false, false, Optional.empty(), 10_000, Duration.ofSeconds(3)));
    assertThat(config.log())
        .isEqualTo(
            new LogConfig(
                LogConfig.Level.INFO,
                LogConfig.Format.TEXT,
                Optional.empty(),
                Duration.ofSeconds(1)));
    assertThat(config.node()).isEqualTo(new NodeConfig("n1", Path.of("data/server"), false));
    assertThat(config.initialNodes())
        .containsExactly(InitialNode.parse("n1=127.0.0.1:8082/127.0.0.1:9082"));
  }

  @Test
  void everyDefaultIsCanonicalTextOfAnAllowedValue() {
    assertThat(load().settings())
        .allSatisfy(
            resolved -> {
              assertThat(resolved.origin()).isEqualTo("default");
              assertThat(canonical(resolved.setting())).isEqualTo(resolved.text());
            });
  }

  @Test
  void laterSourcesWinAndEveryValueKnowsItsOrigin() throws IOException {
    Path file = file("http:\n  port: 1001\n  io-threads: 3\n  connections-max: 9\n");

    LoadedConfig loaded =
        ConfigLoader.load(
            Optional.of(file),
            Map.of("RAFTWOOD_HTTP_PORT", "1002", "RAFTWOOD_HTTP_IO_THREADS", "4", "PATH", "/bin"),
            List.of("http.port=1003", "hustdb.strict=true", "http.port=1004"));

    assertThat(loaded.config().http().port()).isEqualTo(1004);
    assertThat(loaded.config().http().ioThreads()).isEqualTo(4);
    assertThat(loaded.config().http().connectionsMax()).isEqualTo(9);
    assertThat(loaded.config().hustdb().strict()).isTrue();
    assertThat(origin(loaded, "http.port")).isEqualTo("--set");
    assertThat(origin(loaded, "http.io-threads")).isEqualTo("environment RAFTWOOD_HTTP_IO_THREADS");
    assertThat(origin(loaded, "http.connections-max")).isEqualTo(file + ":4");
    assertThat(origin(loaded, "http.host")).isEqualTo("default");
  }

  @Test
  void environmentVariableOfADashedKeyHasUnderscores() {
    assertThat(HustdbSection.STRICT.variable()).isEqualTo("RAFTWOOD_HUSTDB_STRICT");
    assertThat(HustdbSection.DECODE_VAL.variable()).isEqualTo("RAFTWOOD_HUSTDB_DECODE_VAL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http.port=0 | http.port: '0' is out of range; allowed: 1..65535",
        "http.port=65536 | http.port: '65536' is out of range; allowed: 1..65535",
        "http.port=x | http.port: 'x' cannot be used: not a whole number; allowed: 1..65535",
        "http.port= | http.port: '' cannot be used: not a whole number",
        "http.host=a b | http.host: 'a b' is out of range; allowed: a host name or IPv4 address",
        "http.io-threads=0 | http.io-threads: '0' is out of range; allowed: 1..256",
        "http.body-max=32MiB | allowed: 1KiB..33554431B",
        "http.body-max=1MB | 'MB' is not one of the units B, KiB, MiB, GiB, TiB",
        "disk.alarm-free=1MiB | is below disk.min-free, 512MiB",
        "http.bytes-in-flight-max=1MiB | is below http.body-max, 33554431B",
        "http.connections-max=0 | allowed: 1..1000000",
        "http.request-timeout=10 | without a unit: say ms, s, m, h or d; allowed: 100ms..10m",
        "http.request-timeout=1us | 'us' is not one of the units ms, s, m, h, d",
        "http.request-timeout=-1s | not a time with a unit",
        "http.stale-fallback-after=11s | is above http.request-timeout, 10s",
        "raft.host=0.0.0.0 | not 0.0.0.0",
        "raft.port=99999 | allowed: 1..65535",
        "raft.election-timeout=10ms | allowed: 100ms..1m",
        "raft.snapshot-interval=0s | allowed: 1s..1d",
        "raft.snapshot-log-margin=-1 | allowed: 0..10000000",
        "raft.in-flight-entries=0 | allowed: 1..16",
        "raft.queue-commands-max=0 | allowed: 1..1000000",
        "raft.queue-bytes-max=1B | allowed: 1MiB..64GiB",
        "storage.block-cache=99999999TiB | too large",
        "storage.write-buffer=0 | allowed: 1MiB..64GiB",
        "storage.memtable=65MiB | is above storage.write-buffer, 64MiB",
        "storage.background-threads=65 | allowed: 1..64",
        "storage.flush-interval=2d | allowed: 1s..1d",
        "cluster.data-groups=65 | allowed: 1..64",
        "cluster.name=a b | 1..64 characters A-Za-z0-9_.-, or empty",
        "cluster.initial-nodes=n1 | is not NAME=HTTP-HOST:PORT/RAFT-HOST:PORT",
        "cluster.initial-nodes=n2=h:1/h:2 | node.name: 'n1' is not in cluster.initial-nodes",
        "cluster.initial-nodes=n1=h:1/h:2 | allowed: h:2",
        "cluster.initial-nodes=n1=h:1/h:2,n2=h:3/h:2 | 'h:2' occurs twice",
        "node.name=a/b | 1..64 characters",
        "node.data-dir= | node.data-dir: '' is out of range; allowed: a path",
        "hustdb.strict=yes | neither true nor false; allowed: true or false",
        "hustdb.decode-val=1 | neither true nor false",
        "log.level=loud | not one of trace, debug, info, warn, error",
        "log.format=xml | not one of text, json",
        "http.host=0.0.0.0 | without auth.enabled whoever reaches the port",
        "auth.enabled=maybe | neither true nor false",
        "auth.iterations=10 | allowed: 1000..10000000",
        "raft.host=db1.example | any with insecure: true (--insecure)",
        "http.prot=1 | --set: unknown key 'http.prot'; did you mean 'http.port'?",
        "hustdb.stritc=true | did you mean 'hustdb.strict'?",
        "request-timeout=1s | did you mean 'http.request-timeout'?",
        "nothing.like.it=1 | --set: unknown key 'nothing.like.it'",
        "http.port | not key=value",
      })
  void badFlagIsRefusedWithKeyValueAndAllowedRange(String flag, String message) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> load(flag))
        .withMessageContaining(message)
        .withMessageNotContaining("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "htpp: {port: 1} | :1: unknown key 'htpp'; did you mean 'http'?",
        "http: {port: 1}\\nhttp.port: 2 | :2: 'http.port' is given twice, first at ",
        "http:\\n  prot: 1 | :2: unknown key 'http.prot'; did you mean 'http.port'?",
        "http:\\n  port: 70000 | :2: http.port: '70000' is out of range; allowed: 1..65535",
        "http: 5 | :1: 'http' must hold keys and values",
        "- a | :1: the file must hold keys and values",
        "http: {port: {a: 1}} | :1: a single value is wanted here",
        "http: {port: 1 | not YAML",
        "http: {port: 0o17} | '0o17' cannot be used: not a whole number",
        "hustdb: {strict: yes} | 'yes' cannot be used: neither true nor false",
        "cluster: {initial-nodes: [{name: n1, http: 'a:1'}]} | a node needs name, http and raft",
        "cluster: {initial-nodes: [{nam: n1}]} | unknown key 'nam' of a node; did you mean 'name'",
        "cluster: {initial-nodes: [{name: n1, http: a, raft: 'a:2'}]} | 'a' is not host:port",
        "node: {name: !!javax.script.ScriptEngineManager [a]} | Global tag is not allowed",
        "a: &a [x]\\nb: [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a,*a] | aliases",
        "[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]] | Nesting Depth",
      })
  void badFileIsRefusedWithItsLine(String yaml, String message) throws IOException {
    Path file = file(yaml.replace("\\n", "\n"));

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> ConfigLoader.load(Optional.of(file), Map.of(), List.of()))
        .withMessageStartingWith(file.toString())
        .withMessageContaining(message)
        .withMessageNotContaining("\n");
  }

  @Test
  void missingFileIsAnError() {
    Path file = dir.resolve("absent.yaml");

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> ConfigLoader.load(Optional.of(file), Map.of(), List.of()))
        .withMessage(file + ": no such file");
  }

  @Test
  void fileThatIsNotUtf8IsAnError() throws IOException {
    Path file = dir.resolve("latin1.yaml");
    Files.write(file, "node: {name: \u00e9}".getBytes(StandardCharsets.ISO_8859_1));

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> ConfigLoader.load(Optional.of(file), Map.of(), List.of()))
        .withMessageContaining("latin1.yaml");
  }

  @Test
  void mistypedVariableOfASectionIsAnErrorAndForeignOnesAreNot() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> load(Map.of("RAFTWOOD_HUSTDB_STRIKT", "true")))
        .withMessage(
            "environment: unknown variable 'RAFTWOOD_HUSTDB_STRIKT'; did you mean"
                + " 'RAFTWOOD_HUSTDB_STRICT'?");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> load(Map.of("RAFTWOOD_HTTP_PORT", "no")))
        .withMessageStartingWith("environment RAFTWOOD_HTTP_PORT: http.port: 'no'");
    assertThat(load(Map.of("RAFTWOOD_LAUNCHER", "x", "RAFTWOOD_HEAP", "1g")).settings())
        .allMatch(resolved -> resolved.origin().equals("default"));
  }

  @Test
  void listeningBeyondLoopbackNeedsInsecure() {
    ServerConfig config = load("http.host=0.0.0.0", "raft.host=db1", "insecure=true").config();

    assertThat(config.http().host()).isEqualTo("0.0.0.0");
    assertThat(load("http.host=127.8.9.1", "raft.host=localhost").config().raft().host())
        .isEqualTo("localhost");
  }

  @Test
  void nodesAreReadFromAListOfMapsAndFromText() throws IOException {
    Path file =
        file(
            """
            node: {name: n2}
            raft: {port: 9083}
            cluster:
              data-groups: 3
              initial-nodes:
                - {name: n1, http: "127.0.0.1:8082", raft: "127.0.0.1:9082"}
                - name: n2
                  http: 127.0.0.1:8083
                  raft: 127.0.0.1:9083
            log:
            """);

    ServerConfig fromFile = ConfigLoader.load(Optional.of(file), Map.of(), List.of()).config();
    ServerConfig fromFlags =
        load(
                "node.name=n2",
                "raft.port=9083",
                "cluster.data-groups=3",
                "cluster.initial-nodes=n1=127.0.0.1:8082/127.0.0.1:9082,"
                    + " n2=127.0.0.1:8083/127.0.0.1:9083")
            .config();

    assertThat(fromFile).isEqualTo(fromFlags);
    assertThat(fromFile.cluster().initialNodes()).hasSize(2);
  }

  @Test
  void printedConfigurationReadsBackEqual() throws IOException {
    LoadedConfig first =
        load(
            "node.data-dir=/var/lib/it's mine",
            "cluster.initial-nodes=n1=127.0.0.1:8082/127.0.0.1:9082",
            "log.file=/tmp/x.log",
            "http.request-timeout=90s");

    for (boolean withOrigin : new boolean[] {false, true}) {
      Path file = file(first.toYaml(withOrigin));
      assertThat(ConfigLoader.load(Optional.of(file), Map.of(), List.of()).config())
          .isEqualTo(first.config());
    }
    assertThat(first.toYaml(true)).contains("request-timeout: 90s").contains("# --set");
  }

  @Test
  void documentationIsTheTable() throws IOException {
    Path page = Path.of("..", "docs", "configuration.md");

    assertThat(Files.readString(page))
        .as("write it by: ./raftwood config docs > docs/configuration.md")
        .isEqualTo(SettingsDocument.markdown());
  }

  private static <T> String canonical(Setting<T> setting) {
    return setting.type().format(setting.defaultValue());
  }

  private static String origin(LoadedConfig loaded, String key) {
    return loaded.settings().stream()
        .filter(resolved -> resolved.setting().key().equals(key))
        .findFirst()
        .orElseThrow()
        .origin();
  }

  private static LoadedConfig load(String... flags) {
    return ConfigLoader.load(Optional.empty(), Map.of(), List.of(flags));
  }

  private static LoadedConfig load(Map<String, String> environment) {
    return ConfigLoader.load(Optional.empty(), environment, List.of());
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(dir.resolve("raftwood.yaml"), yaml);
  }
}
