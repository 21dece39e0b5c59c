package io.raftwood.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.InMemoryTablet;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeQuery;
import io.raftwood.tree.model.TreeResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The low-level calls (dt-api 4), and what an observer hears. */
class TreeNodesTest {
  private static final Bytes OWNER = Bytes.utf8("owner");

  private final FruitTree tree = new FruitTree();
  private final TreeReplica replica = tree.replica();

  @Test
  void nodesShowTheirSystemProperties() {
    tree.createWith("a", "b", "c", "d", "e");
    NodeId root = replica.root(FruitTree.TREE);
    TreeResult.DownNodes down =
        (TreeResult.DownNodes) replica.ask(new TreeQuery.GetDownNodes(root));
    assertThat(down.nodes()).hasSize(2);
    NodeId left = down.nodes().get(0);
    NodeId right = down.nodes().get(1);
    assertThat(system(root)).containsExactly("fruit", "1", "2", "", "none");
    assertThat(system(left)).containsExactly("fruit", "0", "2", "", "c");
    assertThat(system(right)).containsExactly("fruit", "0", "3", "c", "none");
    assertThat(replica.property(root, "sys.unheard")).isEmpty();
    assertThat(replica.ask(new TreeQuery.GetUpNode(right)))
        .isEqualTo(new TreeResult.UpNode(Optional.of(root)));
    assertThat(replica.ask(new TreeQuery.GetUpNode(root)))
        .isEqualTo(new TreeResult.UpNode(Optional.empty()));
    assertThat(replica.ask(new TreeQuery.GetDownNodes(left)))
        .isEqualTo(new TreeResult.DownNodes(List.of()));
  }

  private List<String> system(NodeId node) {
    return Stream.of("tree", "level", "count", "low", "high")
        .map(name -> replica.property(node, "sys." + name).orElse("none"))
        .toList();
  }

  @Test
  void nodesKeepPropertiesByCompareAndSet() {
    NodeId root = tree.create();
    assertThat(replica.property(root, "owner")).isEmpty();
    assertThat(cas(root, Optional.of(""), "ann")).isEqualTo(new TreeResult.CompareFailed());
    assertThat(cas(root, Optional.empty(), "ann")).isEqualTo(new TreeResult.PropertySet());
    assertThat(cas(root, Optional.empty(), "bob")).isEqualTo(new TreeResult.CompareFailed());
    assertThat(cas(root, Optional.of("ann"), "")).isEqualTo(new TreeResult.PropertySet());
    assertThat(replica.property(root, "owner")).contains("");
  }

  private TreeResult cas(NodeId node, Optional<String> old, String value) {
    return replica.apply(
        new TreeCommand.CasMetaProp(node, OWNER, old.map(Bytes::utf8), Bytes.utf8(value)));
  }

  @Test
  void nodesThatAreUnknownAreSaidToBeSo() {
    NodeId root = tree.create();
    for (NodeId unknown : List.of(new NodeId(root.tree(), 777), new NodeId(5, 1))) {
      TreeResult none = new TreeResult.NoSuchNode();
      assertThat(cas(unknown, Optional.empty(), "x")).isEqualTo(none);
      assertThat(replica.ask(new TreeQuery.GetDownNodes(unknown))).isEqualTo(none);
      assertThat(replica.ask(new TreeQuery.GetUpNode(unknown))).isEqualTo(none);
      assertThat(replica.ask(new TreeQuery.GetMetaProp(unknown, OWNER))).isEqualTo(none);
    }
  }

  @Test
  void anObserverHearsOfCommandsSplitsAndMerges() {
    List<String> heard = new ArrayList<>();
    List<String> results = new ArrayList<>();
    TreeObserver observer =
        new TreeObserver() {
          @Override
          public void applied(TreeCommand command, TreeResult result) {
            results.add(result.getClass().getSimpleName());
          }

          @Override
          public void split(int level) {
            heard.add("split " + level);
          }

          @Override
          public void merged(int level) {
            heard.add("merged " + level);
          }
        };
    TreeReplica observed = new TreeReplica(new InMemoryTablet("g"), new TreeMachine(observer));
    observed.apply(new TreeCommand.Create(FruitTree.TREE, FruitTree.FOUR));
    for (int i = 0; i < 5; i++) {
      Bytes key = Bytes.utf8("k" + i);
      observed.apply(new TreeCommand.Insert(FruitTree.TREE, key, key, Optional.empty()));
    }
    for (int i = 0; i < 5; i++) {
      observed.apply(new TreeCommand.Delete(FruitTree.TREE, Bytes.utf8("k" + i), Optional.empty()));
    }
    assertThat(heard).containsExactly("split 0", "merged 0");
    assertThat(results).hasSize(11).startsWith("Created", "Inserted").endsWith("Deleted");
  }
}
