package io.raftwood.tree;

import io.raftwood.bytes.Bytes;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeEntry;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.model.TreeQuery;
import io.raftwood.tree.model.TreeResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A tree as a client sees it who starts at getroot and follows getdownnodes, asking each node for
 * its parent and its system properties.
 *
 * @param nodes depth first, so leaves are in key order
 * @param info what the info call says
 * @param keys all keys, by range
 */
record TreeWalk(List<Seen> nodes, TreeResult.Info info, List<Bytes> keys) {
  /**
   * One visit of a node.
   *
   * @param above the node it was reached from; absent for the root
   * @param parent what getupnode says
   * @param depth 0 for the root
   */
  record Seen(
      NodeId id,
      Optional<NodeId> above,
      Optional<NodeId> parent,
      List<NodeId> children,
      int depth,
      int level,
      int count,
      Bytes low,
      Optional<Bytes> high) {
    boolean isLeaf() {
      return children.isEmpty();
    }

    boolean holds(Bytes key) {
      return low.compareTo(key) <= 0 && (high.isEmpty() || key.compareTo(high.get()) < 0);
    }
  }

  static TreeWalk of(TreeReplica replica, TreeId tree) {
    List<Seen> nodes = new ArrayList<>();
    visit(replica, replica.root(tree), Optional.empty(), 0, nodes);
    TreeResult.Info info = (TreeResult.Info) replica.ask(new TreeQuery.GetInfo(tree));
    return new TreeWalk(nodes, info, keysOf(replica, tree));
  }

  static Seen see(TreeReplica replica, NodeId id, Optional<NodeId> above, int depth) {
    TreeResult.DownNodes down = (TreeResult.DownNodes) replica.ask(new TreeQuery.GetDownNodes(id));
    TreeResult.UpNode up = (TreeResult.UpNode) replica.ask(new TreeQuery.GetUpNode(id));
    return new Seen(
        id,
        above,
        up.node(),
        down.nodes(),
        depth,
        Integer.parseInt(replica.property(id, "sys.level").orElseThrow()),
        Integer.parseInt(replica.property(id, "sys.count").orElseThrow()),
        replica.bytesOf(id, "sys.low").orElseThrow(),
        replica.bytesOf(id, "sys.high"));
  }

  private static void visit(
      TreeReplica replica, NodeId id, Optional<NodeId> above, int depth, List<Seen> into) {
    Seen seen = see(replica, id, above, depth);
    into.add(seen);
    for (NodeId child : seen.children()) {
      visit(replica, child, Optional.of(id), depth + 1, into);
    }
  }

  private static List<Bytes> keysOf(TreeReplica replica, TreeId tree) {
    List<Bytes> keys = new ArrayList<>();
    Bytes from = Bytes.EMPTY;
    TreeResult.Page page;
    do {
      page =
          (TreeResult.Page) replica.ask(new TreeQuery.Range(tree, from, Bytes.EMPTY, 1000, false));
      page.entries().stream().map(TreeEntry::key).forEach(keys::add);
      from = keys.isEmpty() ? from : keys.get(keys.size() - 1);
    } while (page.more());
    return keys;
  }

  List<Seen> leaves() {
    return nodes.stream().filter(Seen::isLeaf).toList();
  }
}
