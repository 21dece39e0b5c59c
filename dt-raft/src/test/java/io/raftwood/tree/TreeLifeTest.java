package io.raftwood.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.InMemoryTablet;
import io.raftwood.raft.Command;
import io.raftwood.raft.QueryContext;
import io.raftwood.raft.Slot;
import io.raftwood.storage.Keyspace;
import io.raftwood.storage.StorageCursor;
import io.raftwood.tree.model.Fanout;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeEntry;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.model.TreeLimits;
import io.raftwood.tree.model.TreeNumber;
import io.raftwood.tree.model.TreeQuery;
import io.raftwood.tree.model.TreeResult;
import io.raftwood.tree.structure.RowChecker;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Trees come, are listed and go (dt-api 5). */
class TreeLifeTest {
  private static final Bytes OWNER = Bytes.utf8("owner");

  private final FruitTree tree = new FruitTree();
  private final TreeReplica replica = tree.replica();

  @Test
  void creationIsIdempotentAndAnswersTheRoot() {
    TreeResult.Created first = (TreeResult.Created) replica.apply(creation(FruitTree.FOUR));
    assertThat(first.existed()).isFalse();
    assertThat(replica.apply(creation(Fanout.DEFAULT)))
        .isEqualTo(new TreeResult.Created(first.root(), true));
    assertThat(replica.root(FruitTree.TREE)).isEqualTo(first.root());
    assertThat(replica.ask(new TreeQuery.GetInfo(FruitTree.TREE)))
        .isEqualTo(new TreeResult.Info(first.root(), 1, 0, 1));
  }

  private TreeCommand creation(Fanout fanout) {
    return new TreeCommand.Create(FruitTree.TREE, fanout);
  }

  @Test
  void creationGivesANumberThatSaysTheSlot() {
    NodeId root = tree.create();
    assertThat(root.slot()).isEqualTo(Slot.of(FruitTree.TREE.name()));
    assertThat(root).isEqualTo(new NodeId(TreeNumber.of(1, root.slot()), 1));
    assertThat(TreeNumber.SLOTS).isEqualTo(Slot.COUNT);
  }

  @Test
  void creationHappensOnTheWayWhereTheCommandAllowsIt() {
    Bytes key = Bytes.utf8("k");
    Optional<Fanout> creation = Optional.of(FruitTree.FOUR);
    List<TreeCommand> creating =
        List.of(
            new TreeCommand.Insert(TreeId.of("a"), key, key, creation),
            new TreeCommand.SetCas(TreeId.of("b"), key, Optional.empty(), key, creation),
            new TreeCommand.Load(TreeId.of("c"), List.of(new TreeEntry(key, key)), creation));
    creating.forEach(command -> replica.apply(command));
    assertThat(replica.ask(new TreeQuery.ListTrees(Bytes.EMPTY, 10)))
        .isEqualTo(
            new TreeResult.Trees(List.of(TreeId.of("a"), TreeId.of("b"), TreeId.of("c")), false));
  }

  @Test
  void creationDoesNotHappenForASetcasThatExpectsAValue() {
    Bytes key = Bytes.utf8("k");
    Optional<Fanout> creation = Optional.of(FruitTree.FOUR);
    assertThat(
            replica.apply(
                new TreeCommand.SetCas(FruitTree.TREE, key, Optional.of(key), key, creation)))
        .isEqualTo(new TreeResult.NoSuchTree());
    assertThat(replica.ask(new TreeQuery.GetInfo(FruitTree.TREE)))
        .isEqualTo(new TreeResult.NoSuchTree());
  }

  @Test
  void dropsKillTheTreeAtOnceAndItsIdsForEver() {
    tree.createWith("a", "b", "c", "d", "e");
    NodeId old = replica.root(FruitTree.TREE);
    assertThat(replica.apply(new TreeCommand.Drop(FruitTree.TREE)))
        .isEqualTo(new TreeResult.Dropped());
    assertThat(tree.get("a")).isEqualTo(new TreeResult.NoSuchTree());
    assertThat(replica.ask(new TreeQuery.GetDownNodes(old))).isEqualTo(new TreeResult.NoSuchNode());
    NodeId next = tree.create();
    assertThat(next.tree()).isEqualTo(old.tree() + TreeNumber.SLOTS);
    assertThat(tree.get("a")).isEqualTo(new TreeResult.Absent());
    assertThat(replica.ask(new TreeQuery.GetUpNode(old))).isEqualTo(new TreeResult.NoSuchNode());
  }

  @Test
  void dropsLeaveRowsThatPurgesRemoveLittleByLittle() {
    tree.createWith("a", "b", "c", "d", "e");
    NodeId root = replica.root(FruitTree.TREE);
    replica.apply(new TreeCommand.CasMetaProp(root, OWNER, Optional.empty(), OWNER));
    TreePurger purger = new TreePurger();
    assertThat(purger.next(replica.view(), 0)).isEmpty();
    replica.apply(new TreeCommand.Drop(FruitTree.TREE));
    Command asked = purger.next(replica.view(), 0).orElseThrow();
    assertThat(asked.family()).isEqualTo(TreeMachine.FAMILY);

    // 3 nodes, 5 entries, 1 property
    assertThat(purge(4)).isEqualTo(new TreeResult.Purged(4, true));
    replica.commit();
    assertThat(purge(4)).isEqualTo(new TreeResult.Purged(4, true));
    assertThat(purge(4)).isEqualTo(new TreeResult.Purged(1, false));
    assertThat(purge(4)).isEqualTo(new TreeResult.Purged(0, false));
    assertThat(purger.next(replica.view(), 0)).isEmpty();
    assertThat(rows()).as("the slot's counter").isEqualTo(1);
  }

  private TreeResult purge(int limit) {
    return replica.apply(new TreeCommand.Purge(limit));
  }

  @Test
  void dropsOfLargeValuesArePurgedInPiecesOfBoundedBytes() {
    tree.create();
    String large = "x".repeat(TreeLimits.VALUE_BYTES_MAX);
    for (int i = 0; i < 20; i++) {
      tree.insert("k" + i, large);
    }
    replica.apply(new TreeCommand.Drop(FruitTree.TREE));
    TreeResult.Purged first = (TreeResult.Purged) purge(1000);
    assertThat(first.more()).isTrue();
    while (((TreeResult.Purged) purge(1000)).more()) {
      replica.commit();
    }
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void nodesThatDieInMergesLeavePropertiesToThePurge() {
    tree.createWith("a", "b", "c", "d", "e");
    TreeResult.DownNodes down =
        (TreeResult.DownNodes)
            replica.ask(new TreeQuery.GetDownNodes(replica.root(FruitTree.TREE)));
    down.nodes()
        .forEach(
            node ->
                replica.apply(new TreeCommand.CasMetaProp(node, OWNER, Optional.empty(), OWNER)));
    Stream.of("a", "b", "c", "d").forEach(key -> tree.delete(key, Optional.empty()));
    RowChecker.check(replica.view());
    assertThat(purge(100)).isEqualTo(new TreeResult.Purged(2, false));
    assertThat(rows()).as("counter, name, tree, root, entry").isEqualTo(5);
  }

  private int rows() {
    int rows = 0;
    try (StorageCursor cursor = replica.view().scan(Keyspace.TREE.range())) {
      while (cursor.next()) {
        rows++;
      }
    }
    return rows;
  }

  @Test
  void listingsOfGroupsMakeOne() {
    for (String name : List.of("b", "a", "d", "c")) {
      replica.apply(new TreeCommand.Create(TreeId.of(name), FruitTree.FOUR));
    }
    TreeResult.Trees two = list("", 2);
    assertThat(two).isEqualTo(trees(true, "a", "b"));
    assertThat(list("b", 2)).isEqualTo(trees(false, "c", "d"));
    TreeResult.Trees other = trees(false, "aa", "z");
    assertThat(TreeResult.Trees.merge(List.of(two, other), 2)).isEqualTo(trees(true, "a", "aa"));
    assertThat(TreeResult.Trees.merge(List.of(list("", 9), other), 9))
        .isEqualTo(trees(false, "a", "aa", "b", "c", "d", "z"));
    assertThat(TreeResult.Trees.merge(List.of(), 9)).isEqualTo(trees(false));
  }

  private TreeResult.Trees list(String from, int limit) {
    return (TreeResult.Trees) replica.ask(new TreeQuery.ListTrees(Bytes.utf8(from), limit));
  }

  private static TreeResult.Trees trees(boolean more, String... names) {
    return new TreeResult.Trees(Stream.of(names).map(TreeId::of).toList(), more);
  }

  @Test
  void aQueryIsAnsweredFromOneMomentOfATablet() {
    InMemoryTablet tablet = new InMemoryTablet("g");
    TreeReplica onTablet = new TreeReplica(tablet);
    onTablet.apply(new TreeCommand.Create(FruitTree.TREE, FruitTree.FOUR));
    onTablet.commit();
    Bytes query = TreeQueryCodec.encode(new TreeQuery.GetInfo(FruitTree.TREE));
    Bytes answer = new TreeMachine().query(new QueryContext(tablet, 0), query);
    assertThat(TreeResultCodec.decode(answer)).isInstanceOf(TreeResult.Info.class);
    tablet.close(); // would wait for a snapshot that was left open
  }

  @Test
  void heightsAreSurveyedSomeTreesAtATime() {
    TreeHeights heights = new TreeHeights();
    assertThat(heights.next(replica.view(), 0)).isEmpty();
    assertThat(heights.highest()).isZero();
    for (int i = 0; i < 40; i++) {
      replica.apply(new TreeCommand.Create(TreeId.of("t" + i), FruitTree.FOUR));
    }
    heights.next(replica.view(), 0);
    assertThat(heights.highest()).as("not all have been seen").isZero();
    heights.next(replica.view(), 0);
    assertThat(heights.highest()).isEqualTo(1);
    tree.createWith("a", "b", "c", "d", "e");
    heights.next(replica.view(), 0);
    heights.next(replica.view(), 0);
    assertThat(heights.highest()).isEqualTo(2);
  }
}
