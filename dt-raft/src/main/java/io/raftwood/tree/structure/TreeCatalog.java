package io.raftwood.tree.structure;

import io.raftwood.bytes.Bytes;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageException;
import io.raftwood.storage.StorageView;
import io.raftwood.tree.model.Fanout;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.model.TreeNumber;
import io.raftwood.tree.model.TreeResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Which trees a group has. Pure functions. */
public final class TreeCatalog {
  private TreeCatalog() {}

  /** The number of the tree of that name. */
  public static OptionalLong find(StorageView view, TreeId id) {
    Optional<TreePlace> place = locate(view, id);
    return place.isPresent() ? OptionalLong.of(place.get().tree()) : OptionalLong.empty();
  }

  /** The tree of that name. */
  public static Optional<TreePlace> locate(StorageView view, TreeId id) {
    return view.get(RowKeys.name(id.name())).map(TreePlace::decode);
  }

  /** The id of a tree's root, the same for as long as the tree lives. */
  public static NodeId rootOf(long tree) {
    return new NodeId(tree, TreeRecord.ROOT);
  }

  /**
   * Creates a tree, empty; there must be none of that name.
   *
   * @param slot the slot that {@code id} belongs to
   * @param revision the group's revision after the command
   * @return the tree's number, never used before
   */
  public static long create(StorageBatch batch, TreeId id, int slot, Fanout fanout, long revision) {
    long tree = TreeNumber.of(nextSequence(batch, slot), slot);
    TreeRecord record = new TreeRecord(id, fanout, revision, TreeCounters.EMPTY);
    batch.put(RowKeys.name(id.name()), new TreePlace(tree, 0).encode());
    batch.put(RowKeys.tree(tree), record.encode());
    batch.put(RowKeys.node(tree, TreeRecord.ROOT), new LeafRow(Bytes.EMPTY, 0).encode());
    return tree;
  }

  private static long nextSequence(StorageBatch batch, int slot) {
    Bytes key = RowKeys.sequence(slot);
    long last = batch.get(key).map(TreeCatalog::number).orElse(0L);
    if (last < 0 || last >= TreeNumber.SEQUENCE_MAX) {
      throw new StorageException("slot " + slot + " has no tree number after " + last);
    }
    batch.put(key, numberRow(last + 1));
    return last + 1;
  }

  /** Removes a tree from the catalogue and asks for the purge of its rows. */
  public static void drop(StorageBatch batch, TreeId id, long tree) {
    batch.delete(RowKeys.name(id.name()));
    batch.delete(RowKeys.tree(tree));
    TreePurge.ask(batch, new NodeId(tree, TreePurge.WHOLE_TREE));
  }

  /**
   * The trees behind {@code from} in byte order of their names.
   *
   * @param from exclusive; empty = from the first
   * @param limit at least 1
   */
  public static TreeResult.Trees list(StorageView view, Bytes from, int limit) {
    KeyRange all = RowKeys.names();
    KeyRange range =
        from.isEmpty() ? all : new KeyRange(RowKeys.name(from).concat(Bytes.of(0)), all.to());
    List<TreeId> trees = new ArrayList<>();
    try (StorageCursor cursor = view.scan(range)) {
      while (cursor.next()) {
        if (trees.size() == limit) {
          return new TreeResult.Trees(trees, true);
        }
        trees.add(new TreeId(RowKeys.nameOf(cursor.key())));
      }
    }
    return new TreeResult.Trees(trees, false);
  }

  /** A tree's figures. */
  public static TreeResult.Info info(StorageView view, long tree) {
    TreeCounters counters = record(view, tree).counters();
    return new TreeResult.Info(
        rootOf(tree), counters.rootLevel() + 1, counters.entries(), counters.nodes());
  }

  /** About how many items a backup of all trees has: their nodes and entries. */
  public static long items(StorageView view) {
    long items = 0;
    try (StorageCursor cursor = view.scan(RowKeys.names())) {
      while (cursor.next()) {
        long tree = TreePlace.decode(cursor.value()).tree();
        TreeCounters counters = record(view, tree).counters();
        items += counters.nodes() + counters.entries();
      }
    }
    return items;
  }

  /** The record of a tree, if it lives. */
  static Optional<TreeRecord> findRecord(StorageView view, long tree) {
    return view.get(RowKeys.tree(tree)).map(TreeRecord::decode);
  }

  /** The record of a tree that the catalogue names. */
  static TreeRecord record(StorageView view, long tree) {
    return findRecord(view, tree)
        .orElseThrow(() -> new StorageException("tree " + tree + " has no row"));
  }

  /** The row of the last sequence of a slot. */
  static Bytes numberRow(long number) {
    return RowFormat.start(1 + Long.BYTES).u64(number).toBytes();
  }

  /** Reads {@link #numberRow}. */
  static long number(Bytes row) {
    return RowFormat.read(
        "tree's number",
        row,
        reader -> {
          long number = reader.u64();
          reader.expectEnd();
          return number;
        });
  }
}
