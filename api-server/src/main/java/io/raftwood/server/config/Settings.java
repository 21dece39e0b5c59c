package io.raftwood.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The table of all settings: the single source for the loader, the records' checks, {@code config
 * print}, {@code docs/configuration.md} and the tests of the defaults.
 */
public final class Settings {
  private static final long KIB = 1024;
  private static final long MIB = 1024 * KIB;
  private static final long GIB = 1024 * MIB;
  private static final int NODES_MAX = 64;
  private static final int FANOUT_MIN = 4;
  private static final int FANOUT_MAX = 1024;

  /** See {@link NodeConfig#name()}. */
  public static final Setting<String> NODE_NAME =
      new Setting<>(
          "node.name",
          SettingTypes.text("1..64 characters A-Za-z0-9_.-", InitialNode::isName),
          "n1",
          "The node's stable name, unique in the cluster.");

  /** See {@link NodeConfig#dataDir()}. */
  public static final Setting<Path> NODE_DATA_DIR =
      new Setting<>(
          "node.data-dir",
          SettingTypes.path(),
          "data/server",
          "Directory of everything this node keeps; made when it is missing.");

  /** See {@link NodeConfig#insecure()}. */
  public static final Setting<Boolean> INSECURE =
      new Setting<>(
          "insecure",
          SettingTypes.flag(),
          "false",
          "Allows listening beyond loopback without authentication: whoever reaches a port"
              + " may read and change everything.");

  /** See {@link HttpConfig#host()}. */
  public static final Setting<String> HTTP_HOST =
      new Setting<>(
          "http.host",
          SettingTypes.text("a host name or IPv4 address", Endpoint::isHost),
          "127.0.0.1",
          "Address that the HTTP port binds to.");

  /** See {@link HttpConfig#port()}. */
  public static final Setting<Integer> HTTP_PORT =
      new Setting<>("http.port", SettingTypes.integer(1, 65_535), "8082", "Port of the HTTP API.");

  /** See {@link HttpConfig#ioThreads()}. */
  public static final Setting<Integer> HTTP_IO_THREADS =
      new Setting<>(
          "http.io-threads",
          SettingTypes.integer(1, 256),
          "2",
          "Threads that serve all HTTP connections.");

  /** See {@link HttpConfig#bodyMax()}. */
  public static final Setting<Long> HTTP_BODY_MAX =
      new Setting<>(
          "http.body-max",
          SettingTypes.bytes(KIB, 32 * MIB - 1),
          "33554431B",
          "Longest request body; the default is the longest value (32 MiB less one byte).");

  /** See {@link HttpConfig#bytesInFlightMax()}. */
  public static final Setting<Long> HTTP_BYTES_IN_FLIGHT_MAX =
      new Setting<>(
          "http.bytes-in-flight-max",
          SettingTypes.bytes(MIB, 64 * GIB),
          "128MiB",
          "Bytes that the bodies of all requests in flight may hold together; at least"
              + " http.body-max.");

  /** See {@link HttpConfig#connectionsMax()}. */
  public static final Setting<Integer> HTTP_CONNECTIONS_MAX =
      new Setting<>(
          "http.connections-max",
          SettingTypes.integer(1, 1_000_000),
          "4096",
          "Open HTTP connections; more are not accepted until one closes.");

  /** See {@link HttpConfig#requestTimeout()}. */
  public static final Setting<Duration> HTTP_REQUEST_TIMEOUT =
      new Setting<>(
          "http.request-timeout",
          SettingTypes.duration(Duration.ofMillis(100), Duration.ofMinutes(10)),
          "10s",
          "Deadline of a whole request, from its first byte to the answer's last.");

  /** See {@link HttpConfig#staleFallbackAfter()}. */
  public static final Setting<Duration> HTTP_STALE_FALLBACK_AFTER =
      new Setting<>(
          "http.stale-fallback-after",
          SettingTypes.duration(Duration.ofMillis(10), Duration.ofMinutes(10)),
          "1s",
          "How long a plain read waits for a leader before this node's own replica answers it"
              + " with Stale: true; at most http.request-timeout.");

  /** See {@link RaftConfig#host()}. */
  public static final Setting<String> RAFT_HOST =
      new Setting<>(
          "raft.host",
          SettingTypes.text(
              "a host name or IPv4 address, not 0.0.0.0",
              host -> Endpoint.isHost(host) && !host.equals("0.0.0.0")),
          "127.0.0.1",
          "Address that the Raft port binds to and that the other nodes reach it by.");

  /** See {@link RaftConfig#port()}. */
  public static final Setting<Integer> RAFT_PORT =
      new Setting<>(
          "raft.port", SettingTypes.integer(1, 65_535), "9082", "Port of node-to-node traffic.");

  /** See {@link RaftConfig#electionTimeout()}. */
  public static final Setting<Duration> RAFT_ELECTION_TIMEOUT =
      new Setting<>(
          "raft.election-timeout",
          SettingTypes.duration(Duration.ofMillis(100), Duration.ofMinutes(1)),
          "2s",
          "Silence of a leader after which the others elect a new one; equal on all nodes.");

  /** See {@link RaftConfig#snapshotInterval()}. */
  public static final Setting<Duration> RAFT_SNAPSHOT_INTERVAL =
      new Setting<>(
          "raft.snapshot-interval",
          SettingTypes.duration(Duration.ofSeconds(1), Duration.ofDays(1)),
          "5m",
          "Time between two snapshots of a group; bounds the log that a restart replays.");

  /** See {@link RaftConfig#snapshotLogMargin()}. */
  public static final Setting<Integer> RAFT_SNAPSHOT_LOG_MARGIN =
      new Setting<>(
          "raft.snapshot-log-margin",
          SettingTypes.integer(0, 10_000_000),
          "10000",
          "A timed snapshot is left out while fewer log entries than this are new.");

  /** See {@link RaftConfig#inFlightEntries()}. */
  public static final Setting<Integer> RAFT_IN_FLIGHT_ENTRIES =
      new Setting<>(
          "raft.in-flight-entries",
          SettingTypes.integer(1, 16),
          "2",
          "Log entries of a group that may be on their way; what waits meanwhile is packed"
              + " into the next.");

  /** See {@link RaftConfig#queueCommandsMax()}. */
  public static final Setting<Integer> RAFT_QUEUE_COMMANDS_MAX =
      new Setting<>(
          "raft.queue-commands-max",
          SettingTypes.integer(1, 1_000_000),
          "16384",
          "Commands that may wait in a group's proposal queue; more are refused.");

  /** See {@link RaftConfig#queueBytesMax()}. */
  public static final Setting<Long> RAFT_QUEUE_BYTES_MAX =
      new Setting<>(
          "raft.queue-bytes-max",
          SettingTypes.bytes(MIB, 64 * GIB),
          "64MiB",
          "Bytes of proposals that may wait or be on their way in all groups of the node; more"
              + " are refused.");

  /** See {@link RaftConfig#preferLeader()}. */
  public static final Setting<Boolean> RAFT_PREFER_LEADER =
      new Setting<>(
          "raft.prefer-leader",
          SettingTypes.flag(),
          "true",
          "Whether leadership of a group returns to its first voter (master1) once that one is up"
              + " and has caught up; equal on all nodes.");

  /** See {@link RaftConfig#cliRpc()}. */
  public static final Setting<Boolean> RAFT_CLI_RPC =
      new Setting<>(
          "raft.cli-rpc",
          SettingTypes.flag(),
          "false",
          "Whether the Raft port answers clients of JRaft's CliService, which need no password.");

  /** See {@link StorageConfig#blockCache()}. */
  public static final Setting<Long> STORAGE_BLOCK_CACHE =
      new Setting<>(
          "storage.block-cache",
          SettingTypes.bytes(MIB, 1024 * GIB),
          "256MiB",
          "Cache of read blocks, shared by all tablets; outside the Java heap.");

  /** See {@link StorageConfig#writeBuffer()}. */
  public static final Setting<Long> STORAGE_WRITE_BUFFER =
      new Setting<>(
          "storage.write-buffer",
          SettingTypes.bytes(MIB, 64 * GIB),
          "64MiB",
          "Memory of unflushed writes of all tablets together; outside the Java heap.");

  /** See {@link StorageConfig#memtable()}. */
  public static final Setting<Long> STORAGE_MEMTABLE =
      new Setting<>(
          "storage.memtable",
          SettingTypes.bytes(64 * KIB, GIB),
          "8MiB",
          "Size at which one tablet's memtable is flushed; at most storage.write-buffer.");

  /** See {@link StorageConfig#backgroundThreads()}. */
  public static final Setting<Integer> STORAGE_BACKGROUND_THREADS =
      new Setting<>(
          "storage.background-threads",
          SettingTypes.integer(1, 64),
          "2",
          "Threads that flush and compact, shared by all tablets.");

  /** See {@link StorageConfig#flushInterval()}. */
  public static final Setting<Duration> STORAGE_FLUSH_INTERVAL =
      new Setting<>(
          "storage.flush-interval",
          SettingTypes.duration(Duration.ofSeconds(1), Duration.ofDays(1)),
          "30s",
          "Longest time that a write stays in memory only (the Raft log has it on disk);"
              + " bounds what a restart replays.");

  /** See {@link ClusterConfig#name()}. */
  public static final Setting<Optional<String>> CLUSTER_NAME =
      new Setting<>(
          "cluster.name",
          SettingTypes.optionalText("1..64 characters A-Za-z0-9_.-, or empty", InitialNode::isName),
          "",
          "A name for people, shown in status and logs.");

  /** See {@link ClusterConfig#initialNodes()}. */
  public static final Setting<List<InitialNode>> CLUSTER_INITIAL_NODES =
      new Setting<>(
          "cluster.initial-nodes",
          SettingTypes.nodes(NODES_MAX),
          "",
          "The nodes that the cluster is made of at its birth, equal on all of them; empty ="
              + " this node alone.");

  /** See {@link ClusterConfig#dataGroups()}. */
  public static final Setting<Integer> CLUSTER_DATA_GROUPS =
      new Setting<>(
          "cluster.data-groups",
          SettingTypes.integer(1, 64),
          "1",
          "Raft groups that the 1024 slots are divided into; decided once, when the cluster is"
              + " created.");

  /** See {@link CacheConfig#enabled()}. */
  public static final Setting<Boolean> CACHE_ENABLED =
      new Setting<>(
          "cache.enabled",
          SettingTypes.flag(),
          "true",
          "Whether this node takes part in the cache; it forwards cache requests in any case.");

  /** See {@link CacheConfig#directory()}. */
  public static final Setting<Optional<Path>> CACHE_DIRECTORY =
      new Setting<>(
          "cache.directory",
          SettingTypes.optionalPath(),
          "",
          "Directory on tmpfs or ramfs below which the cache is kept; empty = below /dev/shm, and"
              + " no part in the cache if there is none or too little room.");

  /** See {@link CacheConfig#allowDisk()}. */
  public static final Setting<Boolean> CACHE_ALLOW_DISK =
      new Setting<>(
          "cache.allow-disk",
          SettingTypes.flag(),
          "false",
          "Allows a cache.directory that is not in memory: for tests, and systems without tmpfs.");

  /** See {@link CacheConfig#maxBytes()}. */
  public static final Setting<Long> CACHE_MAX_BYTES =
      new Setting<>(
          "cache.max-bytes",
          SettingTypes.bytes(MIB, 64 * GIB),
          "64MiB",
          "Names and values that the cache holds, beyond which it evicts; equal on all nodes. The"
              + " directory takes up to three times as much, and 128 MiB.");

  /** See {@link HustdbConfig#strict()}. */
  public static final Setting<Boolean> HUSTDB_STRICT =
      new Setting<>(
          "hustdb.strict",
          SettingTypes.flag(),
          "false",
          "Answers as the original does where it and good manners differ.");

  /** See {@link HustdbConfig#decodeVal()}. */
  public static final Setting<Boolean> HUSTDB_DECODE_VAL =
      new Setting<>(
          "hustdb.decode-val",
          SettingTypes.flag(),
          "false",
          "Percent-decodes the query parameter val; the original takes it as it is.");

  /** See {@link HustdbConfig#publicPem()}. */
  public static final Setting<Optional<Path>> HUSTDB_PUBLIC_PEM =
      new Setting<>(
          "hustdb.public-pem",
          SettingTypes.optionalPath(),
          "",
          "PEM file with the RSA-2048 public key that the ids of set_table are encrypted with;"
              + " empty = set_table gives no ids.");

  /** See {@link AuthConfig#enabled()}. */
  public static final Setting<Boolean> AUTH_ENABLED =
      new Setting<>(
          "auth.enabled",
          SettingTypes.flag(),
          "false",
          "Whether the HTTP port asks for a user's name and password; equal on all nodes.");

  /** See {@link AuthConfig#iterations()}. */
  public static final Setting<Integer> AUTH_ITERATIONS =
      new Setting<>(
          "auth.iterations",
          SettingTypes.integer(1_000, 10_000_000),
          "600000",
          "Rounds of PBKDF2-HMAC-SHA256 for passwords that are set through this node.");

  /** See {@link HustdbConfig#syncLagEntries()}. */
  public static final Setting<Integer> HUSTDB_SYNC_LAG_ENTRIES =
      new Setting<>(
          "hustdb.sync-lag-entries",
          SettingTypes.integer(1, 1_000_000_000),
          "10000",
          "Writes answer with Sync: <node> while a voter of the group is more log entries behind"
              + " than this.");

  /** See {@link HustdbConfig#syncLagTime()}. */
  public static final Setting<Duration> HUSTDB_SYNC_LAG_TIME =
      new Setting<>(
          "hustdb.sync-lag-time",
          SettingTypes.duration(Duration.ofSeconds(1), Duration.ofMinutes(10)),
          "3s",
          "The same while a voter has been silent, or has lacked what was committed, for longer"
              + " than this. Voters report twice a second.");

  /** See {@link DtConfig#autocreate()}. */
  public static final Setting<Boolean> DT_AUTOCREATE =
      new Setting<>(
          "dt.autocreate",
          SettingTypes.flag(),
          "false",
          "Whether insert, load, and setcas without old_value, create a tree that does not exist.");

  /** See {@link DtConfig#leafMax()}. */
  public static final Setting<Integer> DT_LEAF_MAX =
      new Setting<>(
          "dt.leaf-max",
          SettingTypes.integer(FANOUT_MIN, FANOUT_MAX),
          "64",
          "Most entries of a leaf, for trees that are created through this node.");

  /** See {@link DtConfig#innerMax()}. */
  public static final Setting<Integer> DT_INNER_MAX =
      new Setting<>(
          "dt.inner-max",
          SettingTypes.integer(FANOUT_MIN, FANOUT_MAX),
          "64",
          "Most children of an inner tree node, for trees that are created through this node.");

  /** See {@link LogConfig#level()}. */
  public static final Setting<LogConfig.Level> LOG_LEVEL =
      new Setting<>(
          "log.level",
          SettingTypes.choice(LogConfig.Level.class),
          "info",
          "Lowest level that is logged.");

  /** See {@link LogConfig#format()}. */
  public static final Setting<LogConfig.Format> LOG_FORMAT =
      new Setting<>(
          "log.format",
          SettingTypes.choice(LogConfig.Format.class),
          "text",
          "One line of text or one JSON object for each event.");

  /** See {@link LogConfig#file()}. */
  public static final Setting<Optional<Path>> LOG_FILE =
      new Setting<>(
          "log.file",
          SettingTypes.optionalPath(),
          "",
          "File that the log is appended to; empty = standard error.");

  /** See {@link LogConfig#slowRequests()}. */
  public static final Setting<Duration> LOG_SLOW_REQUESTS =
      new Setting<>(
          "log.slow-requests",
          SettingTypes.duration(Duration.ofMillis(1), Duration.ofMinutes(10)),
          "1s",
          "Requests that take this long or longer are kept for admin slowlog, and logged.");

  private static final List<Setting<?>> ALL =
      List.of(
          NODE_NAME,
          NODE_DATA_DIR,
          INSECURE,
          HTTP_HOST,
          HTTP_PORT,
          HTTP_IO_THREADS,
          HTTP_BODY_MAX,
          HTTP_BYTES_IN_FLIGHT_MAX,
          HTTP_CONNECTIONS_MAX,
          HTTP_REQUEST_TIMEOUT,
          HTTP_STALE_FALLBACK_AFTER,
          RAFT_HOST,
          RAFT_PORT,
          RAFT_ELECTION_TIMEOUT,
          RAFT_SNAPSHOT_INTERVAL,
          RAFT_SNAPSHOT_LOG_MARGIN,
          RAFT_IN_FLIGHT_ENTRIES,
          RAFT_QUEUE_COMMANDS_MAX,
          RAFT_QUEUE_BYTES_MAX,
          RAFT_PREFER_LEADER,
          RAFT_CLI_RPC,
          STORAGE_BLOCK_CACHE,
          STORAGE_WRITE_BUFFER,
          STORAGE_MEMTABLE,
          STORAGE_BACKGROUND_THREADS,
          STORAGE_FLUSH_INTERVAL,
          DiskSettings.ALARM_FREE,
          DiskSettings.MIN_FREE,
          DiskSettings.QUOTA,
          CLUSTER_NAME,
          CLUSTER_INITIAL_NODES,
          CLUSTER_DATA_GROUPS,
          CACHE_ENABLED,
          CACHE_DIRECTORY,
          CACHE_ALLOW_DISK,
          CACHE_MAX_BYTES,
          HUSTDB_STRICT,
          HUSTDB_DECODE_VAL,
          HUSTDB_PUBLIC_PEM,
          HUSTDB_SYNC_LAG_ENTRIES,
          HUSTDB_SYNC_LAG_TIME,
          AUTH_ENABLED,
          AUTH_ITERATIONS,
          DT_AUTOCREATE,
          DT_LEAF_MAX,
          DT_INNER_MAX,
          LOG_LEVEL,
          LOG_FORMAT,
          LOG_FILE,
          LOG_SLOW_REQUESTS);

  private Settings() {}

  /** All settings, in the order of the documentation. */
  public static List<Setting<?>> all() {
    return ALL;
  }

  /** The setting called {@code key}. */
  public static Optional<Setting<?>> find(String key) {
    for (Setting<?> setting : ALL) {
      if (setting.key().equals(key)) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }
}
