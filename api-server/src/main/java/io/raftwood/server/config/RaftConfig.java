package io.raftwood.server.config;

import java.time.Duration;

/**
 * Replication.
 *
 * @param host address that the Raft port binds to and that the other nodes reach it by
 * @param port 1..65535
 * @param electionTimeout silence of a leader after which a new one is elected
 * @param snapshotInterval time between two snapshots of a group
 * @param snapshotLogMargin new log entries below which a timed snapshot is left out
 * @param inFlightEntries log entries of a group that may be on their way
 * @param queueCommandsMax commands that may wait in a group's proposal queue
 * @param queueBytesMax bytes of proposals of all groups that may wait or be on their way
 * @param preferLeader whether leadership returns to each group's first voter
 * @param cliRpc whether clients of JRaft's CliService are answered
 */
public record RaftConfig(
    String host,
    int port,
    Duration electionTimeout,
    Duration snapshotInterval,
    int snapshotLogMargin,
    int inFlightEntries,
    int queueCommandsMax,
    long queueBytesMax,
    boolean preferLeader,
    boolean cliRpc) {
  /** Checks the ranges of {@link Settings}. */
  public RaftConfig {
    RaftSection.HOST.require(host);
    RaftSection.PORT.require(port);
    RaftSection.ELECTION_TIMEOUT.require(electionTimeout);
    RaftSection.SNAPSHOT_INTERVAL.require(snapshotInterval);
    RaftSection.SNAPSHOT_LOG_MARGIN.require(snapshotLogMargin);
    RaftSection.IN_FLIGHT_ENTRIES.require(inFlightEntries);
    RaftSection.QUEUE_COMMANDS_MAX.require(queueCommandsMax);
    RaftSection.QUEUE_BYTES_MAX.require(queueBytesMax);
  }

  /** Host and port together. */
  public Endpoint endpoint() {
    return new Endpoint(host, port);
  }
}
