package io.raftwood.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeEntry;
import io.raftwood.tree.model.TreeLimits;
import io.raftwood.tree.model.TreeQuery;
import io.raftwood.tree.model.TreeResult;
import io.raftwood.tree.structure.RowChecker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The calls on one entry (dt-api 3 and 5), and loads. */
class TreeEntriesTest {
  private final FruitTree tree = new FruitTree();
  private final TreeReplica replica = tree.replica();

  @Test
  void everyCallOnAnUnknownTreeSaysSo() {
    TreeResult none = new TreeResult.NoSuchTree();
    Bytes key = Bytes.utf8("k");
    assertThat(tree.insert("k", "v")).isEqualTo(none);
    assertThat(tree.setCas("k", Optional.empty(), "v")).isEqualTo(none);
    assertThat(tree.delete("k", Optional.empty())).isEqualTo(none);
    assertThat(replica.apply(new TreeCommand.Drop(FruitTree.TREE))).isEqualTo(none);
    assertThat(tree.get("k")).isEqualTo(none);
    assertThat(replica.ask(new TreeQuery.Seek(FruitTree.TREE, key))).isEqualTo(none);
    assertThat(replica.ask(new TreeQuery.Range(FruitTree.TREE, key, key, 1, false)))
        .isEqualTo(none);
    assertThat(replica.ask(new TreeQuery.GetRoot(FruitTree.TREE))).isEqualTo(none);
    assertThat(replica.ask(new TreeQuery.GetInfo(FruitTree.TREE))).isEqualTo(none);
  }

  @Test
  void insertLeavesAStoredValueAsItIs() {
    NodeId root = tree.create();
    assertThat(tree.insert("apple", "red")).isEqualTo(new TreeResult.Inserted(root));
    assertThat(tree.insert("apple", "green")).isEqualTo(new TreeResult.KeyExists());
    assertThat(tree.get("apple")).isEqualTo(new TreeResult.Found(Bytes.utf8("red"), 2, root));
  }

  @Test
  void deleteComparesOnlyWhatItIsGiven() {
    tree.createWith("a");
    assertThat(tree.delete("b", Optional.empty())).isEqualTo(new TreeResult.Deleted(false));
    assertThat(tree.delete("b", Optional.of("x"))).isEqualTo(new TreeResult.CompareFailed());
    assertThat(tree.delete("b", Optional.of(""))).isEqualTo(new TreeResult.CompareFailed());
    assertThat(tree.delete("a", Optional.of("x"))).isEqualTo(new TreeResult.CompareFailed());
    assertThat(tree.delete("a", Optional.of("value of a"))).isEqualTo(new TreeResult.Deleted(true));
    assertThat(tree.get("a")).isEqualTo(new TreeResult.Absent());
  }

  @Test
  void setcasFollowsItsTable() {
    tree.create();
    assertThat(tree.setCas("k", Optional.of(""), "v")).isEqualTo(new TreeResult.CompareFailed());
    assertThat(tree.setCas("k", Optional.empty(), "")).isEqualTo(new TreeResult.ValueSet());
    assertThat(tree.setCas("k", Optional.empty(), "w")).isEqualTo(new TreeResult.CompareFailed());
    assertThat(tree.setCas("k", Optional.of(""), "v")).isEqualTo(new TreeResult.ValueSet());
    assertThat(tree.setCas("k", Optional.of("w"), "x")).isEqualTo(new TreeResult.CompareFailed());
    assertThat(tree.setCas("k", Optional.of("v"), "v")).isEqualTo(new TreeResult.ValueSet());
    assertThat(tree.value("k")).isEqualTo("v");
  }

  @Test
  void versionsNeverRepeatNotEvenAfterADelete() {
    tree.createWith("k");
    long first = ((TreeResult.Found) tree.get("k")).version();
    tree.delete("k", Optional.empty());
    tree.insert("k", "again");
    long second = ((TreeResult.Found) tree.get("k")).version();
    tree.setCas("k", Optional.of("again"), "again");
    long third = ((TreeResult.Found) tree.get("k")).version();
    assertThat(List.of(first, second, third)).containsExactly(2L, 4L, 5L);
  }

  @Test
  void seekFollowsItsTable() {
    tree.createWith("b", "d", "f");
    assertSeek("d", "b", "f", true);
    assertSeek("e", "d", "f", false);
    assertSeek("a", "", "b", false);
    assertSeek("b", "", "d", true);
    assertSeek("f", "d", "", true);
    assertSeek("z", "f", "", false);
    assertSeek("", "", "b", false);
    List.of("b", "f").forEach(key -> tree.delete(key, Optional.empty()));
    assertSeek("d", "", "", true);
    tree.delete("d", Optional.empty());
    assertSeek("d", "", "", false);
  }

  private void assertSeek(String point, String previous, String next, boolean exact) {
    assertThat(replica.ask(new TreeQuery.Seek(FruitTree.TREE, Bytes.utf8(point))))
        .isEqualTo(new TreeResult.Neighbours(Bytes.utf8(previous), Bytes.utf8(next), exact));
  }

  @Test
  void orderIsThatOfUnsignedUtf8() {
    tree.createWith("\uFFFD", "\uD800\uDC00", "z", "\0", "a:b", "a");
    assertThat(tree.keys("", "", 10, false))
        .containsExactly("\0", "a", "a:b", "z", "\uFFFD", "\uD800\uDC00");
  }

  @Test
  void aLoadCountsWhatItAddsAndWhatWasThere() {
    tree.createWith("b");
    TreeCommand load =
        new TreeCommand.Load(
            FruitTree.TREE,
            Stream.of("a", "b", "c", "a")
                .map(key -> new TreeEntry(Bytes.utf8(key), Bytes.utf8("loaded " + key)))
                .toList(),
            Optional.empty());
    assertThat(replica.apply(load)).isEqualTo(new TreeResult.Loaded(2, 2));
    assertThat(tree.value("b")).isEqualTo("value of b");
    assertThat(tree.value("c")).isEqualTo("loaded c");
  }

  @Test
  void aLoadOfTheLargestSizeIsAppliedAtOnce() {
    tree.create();
    List<TreeEntry> entries = new ArrayList<>();
    for (int i = 0; i < TreeLimits.LOAD_ENTRIES_MAX; i++) {
      entries.add(new TreeEntry(Bytes.utf8("key" + i), Bytes.EMPTY));
    }
    assertThat(replica.apply(new TreeCommand.Load(FruitTree.TREE, entries, Optional.empty())))
        .isEqualTo(new TreeResult.Loaded(entries.size(), 0));
    assertThat(RowChecker.check(replica.view()).get(FruitTree.TREE).keys())
        .isEqualTo(entries.size());
  }
}
