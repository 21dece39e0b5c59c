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
import io.raftwood.tree.structure.StructureObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract's sections 3 to 5, call by call. */
class TreeMachineTest {
  private static final TreeId TREE = TreeId.of("fruit");
  private static final Fanout FOUR = new Fanout(4, 4);
  private static final Bytes OWNER = Bytes.utf8("owner");

  private final TreeReplica replica = new TreeReplica();

  private TreeResult insert(String key, String value) {
    return replica.apply(
        new TreeCommand.Insert(TREE, Bytes.utf8(key), Bytes.utf8(value), Optional.empty()));
  }

  private TreeResult setCas(String key, Optional<String> old, String value) {
    return replica.apply(
        new TreeCommand.SetCas(
            TREE, Bytes.utf8(key), old.map(Bytes::utf8), Bytes.utf8(value), Optional.empty()));
  }

  private TreeResult delete(String key, Optional<String> old) {
    return replica.apply(new TreeCommand.Delete(TREE, Bytes.utf8(key), old.map(Bytes::utf8)));
  }

  private TreeResult get(String key) {
    return replica.ask(new TreeQuery.Get(TREE, Bytes.utf8(key)));
  }

  private String value(String key) {
    return get(key) instanceof TreeResult.Found found ? found.value().toUtf8() : "none";
  }

  private NodeId create() {
    return ((TreeResult.Created) replica.apply(new TreeCommand.Create(TREE, FOUR))).root();
  }

  private void createWith(String... keys) {
    create();
    Stream.of(keys).forEach(key -> insert(key, "value of " + key));
  }

  @Nested
  class Creation {
    @Test
    void isIdempotentAndAnswersTheRoot() {
      TreeResult.Created first = (TreeResult.Created) replica.apply(creation(FOUR));
      assertThat(first.existed()).isFalse();
      assertThat(replica.apply(creation(Fanout.DEFAULT)))
          .isEqualTo(new TreeResult.Created(first.root(), true));
      assertThat(replica.root(TREE)).isEqualTo(first.root());
      assertThat(replica.ask(new TreeQuery.GetInfo(TREE)))
          .isEqualTo(new TreeResult.Info(first.root(), 1, 0, 1));
    }

    private TreeCommand creation(Fanout fanout) {
      return new TreeCommand.Create(TREE, fanout);
    }

    @Test
    void givesANumberThatSaysTheSlot() {
      NodeId root = create();
      assertThat(root.slot()).isEqualTo(Slot.of(TREE.name()));
      assertThat(root).isEqualTo(new NodeId(TreeNumber.of(1, root.slot()), 1));
      assertThat(TreeNumber.SLOTS).isEqualTo(Slot.COUNT);
    }

    @Test
    void happensOnTheWayWhereTheCommandAllowsIt() {
      Bytes key = Bytes.utf8("k");
      Optional<Fanout> creation = Optional.of(FOUR);
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
    void doesNotHappenForASetcasThatExpectsAValue() {
      Bytes key = Bytes.utf8("k");
      Optional<Fanout> creation = Optional.of(FOUR);
      assertThat(replica.apply(new TreeCommand.SetCas(TREE, key, Optional.of(key), key, creation)))
          .isEqualTo(new TreeResult.NoSuchTree());
      assertThat(replica.ask(new TreeQuery.GetInfo(TREE))).isEqualTo(new TreeResult.NoSuchTree());
    }
  }

  @Test
  void everyCallOnAnUnknownTreeSaysSo() {
    TreeResult none = new TreeResult.NoSuchTree();
    Bytes key = Bytes.utf8("k");
    assertThat(insert("k", "v")).isEqualTo(none);
    assertThat(setCas("k", Optional.empty(), "v")).isEqualTo(none);
    assertThat(delete("k", Optional.empty())).isEqualTo(none);
    assertThat(replica.apply(new TreeCommand.Drop(TREE))).isEqualTo(none);
    assertThat(get("k")).isEqualTo(none);
    assertThat(replica.ask(new TreeQuery.Seek(TREE, key))).isEqualTo(none);
    assertThat(replica.ask(new TreeQuery.Range(TREE, key, key, 1, false))).isEqualTo(none);
    assertThat(replica.ask(new TreeQuery.GetRoot(TREE))).isEqualTo(none);
    assertThat(replica.ask(new TreeQuery.GetInfo(TREE))).isEqualTo(none);
  }

  @Test
  void insertLeavesAStoredValueAsItIs() {
    NodeId root = create();
    assertThat(insert("apple", "red")).isEqualTo(new TreeResult.Inserted(root));
    assertThat(insert("apple", "green")).isEqualTo(new TreeResult.KeyExists());
    assertThat(get("apple")).isEqualTo(new TreeResult.Found(Bytes.utf8("red"), 2, root));
  }

  @Test
  void deleteComparesOnlyWhatItIsGiven() {
    createWith("a");
    assertThat(delete("b", Optional.empty())).isEqualTo(new TreeResult.Deleted(false));
    assertThat(delete("b", Optional.of("x"))).isEqualTo(new TreeResult.CompareFailed());
    assertThat(delete("b", Optional.of(""))).isEqualTo(new TreeResult.CompareFailed());
    assertThat(delete("a", Optional.of("x"))).isEqualTo(new TreeResult.CompareFailed());
    assertThat(delete("a", Optional.of("value of a"))).isEqualTo(new TreeResult.Deleted(true));
    assertThat(get("a")).isEqualTo(new TreeResult.Absent());
  }

  @Test
  void setcasFollowsItsTable() {
    create();
    assertThat(setCas("k", Optional.of(""), "v")).isEqualTo(new TreeResult.CompareFailed());
    assertThat(setCas("k", Optional.empty(), "")).isEqualTo(new TreeResult.ValueSet());
    assertThat(setCas("k", Optional.empty(), "w")).isEqualTo(new TreeResult.CompareFailed());
    assertThat(setCas("k", Optional.of(""), "v")).isEqualTo(new TreeResult.ValueSet());
    assertThat(setCas("k", Optional.of("w"), "x")).isEqualTo(new TreeResult.CompareFailed());
    assertThat(setCas("k", Optional.of("v"), "v")).isEqualTo(new TreeResult.ValueSet());
    assertThat(value("k")).isEqualTo("v");
  }

  @Test
  void versionsNeverRepeatNotEvenAfterADelete() {
    createWith("k");
    long first = ((TreeResult.Found) get("k")).version();
    delete("k", Optional.empty());
    insert("k", "again");
    long second = ((TreeResult.Found) get("k")).version();
    setCas("k", Optional.of("again"), "again");
    long third = ((TreeResult.Found) get("k")).version();
    assertThat(List.of(first, second, third)).containsExactly(2L, 4L, 5L);
  }

  @Test
  void seekFollowsItsTable() {
    createWith("b", "d", "f");
    assertSeek("d", "b", "f", true);
    assertSeek("e", "d", "f", false);
    assertSeek("a", "", "b", false);
    assertSeek("b", "", "d", true);
    assertSeek("f", "d", "", true);
    assertSeek("z", "f", "", false);
    assertSeek("", "", "b", false);
    List.of("b", "f").forEach(key -> delete(key, Optional.empty()));
    assertSeek("d", "", "", true);
    delete("d", Optional.empty());
    assertSeek("d", "", "", false);
  }

  private void assertSeek(String point, String previous, String next, boolean exact) {
    assertThat(replica.ask(new TreeQuery.Seek(TREE, Bytes.utf8(point))))
        .isEqualTo(new TreeResult.Neighbours(Bytes.utf8(previous), Bytes.utf8(next), exact));
  }

  @Test
  void orderIsThatOfUnsignedUtf8() {
    createWith("\uFFFD", "\uD800\uDC00", "z", "\0", "a:b", "a");
    assertThat(keys("", "", 10, false))
        .containsExactly("\0", "a", "a:b", "z", "\uFFFD", "\uD800\uDC00");
  }

  private List<String> keys(String from, String to, int limit, boolean reverse) {
    return page(from, to, limit, reverse).entries().stream()
        .map(entry -> entry.key().toUtf8())
        .toList();
  }

  private TreeResult.Page page(String from, String to, int limit, boolean reverse) {
    return (TreeResult.Page)
        replica.ask(new TreeQuery.Range(TREE, Bytes.utf8(from), Bytes.utf8(to), limit, reverse));
  }

  @Nested
  class Ranges {
    @Test
    void excludeTheirStartAndIncludeTheirEndBothWays() {
      createWith("a", "b", "c", "d");
      assertThat(keys("a", "c", 10, false)).containsExactly("b", "c");
      assertThat(keys("", "b", 10, false)).containsExactly("a", "b");
      assertThat(keys("b", "", 10, false)).containsExactly("c", "d");
      assertThat(keys("c", "a", 10, true)).containsExactly("b", "a");
      assertThat(keys("", "c", 10, true)).containsExactly("d", "c");
      assertThat(keys("c", "", 10, true)).containsExactly("b", "a");
      assertThat(keys("c", "a", 10, false)).isEmpty();
      assertThat(keys("a", "c", 10, true)).isEmpty();
      assertThat(keys("b", "b", 10, false)).isEmpty();
    }

    @Test
    void sayWhetherThereIsMore() {
      createWith("a", "b", "c");
      assertThat(page("", "", 2, false).more()).isTrue();
      assertThat(page("", "", 3, false).more()).isFalse();
      assertThat(page("", "b", 2, false).more()).isFalse();
      assertThat(page("c", "", 2, true).more()).isFalse();
    }

    @Test
    void endAPageBeforeItGrowsTooLarge() {
      create();
      String large = "x".repeat(TreeLimits.VALUE_BYTES_MAX);
      for (int i = 0; i < 6; i++) {
        insert("k" + i, large);
      }
      List<String> read = new ArrayList<>();
      int pages = 0;
      TreeResult.Page page;
      do {
        page = page(read.isEmpty() ? "" : read.get(read.size() - 1), "", 10_000, false);
        page.entries().forEach(entry -> read.add(entry.key().toUtf8()));
        assertThat(page.entries().stream().mapToInt(TreeEntry::bytes).sum())
            .isLessThanOrEqualTo(TreeLimits.PAGE_BYTES_MAX);
        pages++;
      } while (page.more());
      assertThat(read).containsExactly("k0", "k1", "k2", "k3", "k4", "k5");
      assertThat(pages).isEqualTo(2);
    }
  }

  @Nested
  class Loads {
    @Test
    void countWhatTheyAddAndWhatWasThere() {
      createWith("b");
      TreeCommand load =
          new TreeCommand.Load(
              TREE,
              Stream.of("a", "b", "c", "a")
                  .map(key -> new TreeEntry(Bytes.utf8(key), Bytes.utf8("loaded " + key)))
                  .toList(),
              Optional.empty());
      assertThat(replica.apply(load)).isEqualTo(new TreeResult.Loaded(2, 2));
      assertThat(value("b")).isEqualTo("value of b");
      assertThat(value("c")).isEqualTo("loaded c");
    }

    @Test
    void ofTheLargestSizeAreAppliedAtOnce() {
      create();
      List<TreeEntry> entries = new ArrayList<>();
      for (int i = 0; i < TreeLimits.LOAD_ENTRIES_MAX; i++) {
        entries.add(new TreeEntry(Bytes.utf8("key" + i), Bytes.EMPTY));
      }
      assertThat(replica.apply(new TreeCommand.Load(TREE, entries, Optional.empty())))
          .isEqualTo(new TreeResult.Loaded(entries.size(), 0));
      assertThat(RowChecker.check(replica.view()).get(TREE).keys()).isEqualTo(entries.size());
    }
  }

  @Nested
  class Nodes {
    @Test
    void showTheirSystemProperties() {
      createWith("a", "b", "c", "d", "e");
      NodeId root = replica.root(TREE);
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
    void keepPropertiesByCompareAndSet() {
      NodeId root = create();
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
    void thatAreUnknownAreSaidToBeSo() {
      NodeId root = create();
      for (NodeId unknown : List.of(new NodeId(root.tree(), 777), new NodeId(5, 1))) {
        TreeResult none = new TreeResult.NoSuchNode();
        assertThat(cas(unknown, Optional.empty(), "x")).isEqualTo(none);
        assertThat(replica.ask(new TreeQuery.GetDownNodes(unknown))).isEqualTo(none);
        assertThat(replica.ask(new TreeQuery.GetUpNode(unknown))).isEqualTo(none);
        assertThat(replica.ask(new TreeQuery.GetMetaProp(unknown, OWNER))).isEqualTo(none);
      }
    }

    @Test
    void tellAnObserverOfSplitsAndMerges() {
      List<String> heard = new ArrayList<>();
      StructureObserver observer =
          new StructureObserver() {
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
      observed.apply(new TreeCommand.Create(TREE, FOUR));
      for (int i = 0; i < 5; i++) {
        Bytes key = Bytes.utf8("k" + i);
        observed.apply(new TreeCommand.Insert(TREE, key, key, Optional.empty()));
      }
      for (int i = 0; i < 5; i++) {
        observed.apply(new TreeCommand.Delete(TREE, Bytes.utf8("k" + i), Optional.empty()));
      }
      assertThat(heard).containsExactly("split 0", "merged 0");
    }
  }

  @Nested
  class Drops {
    @Test
    void killTheTreeAtOnceAndItsIdsForEver() {
      createWith("a", "b", "c", "d", "e");
      NodeId old = replica.root(TREE);
      assertThat(replica.apply(new TreeCommand.Drop(TREE))).isEqualTo(new TreeResult.Dropped());
      assertThat(get("a")).isEqualTo(new TreeResult.NoSuchTree());
      assertThat(replica.ask(new TreeQuery.GetDownNodes(old)))
          .isEqualTo(new TreeResult.NoSuchNode());
      NodeId next = create();
      assertThat(next.tree()).isEqualTo(old.tree() + TreeNumber.SLOTS);
      assertThat(get("a")).isEqualTo(new TreeResult.Absent());
      assertThat(replica.ask(new TreeQuery.GetUpNode(old))).isEqualTo(new TreeResult.NoSuchNode());
    }

    @Test
    void leaveRowsThatPurgesRemoveLittleByLittle() {
      createWith("a", "b", "c", "d", "e");
      NodeId root = replica.root(TREE);
      replica.apply(new TreeCommand.CasMetaProp(root, OWNER, Optional.empty(), OWNER));
      TreePurger purger = new TreePurger();
      assertThat(purger.next(replica.view(), 0)).isEmpty();
      replica.apply(new TreeCommand.Drop(TREE));
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
    void ofLargeValuesArePurgedInPiecesOfBoundedBytes() {
      create();
      String large = "x".repeat(TreeLimits.VALUE_BYTES_MAX);
      for (int i = 0; i < 20; i++) {
        insert("k" + i, large);
      }
      replica.apply(new TreeCommand.Drop(TREE));
      TreeResult.Purged first = (TreeResult.Purged) purge(1000);
      assertThat(first.more()).isTrue();
      while (((TreeResult.Purged) purge(1000)).more()) {
        replica.commit();
      }
      assertThat(rows()).isEqualTo(1);
    }

    @Test
    void ofNodesInMergesLeavePropertiesToThePurge() {
      createWith("a", "b", "c", "d", "e");
      TreeResult.DownNodes down =
          (TreeResult.DownNodes) replica.ask(new TreeQuery.GetDownNodes(replica.root(TREE)));
      down.nodes()
          .forEach(
              node ->
                  replica.apply(new TreeCommand.CasMetaProp(node, OWNER, Optional.empty(), OWNER)));
      Stream.of("a", "b", "c", "d").forEach(key -> delete(key, Optional.empty()));
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
  }

  @Test
  void listingsOfGroupsMakeOne() {
    for (String name : List.of("b", "a", "d", "c")) {
      replica.apply(new TreeCommand.Create(TreeId.of(name), FOUR));
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
    onTablet.apply(new TreeCommand.Create(TREE, FOUR));
    onTablet.commit();
    Bytes query = TreeQueryCodec.encode(new TreeQuery.GetInfo(TREE));
    Bytes answer = new TreeMachine().query(new QueryContext(tablet, 0), query);
    assertThat(TreeResultCodec.decode(answer)).isInstanceOf(TreeResult.Info.class);
    tablet.close(); // would wait for a snapshot that was left open
  }
}
