package io.raftwood.server;

import io.raftwood.cluster.FormationPlan;
import io.raftwood.membership.VoterLag;
import io.raftwood.peer.NodeAddress;
import io.raftwood.raft.ProposalSettings;
import io.raftwood.raft.RoomThresholds;
import io.raftwood.raft.jraft.JRaftGroupSettings;
import io.raftwood.server.config.DiskConfig;
import io.raftwood.server.config.Endpoint;
import io.raftwood.server.config.HttpConfig;
import io.raftwood.server.config.HustdbConfig;
import io.raftwood.server.config.RaftConfig;
import io.raftwood.server.config.ServerConfig;
import io.raftwood.server.config.StorageConfig;
import io.raftwood.server.http.AccessSettings;
import io.raftwood.server.http.HttpLimits;
import io.raftwood.server.http.HttpSettings;
import io.raftwood.server.http.HttpTimeouts;
import io.raftwood.server.http.HustdbDialect;
import io.raftwood.server.http.TreeSettings;
import io.raftwood.storage.rocksdb.RocksDbSettings;
import io.raftwood.tree.model.Fanout;
import java.time.Duration;

/** From the operator's configuration to the settings of each part. */
final class ConfigTranslation {
  private static final long SNAPSHOT_LOG_BYTES = 128L << 20;
  private static final long CACHE_SNAPSHOT_LOG_BYTES = 32L << 20;

  /** Measured at 64 connections: 26 commands an entry instead of 14. */
  private static final int FULL_ENTRY_COMMANDS = 128;

  private static final int CATCH_UP_MARGIN = 1_000;

  private ConfigTranslation() {}

  static HttpSettings http(ServerConfig config) {
    HttpConfig http = config.http();
    HttpLimits limits = HttpLimits.DEFAULT;
    HttpTimeouts timeouts = HttpTimeouts.DEFAULT;
    return new HttpSettings(
        http.host(),
        http.port(),
        http.ioThreads(),
        new HttpLimits(
            limits.headBytesMax(),
            limits.headersMax(),
            limits.parametersMax(),
            limits.keyBytesMax(),
            Math.toIntExact(http.bodyMax()),
            http.bytesInFlightMax(),
            http.connectionsMax()),
        new HttpTimeouts(
            timeouts.head(),
            timeouts.keepAlive(),
            http.requestTimeout(),
            timeouts.stall(),
            timeouts.write(),
            timeouts.linger()),
        new HustdbDialect(config.hustdb().strict(), config.hustdb().decodeVal(), true),
        new TreeSettings(
            config.dt().autocreate(), new Fanout(config.dt().leafMax(), config.dt().innerMax())),
        new AccessSettings(
            config.auth().enabled(),
            config.auth().iterations(),
            config.hustdb().publicPem().map(PublicPem::read)),
        config.log().slowRequests());
  }

  static JRaftGroupSettings groups(RaftConfig raft, StorageConfig storage) {
    return new JRaftGroupSettings(
        raft.electionTimeout(),
        raft.snapshotInterval(),
        raft.snapshotLogMargin(),
        SNAPSHOT_LOG_BYTES,
        CATCH_UP_MARGIN,
        storage.flushInterval(),
        new ProposalSettings(raft.inFlightEntries(), FULL_ENTRY_COMMANDS, raft.queueCommandsMax()));
  }

  /** The log of a cache group takes memory: a snapshot cuts it sooner. */
  static JRaftGroupSettings cacheGroups(JRaftGroupSettings data) {
    return new JRaftGroupSettings(
        data.electionTimeout(),
        data.snapshotInterval(),
        data.snapshotLogMargin(),
        CACHE_SNAPSHOT_LOG_BYTES,
        data.catchUpMargin(),
        data.flushInterval(),
        data.proposals());
  }

  static RocksDbSettings storage(StorageConfig storage) {
    return new RocksDbSettings(
        storage.blockCache(),
        storage.writeBuffer(),
        storage.memtable(),
        storage.backgroundThreads());
  }

  static RoomThresholds room(DiskConfig disk) {
    return new RoomThresholds(disk.alarmFree(), disk.minFree(), disk.quota());
  }

  static FormationPlan plan(ServerConfig config) {
    return new FormationPlan(
        config.cluster().dataGroups(),
        config.initialNodes().stream()
            .map(
                node ->
                    new FormationPlan.Node(node.name(), address(node.http()), address(node.raft())))
            .toList());
  }

  static VoterLag.Bounds lagBounds(HustdbConfig hustdb) {
    return new VoterLag.Bounds(hustdb.syncLagEntries(), hustdb.syncLagTime());
  }

  static NodeAddress address(Endpoint endpoint) {
    return new NodeAddress(endpoint.host(), endpoint.port());
  }

  static Duration staleAfter(ServerConfig config) {
    return config.http().staleFallbackAfter();
  }
}
