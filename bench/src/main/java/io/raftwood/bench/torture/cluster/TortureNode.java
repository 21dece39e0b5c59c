package io.raftwood.bench.torture.cluster;

import io.raftwood.bench.torture.network.NodeAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/**
 * One node's name, address and files.
 *
 * @param name {@code n1}, {@code n2}, ...
 * @param address where it listens
 * @param directory of its configuration and log
 * @param disk where its data directory is
 */
record TortureNode(String name, NodeAddress address, Path directory, Path disk) {
  private static final int LINES_SHOWN = 15;

  /** Its configuration. */
  Path config() {
    return directory.resolve("server.yaml");
  }

  /** Its data directory. */
  Path data() {
    return disk.resolve("data");
  }

  /** What its wall clock shows, if that can be chosen. */
  Path clock() {
    return directory.resolve("clock");
  }

  /** What its processes print. */
  Path log() {
    return directory.resolve("server.log");
  }

  /** Writes the configuration as one of {@code all}. */
  void write(ClusterShape shape, List<TortureNode> all) throws IOException {
    Files.createDirectories(directory);
    Map<String, String> values = new TreeMap<>(shape.settings());
    values.put("node.name", name);
    values.put("node.data-dir", data().toString());
    values.put("http.host", address.host());
    values.put("http.port", Integer.toString(address.httpPort()));
    values.put("raft.host", address.host());
    values.put("raft.port", Integer.toString(address.raftPort()));
    values.put("cluster.data-groups", Integer.toString(shape.groups()));
    values.put(
        "cluster.initial-nodes",
        all.stream()
            .map(one -> one.name + "=" + one.address.httpText() + "/" + one.address.raftText())
            .collect(Collectors.joining(",")));
    StringBuilder yaml = new StringBuilder("# Written by 'raftwood torture'.\n");
    values.forEach(
        (key, value) ->
            yaml.append(key).append(": '").append(value.replace("'", "''")).append("'\n"));
    Files.writeString(config(), yaml);
  }

  /** The last line of its log behind {@code start} that says why it ended, from there on. */
  Optional<String> lastReason(long start) {
    try (SeekableByteChannel log = Files.newByteChannel(log())) {
      InputStream tail = Channels.newInputStream(log.position(start));
      String text = new String(tail.readAllBytes(), StandardCharsets.ISO_8859_1);
      return text.lines()
          .map(NodeEnd.REASON::matcher)
          .filter(Matcher::find)
          .map(found -> found.group())
          .reduce((first, second) -> second);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The last lines of its log, with a heading. */
  String logTail() {
    try {
      List<String> lines = Files.readAllLines(log(), StandardCharsets.ISO_8859_1);
      int first = Math.max(0, lines.size() - LINES_SHOWN);
      return "--- " + name + "\n" + String.join("\n", lines.subList(first, lines.size())) + "\n";
    } catch (IOException e) {
      return "--- " + name + ": no log: " + e.getMessage() + "\n";
    }
  }
}
