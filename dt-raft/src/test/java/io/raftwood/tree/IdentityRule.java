package io.raftwood.tree;

import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.structure.RowChecker.Structure;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Invariant 7 between two checks: ids are made by inserts only, few of them; nothing comes back.
 *
 * @param dead all ids that died before; those that died since are added
 * @param oneCommand whether there was one command between the two checks
 */
record IdentityRule(
    Map<TreeId, Structure> before,
    Map<TreeId, Structure> after,
    Set<NodeId> dead,
    boolean oneCommand) {
  void check(TreeCommand command) {
    before.forEach(this::bury);
    after.forEach(
        (id, tree) -> {
          for (long node : tree.nodes()) {
            demand(notDead(tree, node), "a dead id came back");
          }
          if (oneCommand && before.containsKey(id)) {
            checkTree(command, before.get(id), tree);
          }
        });
  }

  private boolean notDead(Structure tree, long node) {
    return !dead.contains(new NodeId(tree.number(), node));
  }

  private void bury(TreeId id, Structure tree) {
    Structure now = after.get(id);
    boolean lives = now != null && now.number() == tree.number();
    for (long node : tree.nodes()) {
      if (!lives || !now.nodes().contains(node)) {
        dead.add(new NodeId(tree.number(), node));
      }
    }
  }

  private void checkTree(TreeCommand command, Structure old, Structure now) {
    demand(old.number() == now.number(), "a tree became another");
    demand(now.nodes().contains(1L), "the root's id is gone");
    demand(old.nextNode() <= now.nextNode(), "node numbers went back");
    Set<Long> made = new TreeSet<>(now.nodes());
    made.removeAll(old.nodes());
    boolean inserts =
        command instanceof TreeCommand.Insert || command instanceof TreeCommand.SetCas;
    if (inserts) {
      demand(now.nodes().containsAll(old.nodes()), "an insert killed a node");
      int most = old.height() + (now.height() > old.height() ? 1 : 0);
      demand(made.size() <= most, "an insert made too many ids");
    } else if (!(command instanceof TreeCommand.Load)) {
      demand(made.isEmpty(), "ids were made");
      boolean kills = command instanceof TreeCommand.Delete;
      demand(kills || now.nodes().equals(old.nodes()), "ids were killed");
    }
  }

  private static void demand(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError(what);
    }
  }
}
