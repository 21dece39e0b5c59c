package io.raftwood.bench.torture.workload;

import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bench.torture.check.CheckResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The nodes of one tree that nobody changes, read by the low-level calls from the root down, and
 * checked: levels, fill, ranges without gaps, parents, counts, the figures of {@code info}. Keys
 * must be ASCII.
 */
final class TreeShape {
  private static final String NAME = "tree: a B+tree by its nodes";

  private final Session session;
  private final int leafMax;
  private final int innerMax;
  private final Map<String, Node> nodes = new HashMap<>();
  private final List<String> wrong = new ArrayList<>();

  TreeShape(Session session, int leafMax, int innerMax) {
    this.session = session;
    this.leafMax = leafMax;
    this.innerMax = innerMax;
  }

  private record Node(
      String id,
      Optional<String> parent,
      int level,
      int count,
      String low,
      Optional<String> high,
      List<String> children) {
    boolean leaf() {
      return level == 0;
    }
  }

  /** Reads and checks; {@code keys} are what is stored. */
  CheckResult check(List<String> keys) throws IOException {
    JSONObject info = call("info", "tree_id", TreeWorkload.TREE).getJSONObject("data");
    String root = call("getroot", "tree_id", TreeWorkload.TREE).getString("data");
    int height = walk(root);
    expect(height == info.getIntValue("height"), "height " + height + ", info " + info);
    expect(nodes.size() == info.getIntValue("nodes"), nodes.size() + " nodes, info " + info);
    expect(keys.size() == info.getLongValue("entries"), keys.size() + " keys, info " + info);
    Node top = nodes.get(root);
    expect(top.parent.isEmpty(), "the root has a parent: " + top);
    expect(top.low.isEmpty() && top.high.isEmpty(), "the root has bounds: " + top);
    expect(top.level == height - 1, "the root's level: " + top + ", height " + height);
    nodes.values().forEach(node -> check(node, node.id.equals(root)));
    counts(keys);
    String detail =
        "height " + height + ", " + nodes.size() + " nodes, " + keys.size() + " entries";
    return wrong.isEmpty()
        ? CheckResult.passed(NAME, detail)
        : CheckResult.failed(NAME, detail + "; " + String.join("; ", wrong));
  }

  /** Reads all nodes, level by level; the number of levels. */
  private int walk(String root) throws IOException {
    List<String> level = List.of(root);
    int levels = 0;
    while (!level.isEmpty()) {
      List<String> below = new ArrayList<>();
      for (String id : level) {
        Node node = read(id);
        expect(nodes.put(id, node) == null, "node " + id + " is met twice");
        below.addAll(node.children);
      }
      level = nodes.size() > 1_000_000 ? List.of() : below;
      levels++;
    }
    return levels;
  }

  private Node read(String id) throws IOException {
    JSONArray down = call("getdownnodes", "node_id", id).getJSONArray("data");
    return new Node(
        id,
        Optional.ofNullable(call("getupnode", "node_id", id).getString("data")),
        Integer.parseInt(property(id, "sys.level").orElse("-1")),
        Integer.parseInt(property(id, "sys.count").orElse("-1")),
        property(id, "sys.low").orElse(""),
        property(id, "sys.high"),
        down.toList(String.class));
  }

  private Optional<String> property(String id, String name) throws IOException {
    JSONObject answer = call("getmetaprop", "node_id", id, "prop_name", name);
    return Optional.ofNullable(answer.getString("data"));
  }

  private JSONObject call(String name, String... pairs) throws IOException {
    List<JSONObject> answers = new ArrayList<>();
    FinalReads.require(
        name + " " + String.join(" ", pairs),
        () -> {
          TreeAnswer answer = session.tree(session.anyNode(), name, false, Optional.empty(), pairs);
          answers.add(answer.envelope());
          return answer.ok();
        });
    return answers.get(answers.size() - 1);
  }

  private void check(Node node, boolean root) {
    int most = node.leaf() ? leafMax : innerMax;
    int least = node.leaf() ? leafMax / 4 : Math.max(2, innerMax / 4);
    int leastOfRoot = node.leaf() ? 0 : 2;
    expect(node.count <= most && node.count >= (root ? leastOfRoot : least), "fill of " + node);
    expect(node.children.size() == (node.leaf() ? 0 : node.count), "children of " + node);
    String low = node.low;
    for (int i = 0; i < node.children.size(); i++) {
      Node child = nodes.get(node.children.get(i));
      boolean last = i == node.children.size() - 1;
      expect(child.parent.equals(Optional.of(node.id)), "parent of " + child);
      expect(child.level == node.level - 1, "level of " + child);
      expect(child.low.equals(low), child + " does not begin where the one before ends");
      expect(!last || child.high.equals(node.high), child + " does not end where its parent does");
      boolean rises = last || child.high.map(high -> high.compareTo(child.low) > 0).orElse(false);
      expect(rises, child + " does not rise");
      low = child.high.orElse("");
    }
  }

  /** Sorts the keys into the leaves' ranges. */
  private void counts(List<String> keys) {
    TreeMap<String, Node> leaves = new TreeMap<>();
    nodes.values().stream().filter(Node::leaf).forEach(leaf -> leaves.put(leaf.low, leaf));
    Map<String, Integer> counts = new HashMap<>();
    for (String key : keys) {
      Map.Entry<String, Node> leaf = leaves.floorEntry(key);
      if (leaf != null) {
        counts.merge(leaf.getValue().id, 1, Integer::sum);
      }
    }
    leaves
        .values()
        .forEach(leaf -> expect(counts.getOrDefault(leaf.id, 0) == leaf.count, "count of " + leaf));
  }

  private void expect(boolean holds, String otherwise) {
    if (!holds) {
      wrong.add(otherwise);
    }
  }
}
