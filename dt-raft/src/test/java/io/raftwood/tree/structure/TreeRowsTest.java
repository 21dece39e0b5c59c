package io.raftwood.tree.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.GoldenFile;
import io.raftwood.fixtures.InMemoryTablet;
import io.raftwood.fixtures.TotalDecoder;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageException;
import io.raftwood.tree.model.Fanout;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.structure.InnerRow.Child;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TreeRowsTest {
  private static final GoldenFile GOLDEN = GoldenFile.read("tree-rows-1.hex");
  private static final long TREE = 1140;
  private static final NodeId NODE = new NodeId(TREE, 2);
  private static final Bytes KEY = Bytes.utf8("k");
  private static final Bytes VALUE = Bytes.utf8("v1");
  private static final TotalDecoder NODES =
      new TotalDecoder(NodeRow::decode, StorageException.class);

  @Test
  void valuesKeepFormatOneByteForByte() {
    EntryRow entry = new EntryRow(0x44, VALUE);
    assertThat(entry.encode()).isEqualTo(GOLDEN.get("entry"));
    assertThat(EntryRow.decode(GOLDEN.get("entry"))).isEqualTo(entry);
    TreeRecord tree =
        new TreeRecord(
            TreeId.of("t"), new Fanout(64, 32), 5, new TreeCounters(9, 2, 1000, 7, 0x33));
    assertThat(tree.encode()).isEqualTo(GOLDEN.get("tree"));
    assertThat(TreeRecord.decode(GOLDEN.get("tree"))).isEqualTo(tree);
    LeafRow leaf = new LeafRow(KEY, 3);
    assertThat(leaf.encode()).isEqualTo(GOLDEN.get("leaf"));
    assertThat(NodeRow.decode(GOLDEN.get("leaf"))).isEqualTo(leaf);
    InnerRow inner =
        InnerRow.of(
            1,
            List.of(
                new Child(Bytes.EMPTY, 2),
                new Child(Bytes.utf8("ab"), 9),
                new Child(Bytes.utf8("c"), 3)));
    assertThat(inner.encode()).isEqualTo(GOLDEN.get("inner"));
    assertThat(NodeRow.decode(GOLDEN.get("inner"))).isEqualTo(inner);
  }

  @Test
  void keysKeepTheirForm() {
    assertThat(RowKeys.name(Bytes.utf8("t"))).isEqualTo(GOLDEN.get("name-key"));
    assertThat(RowKeys.tree(TREE)).isEqualTo(GOLDEN.get("tree-key"));
    assertThat(RowKeys.node(TREE, 2)).isEqualTo(GOLDEN.get("node-key"));
    assertThat(RowKeys.entry(TREE, KEY)).isEqualTo(GOLDEN.get("entry-key"));
    assertThat(RowKeys.property(NODE, KEY)).isEqualTo(GOLDEN.get("property-key"));
    assertThat(RowKeys.sequence(116)).isEqualTo(GOLDEN.get("sequence-key"));
    assertThat(RowKeys.purge(NODE)).isEqualTo(GOLDEN.get("purge-key"));
    assertThat(RowKeys.purgedOf(GOLDEN.get("purge-key"))).isEqualTo(NODE);
    assertThat(RowKeys.keyOf(GOLDEN.get("entry-key"))).isEqualTo(KEY);
    assertThat(RowKeys.nameOf(GOLDEN.get("name-key"))).isEqualTo(Bytes.utf8("t"));
  }

  @Test
  void rowsThatNoRecordHoldsAreWrittenInTheirForm() {
    InMemoryTablet tablet = new InMemoryTablet("g");
    StorageBatch batch = tablet.newBatch();
    long tree = TreeCatalog.create(batch, TreeId.of("t"), 116, Fanout.DEFAULT, 5);
    NodeProperties.put(batch, NODE, KEY, VALUE);
    TreePurge.ask(batch, NODE);
    assertThat(tree).isEqualTo(TREE);
    for (String name : List.of("name", "sequence", "property", "purge")) {
      assertThat(batch.get(GOLDEN.get(name + "-key"))).as(name).contains(GOLDEN.get(name));
    }
  }

  @Test
  void damagedRowsAreAStorageFault() {
    SplittableRandom random = new SplittableRandom(11);
    Bytes inner = GOLDEN.get("inner");
    for (int length = 0; length < inner.length(); length++) {
      NODES.refuses(inner.slice(0, length));
    }
    NODES.refuses(inner.concat(Bytes.of(0)));
    NODES.survivesDamage(inner, random, 2000);
    NODES.survivesDamage(GOLDEN.get("leaf"), random, 200);
    for (int length = 0; length < 4; length++) {
      NODES.refuses(GOLDEN.get("leaf").slice(0, length));
    }
    for (int length = 0; length < GOLDEN.get("tree").length(); length++) {
      Bytes cut = GOLDEN.get("tree").slice(0, length);
      assertThatThrownBy(() -> TreeRecord.decode(cut)).isInstanceOf(StorageException.class);
    }
    for (int length = 0; length < 10; length++) {
      Bytes cut = GOLDEN.get("entry").slice(0, length);
      assertThatThrownBy(() -> EntryRow.decode(cut)).isInstanceOf(StorageException.class);
    }
  }

  @Test
  void childOfAKeyIsTheLastWhoseSeparatorIsNotAbove() {
    for (int count = 1; count < 40; count++) {
      List<Child> children = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        children.add(new Child(i == 0 ? Bytes.EMPTY : Bytes.of(i * 2), 100 + i));
      }
      InnerRow row = InnerRow.of(1, children);
      assertThat(row.children()).isEqualTo(children);
      for (int key = 1; key < 2 * count + 2; key++) {
        assertThat(row.indexOf(Bytes.of(key))).isEqualTo(Math.min(key / 2, count - 1));
        assertThat(row.indexOf(Bytes.of(key, 0))).isEqualTo(Math.min(key / 2, count - 1));
      }
      assertThat(row.indexOf(Bytes.EMPTY)).isZero();
    }
  }
}
