package io.raftwood.kv.machine;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageException;
import io.raftwood.storage.StorageView;

/**
 * Counts over ordered rows, level above level, as in a counted B+tree whose nodes are ranges: a
 * node of level 1 covers rows, one of a higher level covers nodes of the level below, from its
 * separator up to the next one's. The first separator of every level is empty, and a separator of a
 * level is one of the level below too. The top level has one node. No rows, no nodes.
 *
 * <p>A node with more than {@link #CHILDREN_MAX} children is split; one without rows is merged with
 * a sibling; sparse ones stay as they are, so a set that has shrunk keeps at most the levels of its
 * largest time. Pure functions over the tablet.
 */
final class RankLevels {
  /** Small, since a page walks about this many nodes at each level. */
  static final int CHILDREN_MAX = 64;

  private static final int FORMAT = 1;
  private static final int NODE_BYTES = 1 + 4 + 8;

  private final Bytes rows;
  private final Bytes nodes;

  /** Counts the rows whose keys begin with {@code rows}, in nodes at keys behind {@code nodes}. */
  RankLevels(Bytes rows, Bytes nodes) {
    this.rows = rows;
    this.nodes = nodes;
  }

  /**
   * Where the row of a rank is.
   *
   * @param place where to begin
   * @param skip rows to pass by from there
   */
  record Start(Bytes place, long skip) {}

  /**
   * A node.
   *
   * @param separator the lowest place that it covers
   * @param children rows or nodes directly below
   * @param members rows below
   */
  private record Node(Bytes separator, int children, long members) {
    Node plus(int moreChildren, long moreMembers) {
      return new Node(separator, children + moreChildren, members + moreMembers);
    }
  }

  /** A row has been added at {@code place}. */
  void inserted(StorageBatch batch, Bytes place) {
    int top = top(batch);
    int moreChildren = 1;
    Node node = new Node(Bytes.EMPTY, 0, 0);
    for (int level = 1; level <= top; level++) {
      node = node(batch, level, place).plus(moreChildren, 1);
      boolean splits = node.children > CHILDREN_MAX;
      if (splits) {
        split(batch, level, node);
      } else {
        put(batch, level, node);
      }
      moreChildren = splits ? 1 : 0;
    }
    if (top == 0) {
      put(batch, 1, node.plus(1, 1));
    } else if (moreChildren == 1) {
      put(batch, top + 1, new Node(Bytes.EMPTY, 2, node.members));
    }
  }

  /** The row at {@code place} has been removed. */
  void removed(StorageBatch batch, Bytes place) {
    int top = top(batch);
    boolean emptied = false;
    for (int level = 1; level <= top; level++) {
      Node node = node(batch, level, place).plus(level == 1 ? -1 : 0, -1);
      put(batch, level, node);
      emptied |= node.members == 0;
    }
    if (emptied) {
      // From above: what a node is merged into decides who the siblings of its child are.
      for (int level = top - 1; level >= 1; level--) {
        mergeIfEmpty(batch, level, place);
      }
      lowerTop(batch, top);
    }
  }

  /** The number of rows below {@code place}. */
  long rank(StorageView view, Bytes place) {
    long rank = 0;
    Bytes from = Bytes.EMPTY;
    for (int level = top(view) - 1; level >= 1; level--) {
      Node covering = new Node(from, 0, 0);
      try (StorageCursor cursor = view.scan(upTo(level, from, place))) {
        while (cursor.next()) {
          rank += covering.members;
          covering = read(level, cursor);
        }
      }
      from = covering.separator;
    }
    try (StorageCursor cursor = view.scan(KeyRange.of(rows.concat(from), rows.concat(place)))) {
      while (cursor.next()) {
        rank++;
      }
    }
    return rank;
  }

  /** Where the row of {@code rank} is; behind all rows if there are fewer. */
  Start find(StorageView view, long rank) {
    int top = top(view);
    if (top == 0) {
      return new Start(Bytes.EMPTY, 0);
    }
    Start start = new Start(Bytes.EMPTY, Math.min(rank, node(view, top, Bytes.EMPTY).members));
    for (int level = top - 1; level >= 1; level--) {
      start = findBelow(view, level, start);
    }
    return start;
  }

  private Start findBelow(StorageView view, int level, Start start) {
    long skip = start.skip;
    Node node = new Node(start.place, 0, 0);
    KeyRange range = new KeyRange(key(level, start.place), KeyRange.prefix(level(level)).to());
    try (StorageCursor cursor = view.scan(range)) {
      while (cursor.next()) {
        skip -= node.members;
        node = read(level, cursor);
        if (skip < node.members) {
          break;
        }
      }
    }
    return new Start(node.separator, skip);
  }

  /** The number of levels; 0 for no rows. */
  private int top(StorageView view) {
    try (StorageCursor cursor = view.scanBackward(KeyRange.prefix(nodes))) {
      return cursor.next() ? cursor.key().at(nodes.length()) : 0;
    }
  }

  /** The node of {@code level} that covers {@code place}. */
  private Node node(StorageView view, int level, Bytes place) {
    return last(view, level, upTo(level, Bytes.EMPTY, place));
  }

  private Node last(StorageView view, int level, KeyRange range) {
    try (StorageCursor cursor = view.scanBackward(range)) {
      if (cursor.next()) {
        return read(level, cursor);
      }
    }
    throw new StorageException("a sorted set has no node at level " + level + ": " + nodes);
  }

  /** Cuts a node in half; its parent is not told. */
  private void split(StorageBatch batch, int level, Node node) {
    int half = node.children / 2;
    long members = 0;
    try (StorageCursor children = batch.scan(children(level, node.separator))) {
      for (int left = half; left > 0 && children.next(); left--) {
        members += level == 1 ? 1 : read(level - 1, children).members;
      }
      children.next();
      Bytes separator = children.key().slice(level == 1 ? rows.length() : nodes.length() + 1);
      put(batch, level, new Node(node.separator, half, members));
      put(batch, level, new Node(separator, node.children - half, node.members - members));
    }
  }

  private void mergeIfEmpty(StorageBatch batch, int level, Bytes place) {
    Node node = node(batch, level, place);
    Node parent = node(batch, level + 1, place);
    if (node.members > 0 || parent.children == 1) {
      return; // an only child of the top: the top goes
    }
    if (node.separator.equals(parent.separator)) {
      Node right = next(batch, level, node.separator);
      batch.delete(key(level, right.separator));
      put(batch, level, node.plus(right.children, right.members));
    } else {
      KeyRange before = KeyRange.of(level(level), key(level, node.separator));
      Node left = last(batch, level, before);
      batch.delete(key(level, node.separator));
      put(batch, level, left.plus(node.children, 0));
    }
    put(batch, level + 1, parent.plus(-1, 0));
  }

  private Node next(StorageView view, int level, Bytes separator) {
    Bytes from = key(level, separator).concat(Bytes.of(0));
    KeyRange behind = new KeyRange(from, KeyRange.prefix(level(level)).to());
    try (StorageCursor cursor = view.scan(behind)) {
      if (cursor.next()) {
        return read(level, cursor);
      }
    }
    throw new StorageException("a sorted set has too few nodes at level " + level + ": " + nodes);
  }

  private void lowerTop(StorageBatch batch, int top) {
    int level = top;
    Node node = node(batch, level, Bytes.EMPTY);
    while (level > 1 && node.children == 1) {
      batch.delete(key(level, Bytes.EMPTY));
      level--;
      node = node(batch, level, Bytes.EMPTY);
    }
    if (node.members == 0) {
      batch.delete(key(level, Bytes.EMPTY));
    }
  }

  private void put(StorageBatch batch, int level, Node node) {
    ByteWriter row = new ByteWriter(NODE_BYTES).u8(FORMAT).u32(node.children).u64(node.members);
    batch.put(key(level, node.separator), row.toBytes());
  }

  private Node read(int level, StorageCursor cursor) {
    Bytes row = cursor.value();
    if (row.length() != NODE_BYTES || row.at(0) != FORMAT) {
      throw new StorageException("not a node of level " + level + ", format 1: " + row);
    }
    ByteReader reader = new ByteReader(row);
    reader.u8();
    Bytes separator = cursor.key().slice(nodes.length() + 1);
    return new Node(separator, reader.u32(), reader.u64());
  }

  /** What a node of {@code level} covers, and all behind it. */
  private KeyRange children(int level, Bytes separator) {
    return level == 1
        ? new KeyRange(rows.concat(separator), KeyRange.prefix(rows).to())
        : new KeyRange(key(level - 1, separator), KeyRange.prefix(level(level - 1)).to());
  }

  /** Nodes from one separator to another, both included. */
  private KeyRange upTo(int level, Bytes from, Bytes to) {
    return KeyRange.of(key(level, from), key(level, to).concat(Bytes.of(0)));
  }

  private Bytes level(int level) {
    return nodes.concat(Bytes.of(level));
  }

  private Bytes key(int level, Bytes separator) {
    return new ByteWriter(nodes.length() + 1 + separator.length())
        .raw(nodes)
        .u8(level)
        .raw(separator)
        .toBytes();
  }
}
