package io.raftwood.cli.tree;

import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.Target;
import java.util.List;
import java.util.Optional;

/**
 * The low-level calls on the nodes of one tree.
 *
 * @param session sends
 * @param options how fresh
 * @param tree the tree's name
 */
record TreeNodeCalls(TreeSession session, TreeReadOptions options, Bytes tree) {
  /** What everything here is about. */
  Target target() {
    return TreeTarget.tree(tree);
  }

  /** The id of the root. */
  String root() {
    return session.send(ofTree("getroot")).getString("data");
  }

  /** The tree's figures. */
  JSONObject info() {
    return session.send(ofTree("info")).getJSONObject("data");
  }

  /** The ids of a node's children in key order; none for a leaf. */
  List<String> children(String node) {
    JSONArray ids = session.send(ofNode("getdownnodes", node)).getJSONArray("data");
    return ids.toList(String.class);
  }

  /** A property. */
  Optional<String> property(String node, String name) {
    CallRequest request = ofNode("getmetaprop", node).withField("prop_name", name);
    return Optional.ofNullable(session.send(request).getString("data"));
  }

  /** A property that is a number. */
  int number(String node, String name) {
    try {
      return Integer.parseInt(property(node, name).orElse(""));
    } catch (NumberFormatException e) {
      throw new JSONException(name + " of " + node + " is no number", e);
    }
  }

  private CallRequest ofTree(String call) {
    return options.request(call, target()).withField("tree_id", tree);
  }

  private CallRequest ofNode(String call, String node) {
    String name = Target.argument(tree);
    Target of =
        new Target(
            "node '" + node + "'", "raftwood tree show " + name, "raftwood tree show " + name);
    return options.request(call, of).withField("node_id", node);
  }
}
