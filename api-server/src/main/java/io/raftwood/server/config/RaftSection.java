package io.raftwood.server.config;

import java.time.Duration;
import java.util.List;

/** The rows of {@link Settings} about Raft. */
public final class RaftSection {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  /** See {@link RaftConfig#host()}. */
  public static final Setting<String> HOST =
      new Setting<>(
          "raft.host",
          SettingTypes.text(
              "a host name or IPv4 address, not 0.0.0.0",
              host -> Endpoint.isHost(host) && !host.equals("0.0.0.0")),
          "127.0.0.1",
          "Address that the Raft port binds to and that the other nodes reach it by.");

  /** See {@link RaftConfig#port()}. */
  public static final Setting<Integer> PORT =
      new Setting<>(
          "raft.port", SettingTypes.integer(1, 65_535), "9082", "Port of node-to-node traffic.");

  /** See {@link RaftConfig#electionTimeout()}. */
  public static final Setting<Duration> ELECTION_TIMEOUT =
      new Setting<>(
          "raft.election-timeout",
          SettingTypes.duration(Duration.ofMillis(100), Duration.ofMinutes(1)),
          "2s",
          "Silence of a leader after which the others elect a new one; equal on all nodes.");

  /** See {@link RaftConfig#snapshotInterval()}. */
  public static final Setting<Duration> SNAPSHOT_INTERVAL =
      new Setting<>(
          "raft.snapshot-interval",
          SettingTypes.duration(Duration.ofSeconds(1), Duration.ofDays(1)),
          "5m",
          "Time between two snapshots of a group; bounds the log that a restart replays.");

  /** See {@link RaftConfig#snapshotLogMargin()}. */
  public static final Setting<Integer> SNAPSHOT_LOG_MARGIN =
      new Setting<>(
          "raft.snapshot-log-margin",
          SettingTypes.integer(0, 10_000_000),
          "10000",
          "A timed snapshot is left out while fewer log entries than this are new.");

  /** See {@link RaftConfig#inFlightEntries()}. */
  public static final Setting<Integer> IN_FLIGHT_ENTRIES =
      new Setting<>(
          "raft.in-flight-entries",
          SettingTypes.integer(1, 16),
          "2",
          "Log entries of a group that may be on their way; what waits meanwhile is packed"
              + " into the next.");

  /** See {@link RaftConfig#queueCommandsMax()}. */
  public static final Setting<Integer> QUEUE_COMMANDS_MAX =
      new Setting<>(
          "raft.queue-commands-max",
          SettingTypes.integer(1, 1_000_000),
          "16384",
          "Commands that may wait in a group's proposal queue; more are refused.");

  /** See {@link RaftConfig#queueBytesMax()}. */
  public static final Setting<Long> QUEUE_BYTES_MAX =
      new Setting<>(
          "raft.queue-bytes-max",
          SettingTypes.bytes(MIB, 64 * GIB),
          "64MiB",
          "Bytes of proposals that may wait or be on their way in all groups of the node; more"
              + " are refused.");

  /** See {@link RaftConfig#preferLeader()}. */
  public static final Setting<Boolean> PREFER_LEADER =
      new Setting<>(
          "raft.prefer-leader",
          SettingTypes.flag(),
          "true",
          "Whether leadership of a group returns to its first voter (master1) once that one is up"
              + " and has caught up; equal on all nodes.");

  /** See {@link RaftConfig#cliRpc()}. */
  public static final Setting<Boolean> CLI_RPC =
      new Setting<>(
          "raft.cli-rpc",
          SettingTypes.flag(),
          "false",
          "Whether the Raft port answers clients of JRaft's CliService, which need no password.");

  /** All of them, in the order of the documentation. */
  static final List<Setting<?>> ALL =
      List.of(
          HOST,
          PORT,
          ELECTION_TIMEOUT,
          SNAPSHOT_INTERVAL,
          SNAPSHOT_LOG_MARGIN,
          IN_FLIGHT_ENTRIES,
          QUEUE_COMMANDS_MAX,
          QUEUE_BYTES_MAX,
          PREFER_LEADER,
          CLI_RPC);

  private RaftSection() {}
}
