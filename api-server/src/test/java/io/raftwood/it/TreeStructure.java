package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bytes.Bytes;
import io.raftwood.tree.model.Fanout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The nodes of one tree that nobody changes, walked from the root by the low-level calls, level by
 * level, by several clients at once; checked by the invariants 1 to 5 and 8 of dt-api 6.7.
 */
final class TreeStructure {
  private static final int CLIENTS = 8;
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final ProcessCluster cluster;
  private final String tree;
  private final Map<String, Node> nodes = new ConcurrentHashMap<>();

  /** The nodes of {@code tree}. */
  TreeStructure(ProcessCluster cluster, String tree) {
    this.cluster = cluster;
    this.tree = tree;
  }

  private record Node(
      String id,
      Optional<String> parent,
      int level,
      int count,
      Bytes low,
      Optional<Bytes> high,
      List<String> children) {}

  /**
   * Walks over all nodes and checks them.
   *
   * @param keys what is stored, in order
   * @return what was found, for people
   */
  String check(List<String> keys) throws InterruptedException {
    JSONObject info;
    String root;
    try (TreeCalls calls = new TreeCalls(cluster, 0)) {
      info = calls.untilKnown("info", "tree_id=" + tree, "info").envelope().getJSONObject("data");
      root = calls.untilKnown("getroot", "tree_id=" + tree, "root").data();
    }
    int height = walk(root);
    assertThat(height).isEqualTo(info.getIntValue("height"));
    assertThat(nodes).hasSize(info.getIntValue("nodes"));
    Node top = nodes.get(root);
    assertThat(top.parent).isEmpty();
    assertThat(top.low.isEmpty() && top.high.isEmpty()).as("the root has no bounds").isTrue();
    assertThat(top.level).isEqualTo(height - 1);
    nodes.values().forEach(node -> check(node, node.id.equals(root)));
    long entries = checkCounts(keys);
    assertThat(entries).isEqualTo(info.getLongValue("entries")).isEqualTo(keys.size());
    return "height " + height + ", " + nodes.size() + " nodes, " + entries + " entries";
  }

  /** Reads all nodes; the number of levels. */
  private int walk(String root) throws InterruptedException {
    List<String> level = List.of(root);
    Set<String> met = new HashSet<>(level);
    int levels = 0;
    while (!level.isEmpty()) {
      read(level);
      List<String> below = new ArrayList<>();
      level.forEach(id -> below.addAll(nodes.get(id).children));
      below.forEach(id -> assertThat(met.add(id)).as("node %s is met once", id).isTrue());
      level = below;
      levels++;
    }
    return levels;
  }

  private void read(List<String> ids) throws InterruptedException {
    try (RunningClients clients =
        RunningClients.start(
            CLIENTS,
            number -> {
              try (TreeCalls calls = new TreeCalls(cluster, number)) {
                for (int at = number; at < ids.size(); at += CLIENTS) {
                  nodes.put(ids.get(at), read(calls, ids.get(at)));
                }
              }
            })) {
      clients.finish(LIMIT);
    }
  }

  private static Node read(TreeCalls calls, String id) {
    int level = Integer.parseInt(property(calls, id, "sys.level").orElseThrow());
    return new Node(
        id,
        text(calls, "getupnode", "node_id=" + id),
        level,
        Integer.parseInt(property(calls, id, "sys.count").orElseThrow()),
        Bytes.utf8(property(calls, id, "sys.low").orElseThrow()),
        property(calls, id, "sys.high").map(Bytes::utf8),
        calls
            .untilKnown("getdownnodes", "node_id=" + id, "down")
            .envelope()
            .getJSONArray("data")
            .toList(String.class));
  }

  private static Optional<String> property(TreeCalls calls, String id, String name) {
    return text(calls, "getmetaprop", "node_id=" + id + "&prop_name=" + name);
  }

  private static Optional<String> text(TreeCalls calls, String call, String form) {
    return Optional.ofNullable(calls.untilKnown(call, form, "read").envelope().getString("data"));
  }

  private void check(Node node, boolean root) {
    Fanout fanout = Fanout.DEFAULT;
    boolean leaf = node.level == 0;
    int least = leaf ? fanout.leafMin() : fanout.innerMin();
    int most = leaf ? fanout.leafMax() : fanout.innerMax();
    assertThat(node.count).as("%s", node).isBetween(root ? (leaf ? 0 : 2) : least, most);
    assertThat(node.children).as("%s", node).hasSize(leaf ? 0 : node.count);
    Bytes low = node.low;
    for (int i = 0; i < node.children.size(); i++) {
      Node child = nodes.get(node.children.get(i));
      assertThat(child.parent).as("%s", child).contains(node.id);
      assertThat(child.level).as("%s", child).isEqualTo(node.level - 1);
      assertThat(child.low).as("%s begins where the one before ends", child).isEqualTo(low);
      boolean last = i == node.children.size() - 1;
      assertThat(child.high).as("%s", child).isEqualTo(last ? node.high : child.high);
      if (!last) {
        assertThat(child.high.orElseThrow()).as("%s rises", child).isGreaterThan(low);
        low = child.high.orElseThrow();
      }
    }
  }

  /** Sorts the keys into the leaves' ranges; how many there are. */
  private long checkCounts(List<String> keys) {
    TreeMap<Bytes, Node> leaves = new TreeMap<>();
    nodes.values().stream()
        .filter(node -> node.level == 0)
        .forEach(leaf -> leaves.put(leaf.low, leaf));
    Map<String, Integer> counts = new ConcurrentHashMap<>();
    for (String key : keys) {
      Node leaf = leaves.floorEntry(Bytes.utf8(key)).getValue();
      counts.merge(leaf.id, 1, Integer::sum);
    }
    leaves
        .values()
        .forEach(leaf -> assertThat(counts.get(leaf.id)).as("%s", leaf).isEqualTo(leaf.count));
    return leaves.values().stream().mapToLong(Node::count).sum();
  }
}
