package io.raftwood.server.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Merges the sources of a configuration, of rising precedence: defaults, file, environment, flags.
 *
 * <p>A key that no setting has is an error, in the file, in a flag, and in a variable whose name
 * begins with a section's ({@code RAFTWOOD_HTTP_}); other {@code RAFTWOOD_} variables belong to
 * somebody else and are left alone.
 */
public final class ConfigLoader {
  private static final String PREFIX = "RAFTWOOD_";

  private final Map<String, GivenValue> given = new LinkedHashMap<>();

  private ConfigLoader() {}

  /**
   * Merges and checks.
   *
   * @param file the YAML file, if any
   * @param environment the process environment, or what stands for it
   * @param flags {@code key=value} each; of two with one key the later wins
   * @throws ConfigException on the first thing that cannot be used
   */
  public static LoadedConfig load(
      Optional<Path> file, Map<String, String> environment, List<String> flags) {
    ConfigLoader loader = new ConfigLoader();
    file.ifPresent(path -> loader.given.putAll(YamlFile.read(path)));
    loader.addEnvironment(environment);
    flags.forEach(loader::addFlag);
    return loader.resolve();
  }

  private void addEnvironment(Map<String, String> environment) {
    Map<String, String> keys = new LinkedHashMap<>();
    Settings.all().forEach(setting -> keys.put(setting.variable(), setting.key()));
    // Sorted, so that of several mistakes always the same one is reported.
    for (Map.Entry<String, String> entry : new TreeMap<>(environment).entrySet()) {
      String variable = entry.getKey();
      String key = keys.get(variable);
      if (key != null) {
        given.put(key, new GivenValue(entry.getValue(), "environment " + variable));
      } else if (namesSection(variable)) {
        throw new ConfigException(
            "environment: unknown variable '" + variable + "'" + nearestVariable(variable, keys));
      }
    }
  }

  private static boolean namesSection(String variable) {
    for (Setting<?> setting : Settings.all()) {
      int dot = setting.key().indexOf('.');
      String section = setting.variable().substring(0, PREFIX.length() + Math.max(dot, 0));
      if (dot > 0 && variable.startsWith(section + "_")) {
        return true;
      }
    }
    return false;
  }

  private static String nearestVariable(String variable, Map<String, String> keys) {
    return keys.keySet().stream()
        .filter(known -> KeySuggestion.distance(variable, known) <= 3)
        .findFirst()
        .map(known -> "; did you mean '" + known + "'?")
        .orElse("");
  }

  private void addFlag(String flag) {
    int equals = flag.indexOf('=');
    if (equals < 1) {
      throw new ConfigException("--set " + flag + ": not key=value");
    }
    String key = flag.substring(0, equals).strip();
    if (Settings.find(key).isEmpty()) {
      List<String> known = Settings.all().stream().<String>map(Setting::key).toList();
      throw new ConfigException(
          "--set: unknown key '" + key + "'" + KeySuggestion.forKey(key, known));
    }
    given.put(key, new GivenValue(flag.substring(equals + 1).strip(), "--set"));
  }

  private LoadedConfig resolve() {
    List<ResolvedSetting> resolved = new ArrayList<>();
    Map<String, String> texts = new LinkedHashMap<>();
    for (Setting<?> setting : Settings.all()) {
      ResolvedSetting one = resolve(setting);
      resolved.add(one);
      texts.put(setting.key(), one.text());
    }
    return new LoadedConfig(bind(texts), resolved);
  }

  private <T> ResolvedSetting resolve(Setting<T> setting) {
    GivenValue value = given.get(setting.key());
    if (value == null) {
      return new ResolvedSetting(setting, setting.defaultText(), "default");
    }
    try {
      String canonical = setting.type().format(setting.parse(value.text()));
      return new ResolvedSetting(setting, canonical, value.origin());
    } catch (ConfigException e) {
      throw new ConfigException(value.origin() + ": " + e.getMessage(), e);
    }
  }

  private static ServerConfig bind(Map<String, String> texts) {
    Values values = new Values(texts);
    return new ServerConfig(
        new NodeConfig(
            values.of(NodeSection.NAME),
            values.of(NodeSection.DATA_DIR),
            values.of(NodeSection.INSECURE)),
        http(values),
        raft(values),
        new StorageConfig(
            values.of(StorageSection.BLOCK_CACHE),
            values.of(StorageSection.WRITE_BUFFER),
            values.of(StorageSection.MEMTABLE),
            values.of(StorageSection.BACKGROUND_THREADS),
            values.of(StorageSection.FLUSH_INTERVAL)),
        new DiskConfig(
            values.of(DiskSection.ALARM_FREE),
            values.of(DiskSection.MIN_FREE),
            values.of(DiskSection.QUOTA)),
        new ClusterConfig(
            values.of(ClusterSection.NAME),
            values.of(ClusterSection.INITIAL_NODES),
            values.of(ClusterSection.DATA_GROUPS)),
        new CacheConfig(
            values.of(CacheSection.ENABLED),
            values.of(CacheSection.DIRECTORY),
            values.of(CacheSection.ALLOW_DISK),
            values.of(CacheSection.MAX_BYTES)),
        hustdb(values),
        new AuthConfig(values.of(AuthSection.ENABLED), values.of(AuthSection.ITERATIONS)),
        new DtConfig(
            values.of(DtSection.AUTOCREATE),
            values.of(DtSection.LEAF_MAX),
            values.of(DtSection.INNER_MAX)),
        new LogConfig(
            values.of(LogSection.LEVEL),
            values.of(LogSection.FORMAT),
            values.of(LogSection.FILE),
            values.of(LogSection.SLOW_REQUESTS)));
  }

  private static HustdbConfig hustdb(Values values) {
    return new HustdbConfig(
        values.of(HustdbSection.STRICT),
        values.of(HustdbSection.DECODE_VAL),
        values.of(HustdbSection.PUBLIC_PEM),
        values.of(HustdbSection.SYNC_LAG_ENTRIES),
        values.of(HustdbSection.SYNC_LAG_TIME));
  }

  private static HttpConfig http(Values values) {
    return new HttpConfig(
        values.of(HttpSection.HOST),
        values.of(HttpSection.PORT),
        values.of(HttpSection.IO_THREADS),
        values.of(HttpSection.BODY_MAX),
        values.of(HttpSection.BYTES_IN_FLIGHT_MAX),
        values.of(HttpSection.CONNECTIONS_MAX),
        values.of(HttpSection.REQUEST_TIMEOUT),
        values.of(HttpSection.STALE_FALLBACK_AFTER));
  }

  private static RaftConfig raft(Values values) {
    return new RaftConfig(
        values.of(RaftSection.HOST),
        values.of(RaftSection.PORT),
        values.of(RaftSection.ELECTION_TIMEOUT),
        values.of(RaftSection.SNAPSHOT_INTERVAL),
        values.of(RaftSection.SNAPSHOT_LOG_MARGIN),
        values.of(RaftSection.IN_FLIGHT_ENTRIES),
        values.of(RaftSection.QUEUE_COMMANDS_MAX),
        values.of(RaftSection.QUEUE_BYTES_MAX),
        values.of(RaftSection.PREFER_LEADER),
        values.of(RaftSection.CLI_RPC));
  }

  /** The canonical texts, read back as values. */
  private record Values(Map<String, String> texts) {
    <T> T of(Setting<T> setting) {
      return setting.parse(texts.get(setting.key()));
    }
  }
}
