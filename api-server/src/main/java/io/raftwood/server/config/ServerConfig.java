package io.raftwood.server.config;

import java.util.List;

/**
 * All that one node is told before it starts.
 *
 * @param node who it is
 * @param http its HTTP port
 * @param raft replication
 * @param storage its tablets
 * @param disk what it leaves free
 * @param cluster what the cluster is made of at its birth
 * @param cache its part in the cache
 * @param hustdb how closely the hustdb API follows the original
 * @param auth users of the HTTP port
 * @param dt new trees
 * @param log the log
 */
public record ServerConfig(
    NodeConfig node,
    HttpConfig http,
    RaftConfig raft,
    StorageConfig storage,
    DiskConfig disk,
    ClusterConfig cluster,
    CacheConfig cache,
    HustdbConfig hustdb,
    AuthConfig auth,
    DtConfig dt,
    LogConfig log) {
  /** Checks what no single concern can: who may listen where, and that the node is a member. */
  public ServerConfig {
    if (!node.insecure()) {
      if (!auth.enabled()) {
        requireLoopback(
            HttpSection.HOST,
            http.host(),
            "without auth.enabled whoever reaches the port may read and change everything");
      }
      requireLoopback(
          RaftSection.HOST,
          raft.host(),
          "traffic between nodes has no authentication yet: whoever reaches the port may change"
              + " everything");
    }
    if (!cluster.initialNodes().isEmpty()) {
      requireMember(node.name(), raft.endpoint(), cluster.initialNodes());
    }
  }

  /**
   * The nodes of the cluster at its birth: the configured ones, or this node alone under its
   * listening addresses.
   */
  public List<InitialNode> initialNodes() {
    if (!cluster.initialNodes().isEmpty()) {
      return cluster.initialNodes();
    }
    Endpoint httpEndpoint = new Endpoint(http.host(), http.port());
    return List.of(new InitialNode(node.name(), httpEndpoint, raft.endpoint()));
  }

  private static void requireLoopback(Setting<String> setting, String host, String why) {
    if (!Endpoint.isLoopback(host)) {
      throw new ConfigException(
          setting.key()
              + ": '"
              + host
              + "' is beyond loopback, and "
              + why
              + "; allowed: 127.x.y.z or"
              + " localhost, or any with insecure: true (--insecure)");
    }
  }

  private static void requireMember(String name, Endpoint raft, List<InitialNode> nodes) {
    InitialNode own =
        nodes.stream()
            .filter(node -> node.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new ConfigException(
                        "node.name: '"
                            + name
                            + "' is not in cluster.initial-nodes; allowed: "
                            + String.join(", ", nodes.stream().map(InitialNode::name).toList())));
    if (!own.raft().equals(raft)) {
      throw new ConfigException(
          "raft.host and raft.port: '"
              + raft
              + "' is not this node's raft address in cluster.initial-nodes; allowed: "
              + own.raft());
    }
  }
}
