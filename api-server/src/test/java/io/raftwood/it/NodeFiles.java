package io.raftwood.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One node's files: configuration, data, log.
 *
 * @param name the node's name
 * @param directory of all of them
 * @param httpPort loopback port of the HTTP API
 * @param raftPort loopback port of Raft
 */
record NodeFiles(String name, Path directory, int httpPort, int raftPort) {
  private static final String HOST = "127.0.0.1";
  private static final int LOG_LINES_SHOWN = 60;

  /** The data directory. */
  Path data() {
    return directory.resolve("data");
  }

  /** Everything that the node's processes printed. */
  Path log() {
    return directory.resolve("log");
  }

  /** The configuration file. */
  Path config() {
    return directory.resolve("server.yaml");
  }

  /** Where the HTTP API is. */
  InetSocketAddress http() {
    return new InetSocketAddress(HOST, httpPort);
  }

  /** Writes the configuration of this node in a cluster of {@code all}. */
  void writeConfig(ClusterSpec spec, List<NodeFiles> all) throws IOException {
    Files.createDirectories(directory);
    Map<String, String> settings = new TreeMap<>(spec.settings());
    settings.put("node.name", name);
    settings.put("node.data-dir", "'" + data() + "'");
    settings.put("http.host", HOST);
    settings.put("http.port", Integer.toString(httpPort));
    settings.put("raft.host", HOST);
    settings.put("raft.port", Integer.toString(raftPort));
    settings.put("cluster.data-groups", Integer.toString(spec.dataGroups()));
    List<String> lines = new ArrayList<>();
    String section = "";
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      String[] names = setting.getKey().split("\\.", 2);
      if (!names[0].equals(section)) {
        section = names[0];
        lines.add(section + ":");
        if (section.equals("cluster")) {
          lines.addAll(initialNodes(all));
        }
      }
      lines.add("  " + names[1] + ": " + setting.getValue());
    }
    Files.write(config(), lines);
  }

  private static List<String> initialNodes(List<NodeFiles> all) {
    List<String> lines = new ArrayList<>(List.of("  initial-nodes:"));
    for (NodeFiles node : all) {
      lines.add("    - name: " + node.name());
      lines.add("      http: '" + HOST + ":" + node.httpPort() + "'");
      lines.add("      raft: '" + HOST + ":" + node.raftPort() + "'");
    }
    return lines;
  }

  /** The log's last lines, with a heading. */
  String logTail() {
    try {
      List<String> lines = logLines();
      int first = Math.max(0, lines.size() - LOG_LINES_SHOWN);
      return "--- " + name + "\n" + String.join("\n", lines.subList(first, lines.size())) + "\n";
    } catch (UncheckedIOException e) {
      return "--- " + name + ": no log: " + e.getMessage() + "\n";
    }
  }

  /** Every line of the log. */
  List<String> logLines() {
    try {
      return Files.isRegularFile(log()) ? Files.readAllLines(log()) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes the data directory. */
  void wipe() throws IOException {
    if (Files.exists(data())) {
      try (Stream<Path> files = Files.walk(data())) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Copies the data directory to {@code target}, which must not exist; the node must not run. */
  void copyData(Path target) throws IOException {
    copy(data(), target);
  }

  /** Replaces the data directory by a copy of {@code source}; the node must not run. */
  void restoreData(Path source) throws IOException {
    wipe();
    copy(source, data());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
