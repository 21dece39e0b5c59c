package io.raftwood.server.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads a YAML file into dotted keys.
 *
 * <p>The file is only composed into nodes, never constructed into objects: every scalar stays the
 * text that was written (no octal numbers, no {@code yes}), each node knows its line, and no tag
 * can name a class.
 */
final class YamlFile {
  private static final int CODE_POINTS_MAX = 1 << 20;
  private static final int ALIASES_MAX = 10;
  private static final int DEPTH_MAX = 10;
  private static final Set<String> NODE_KEYS = Set.of("name", "http", "raft");

  private final String fileName;
  private final Map<String, GivenValue> values = new LinkedHashMap<>();

  private YamlFile(String fileName) {
    this.fileName = fileName;
  }

  /**
   * The values of {@code file} by key.
   *
   * @throws ConfigException when the file cannot be read, is not YAML, or has an unknown key
   */
  static Map<String, GivenValue> read(Path file) {
    YamlFile yaml = new YamlFile(file.toString());
    yaml.compose(file).ifPresent(root -> yaml.readSection("", root));
    return yaml.values;
  }

  private Optional<Node> compose(Path file) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(CODE_POINTS_MAX);
    options.setMaxAliasesForCollections(ALIASES_MAX);
    options.setNestingDepthLimit(DEPTH_MAX);
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return Optional.ofNullable(new Yaml(new SafeConstructor(options)).compose(reader));
    } catch (NoSuchFileException e) {
      throw new ConfigException(fileName + ": no such file", e);
    } catch (MarkedYAMLException e) {
      String line = e.getProblemMark() == null ? "" : ":" + (e.getProblemMark().getLine() + 1);
      throw new ConfigException(fileName + line + ": not YAML: " + e.getProblem(), e);
    } catch (YAMLException e) {
      throw new ConfigException(fileName + ": not YAML: " + firstLine(e), e);
    } catch (IOException e) {
      throw new ConfigException(fileName + ": cannot be read: " + firstLine(e), e);
    }
  }

  private void readSection(String prefix, Node node) {
    if (node instanceof ScalarNode scalar && scalar.getValue().isEmpty()) {
      return; // A section whose every line is commented out.
    }
    if (!(node instanceof MappingNode mapping)) {
      String what = prefix.isEmpty() ? "the file" : "'" + prefix + "'";
      throw new ConfigException(at(node) + ": " + what + " must hold keys and values");
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String key = scalarText(tuple.getKeyNode());
      readKey(prefix.isEmpty() ? key : prefix + "." + key, tuple);
    }
  }

  private void readKey(String key, NodeTuple tuple) {
    if (Settings.find(key).isPresent()) {
      GivenValue value = new GivenValue(settingText(tuple.getValueNode()), at(tuple.getKeyNode()));
      GivenValue before = values.put(key, value);
      if (before != null) {
        throw new ConfigException(
            value.origin() + ": '" + key + "' is given twice, first at " + before.origin());
      }
    } else if (isSection(key)) {
      readSection(key, tuple.getValueNode());
    } else {
      throw new ConfigException(
          at(tuple.getKeyNode()) + ": unknown key '" + key + "'" + suggestion(key));
    }
  }

  private static boolean isSection(String key) {
    return Settings.all().stream().anyMatch(setting -> setting.key().startsWith(key + "."));
  }

  private static String suggestion(String key) {
    Set<String> known = Settings.all().stream().map(Setting::key).collect(Collectors.toSet());
    for (Setting<?> setting : Settings.all()) {
      int dot = setting.key().indexOf('.');
      if (dot > 0) {
        known.add(setting.key().substring(0, dot));
      }
    }
    return KeySuggestion.forKey(key, known);
  }

  /** A scalar's text, or a list's items joined by commas; a list is a list of nodes. */
  private String settingText(Node node) {
    if (!(node instanceof SequenceNode sequence)) {
      return scalarText(node);
    }
    List<String> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(item instanceof MappingNode mapping ? nodeText(mapping) : scalarText(item));
    }
    return String.join(",", items);
  }

  private String nodeText(MappingNode mapping) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = scalarText(tuple.getKeyNode());
      if (!NODE_KEYS.contains(key)) {
        throw new ConfigException(
            at(tuple.getKeyNode())
                + ": unknown key '"
                + key
                + "' of a node"
                + KeySuggestion.forKey(key, NODE_KEYS));
      }
      fields.put(key, scalarText(tuple.getValueNode()));
    }
    if (fields.size() < NODE_KEYS.size()) {
      throw new ConfigException(at(mapping) + ": a node needs name, http and raft");
    }
    try {
      Endpoint http = Endpoint.parse(fields.get("http"));
      Endpoint raft = Endpoint.parse(fields.get("raft"));
      return new InitialNode(fields.get("name"), http, raft).toString();
    } catch (ConfigException e) {
      throw new ConfigException(at(mapping) + ": " + e.getMessage(), e);
    }
  }

  private String scalarText(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw new ConfigException(at(node) + ": a single value is wanted here, not a list or section");
  }

  private String at(Node node) {
    return fileName + ":" + (node.getStartMark().getLine() + 1);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
