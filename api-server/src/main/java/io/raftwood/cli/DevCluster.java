package io.raftwood.cli;

import io.raftwood.server.config.ClusterConfig;
import io.raftwood.server.config.ClusterSection;
import io.raftwood.server.config.ConfigException;
import io.raftwood.server.config.ConfigLoader;
import io.raftwood.server.config.Endpoint;
import io.raftwood.server.config.HttpSection;
import io.raftwood.server.config.InitialNode;
import io.raftwood.server.config.LogSection;
import io.raftwood.server.config.NodeSection;
import io.raftwood.server.config.RaftSection;
import io.raftwood.server.config.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A development cluster in a directory: for each node {@code n1.yaml}, {@code n1.pid}, {@code
 * n1.log} and the data directory {@code n1}. The YAML files are the only record of its shape.
 *
 * @param nodes in the order of their numbers
 * @param groups data groups
 */
record DevCluster(List<DevNode> nodes, int groups) {
  private static final String HOST = "127.0.0.1";

  /** What this command decides for each node; nobody else may, by flag or by variable. */
  private static final Set<Setting<?>> OWNED =
      Set.of(
          NodeSection.NAME,
          NodeSection.DATA_DIR,
          HttpSection.HOST,
          HttpSection.PORT,
          RaftSection.HOST,
          RaftSection.PORT,
          ClusterSection.INITIAL_NODES,
          ClusterSection.DATA_GROUPS,
          LogSection.FILE);

  /**
   * The shape of a cluster.
   *
   * @param nodes number of nodes
   * @param groups number of data groups
   * @param httpPort of the first node; the others follow
   * @param raftPort of the first node; the others follow
   */
  record Shape(int nodes, int groups, int httpPort, int raftPort) {}

  /**
   * A cluster that does not exist yet.
   *
   * @throws ConfigException when ports or names collide or are out of range
   */
  static DevCluster plan(Path dir, Shape shape) {
    List<DevNode> nodes = new ArrayList<>();
    for (int i = 0; i < shape.nodes(); i++) {
      InitialNode node =
          new InitialNode(
              "n" + (i + 1),
              new Endpoint(HOST, shape.httpPort() + i),
              new Endpoint(HOST, shape.raftPort() + i));
      nodes.add(new DevNode(node, dir));
    }
    new ClusterConfig(Optional.empty(), nodes.stream().map(DevNode::node).toList(), shape.groups());
    return new DevCluster(nodes, shape.groups());
  }

  /**
   * The cluster in {@code dir}, if there is one.
   *
   * @throws ConfigException when its files cannot be used
   */
  static Optional<DevCluster> open(Path dir) {
    Path first = dir.resolve("n1.yaml");
    if (!Files.exists(first)) {
      return Optional.empty();
    }
    ClusterConfig cluster =
        ConfigLoader.load(Optional.of(first), Map.of(), List.of()).config().cluster();
    return Optional.of(
        new DevCluster(
            cluster.initialNodes().stream().map(node -> new DevNode(node, dir)).toList(),
            cluster.dataGroups()));
  }

  /** Its shape, as {@link #plan} takes it. */
  Shape shape() {
    InitialNode first = nodes.get(0).node();
    return new Shape(nodes.size(), groups, first.http().port(), first.raft().port());
  }

  /** The node that {@code text} means: {@code 2} or {@code n2}. */
  Optional<DevNode> find(String text) {
    String name = text.startsWith("n") ? text : "n" + text;
    return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
  }

  /** The variables that would override what a node's file says; its process must not see them. */
  static Set<String> ownedVariables() {
    return OWNED.stream().map(Setting::variable).collect(Collectors.toSet());
  }

  /**
   * Writes every node's file and checks that it can be used.
   *
   * @param environment of the nodes' processes
   * @param flags {@code key=value}, for all nodes
   * @throws ConfigException when a flag or variable cannot be used
   */
  void write(Map<String, String> environment, List<String> flags) {
    for (String flag : flags) {
      String key = flag.split("=", 2)[0].strip();
      if (OWNED.stream().anyMatch(setting -> setting.key().equals(key))) {
        throw new ConfigException("--set: 'raftwood dev' decides '" + key + "' itself");
      }
    }
    ConfigLoader.load(Optional.empty(), Map.of(), flags);
    Map<String, String> visible = new HashMap<>(environment);
    visible.keySet().removeAll(ownedVariables());
    try {
      for (DevNode node : nodes) {
        Files.createDirectories(node.dir());
        Files.writeString(node.configFile(), yaml(node, flags));
        ConfigLoader.load(Optional.of(node.configFile()), visible, List.of());
      }
    } catch (IOException e) {
      throw new CommandFailedException(ExitCode.FAILED, "cannot write the nodes' files: " + e);
    }
  }

  private String yaml(DevNode node, List<String> flags) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put(NodeSection.NAME.key(), node.name());
    values.put(NodeSection.DATA_DIR.key(), node.dataDir().toString());
    values.put(HttpSection.HOST.key(), node.node().http().host());
    values.put(HttpSection.PORT.key(), Integer.toString(node.node().http().port()));
    values.put(RaftSection.HOST.key(), node.node().raft().host());
    values.put(RaftSection.PORT.key(), Integer.toString(node.node().raft().port()));
    values.put(
        ClusterSection.INITIAL_NODES.key(),
        nodes.stream().map(one -> one.node().toString()).collect(Collectors.joining(",")));
    values.put(ClusterSection.DATA_GROUPS.key(), Integer.toString(groups));
    for (String flag : flags) {
      String[] parts = flag.split("=", 2);
      values.put(parts[0].strip(), parts[1].strip());
    }
    StringBuilder yaml = new StringBuilder("# Written by 'raftwood dev' and again by its next.\n");
    values.forEach(
        (key, value) ->
            yaml.append(key).append(": '").append(value.replace("'", "''")).append("'\n"));
    return yaml.toString();
  }

  /** Deletes what the nodes keep, and their files; nothing else in the directory is touched. */
  void delete() {
    try {
      for (DevNode node : nodes) {
        deleteTree(node.dataDir());
        Files.deleteIfExists(node.pidFile());
        Files.deleteIfExists(node.logFile());
      }
      for (DevNode node : nodes) {
        Files.deleteIfExists(node.configFile());
      }
    } catch (IOException | UncheckedIOException e) {
      throw new CommandFailedException(ExitCode.FAILED, "cannot delete the old cluster: " + e);
    }
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
