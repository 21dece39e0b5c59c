package io.raftwood.tree.structure;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageView;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeId;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A group's trees as items: the slots' sequences, then tree by tree in byte order of the names: its
 * beginning, nodes, entries, properties, its end.
 *
 * @param view of one moment
 * @param sink takes an item and says whether to stop behind it
 */
public record TreeDump(StorageView view, Predicate<Bytes> sink) {
  private static final int SEQUENCES = 1;
  private static final int TREES = 2;

  private static final int BEGIN = 0;
  private static final int NODES = 1;
  private static final int ENTRIES = 2;
  private static final int PROPERTIES = 3;
  private static final int DONE = 4;

  /**
   * Where a dump stopped.
   *
   * @param name of the tree; empty = before all
   * @param part of the tree
   * @param row the last row of that part; empty = before all
   */
  private record Place(Bytes name, int part, Bytes row) {
    private static final Place FIRST = new Place(Bytes.EMPTY, DONE, Bytes.EMPTY);

    Bytes encode() {
      ByteWriter writer = new ByteWriter(8 + name.length() + row.length());
      return writer.u8(TREES).sized(name).u8(part).raw(row).toBytes();
    }

    static Place read(ByteReader reader) {
      Place place = new Place(reader.sized(), reader.u8(), reader.rest());
      if (place.part > DONE) {
        throw new MalformedBytesException("a place in part " + place.part + " of a tree");
      }
      return place;
    }
  }

  /**
   * Says the items behind {@code after} (empty = all).
   *
   * @return where it was stopped; empty at the end
   * @throws MalformedBytesException when {@code after} is no place
   */
  public Optional<Bytes> run(Bytes after) {
    if (after.isEmpty() || after.at(0) == SEQUENCES) {
      Optional<Bytes> stop = sequences(after.isEmpty() ? Bytes.EMPTY : after.slice(1));
      return stop.isPresent() ? stop : trees(Place.FIRST);
    }
    ByteReader reader = new ByteReader(after);
    if (reader.u8() != TREES) {
      throw new MalformedBytesException("a place in no trees");
    }
    return trees(Place.read(reader));
  }

  private Optional<Bytes> sequences(Bytes last) {
    return rows(
        RowKeys.sequences(),
        last,
        (key, value) ->
            Optional.of(new TreeItem.Sequence(RowKeys.slotOf(key), TreeCatalog.number(value))),
        key -> Bytes.of(SEQUENCES).concat(key));
  }

  private Optional<Bytes> trees(Place start) {
    Bytes name = start.name;
    if (start.part != DONE) {
      Optional<Bytes> stop = tree(name, start.part, start.row);
      if (stop.isPresent()) {
        return stop;
      }
    }
    for (Optional<Bytes> next = behind(name); next.isPresent(); next = behind(next.get())) {
      Optional<Bytes> stop = tree(next.get(), BEGIN, Bytes.EMPTY);
      if (stop.isPresent()) {
        return stop;
      }
    }
    return Optional.empty();
  }

  private Optional<Bytes> behind(Bytes name) {
    KeyRange all = RowKeys.names();
    Bytes from = name.isEmpty() ? all.from() : RowKeys.name(name).concat(Bytes.of(0));
    try (StorageCursor names = view.scan(new KeyRange(from, all.to()))) {
      return names.next() ? Optional.of(RowKeys.nameOf(names.key())) : Optional.empty();
    }
  }

  private Optional<Bytes> tree(Bytes name, int part, Bytes row) {
    OptionalLong found = TreeCatalog.find(view, new TreeId(name));
    if (found.isEmpty()) {
      // The place is of another view, which still had the tree.
      return Optional.empty();
    }
    long tree = found.getAsLong();
    if (part == BEGIN && sink.test(item(tree, false).encode())) {
      return Optional.of(new Place(name, NODES, Bytes.EMPTY).encode());
    }
    Optional<Bytes> stop = Optional.empty();
    for (int at = Math.max(part, NODES); at <= PROPERTIES && stop.isEmpty(); at++) {
      int present = at;
      stop =
          rows(
              rangeOf(tree, at),
              at == part ? row : Bytes.EMPTY,
              (key, value) -> item(tree, present, key, value),
              key -> new Place(name, present, key).encode());
    }
    if (stop.isEmpty() && sink.test(item(tree, true).encode())) {
      return Optional.of(new Place(name, DONE, Bytes.EMPTY).encode());
    }
    return stop;
  }

  private static KeyRange rangeOf(long tree, int part) {
    switch (part) {
      case NODES:
        return RowKeys.nodes(tree);
      case ENTRIES:
        return RowKeys.entries(tree);
      default:
        return RowKeys.properties(tree);
    }
  }

  private TreeItem.Tree item(long tree, boolean whole) {
    TreeRecord record = TreeCatalog.record(view, tree);
    return new TreeItem.Tree(
        TreeCatalog.rootOf(tree),
        whole,
        record.id(),
        record.fanout(),
        record.created(),
        record.counters());
  }

  private Optional<TreeItem> item(long tree, int part, Bytes key, Bytes value) {
    switch (part) {
      case NODES:
        return Optional.of(node(new NodeId(tree, RowKeys.nodeOf(key)), NodeRow.decode(value)));
      case ENTRIES:
        EntryRow entry = EntryRow.decode(value);
        return Optional.of(
            new TreeItem.Entry(tree, RowKeys.keyOf(key), entry.version(), entry.value()));
      default:
        return property(new NodeId(tree, RowKeys.nodeOf(key)), key, value);
    }
  }

  /** The properties of a node that died wait for a purge; nothing reads them. */
  private Optional<TreeItem> property(NodeId node, Bytes key, Bytes value) {
    return NodeView.lives(view, node)
        ? Optional.of(
            new TreeItem.Property(node, RowKeys.propertyNameOf(key), NodeProperties.value(value)))
        : Optional.empty();
  }

  private static TreeItem node(NodeId id, NodeRow row) {
    if (row instanceof InnerRow inner) {
      return new TreeItem.Inner(
          id,
          inner.level(),
          inner.children().stream()
              .map(child -> new TreeItem.Child(child.node(), child.separator()))
              .toList());
    }
    return new TreeItem.Leaf(id, row.low(), row.count());
  }

  /** Says the rows of {@code range} behind {@code last}; where it was stopped. */
  private Optional<Bytes> rows(
      KeyRange range,
      Bytes last,
      BiFunction<Bytes, Bytes, Optional<TreeItem>> toItem,
      UnaryOperator<Bytes> toPlace) {
    Bytes next = last.concat(Bytes.of(0));
    KeyRange rest = next.compareTo(range.from()) <= 0 ? range : new KeyRange(next, range.to());
    if (rest.isEmpty()) {
      return Optional.empty();
    }
    try (StorageCursor rows = view.scan(rest)) {
      while (rows.next()) {
        Optional<TreeItem> item = toItem.apply(rows.key(), rows.value());
        if (item.isPresent() && sink.test(item.get().encode())) {
          return Optional.of(toPlace.apply(rows.key()));
        }
      }
    }
    return Optional.empty();
  }
}
