package io.raftwood.cli.transfer;

import com.alibaba.fastjson2.JSON;
import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.ShownBytes;
import io.raftwood.kv.RecordId;
import io.raftwood.kv.RecordItem;
import io.raftwood.kv.RecordKind;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.structure.TreeItem;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Items as JSON objects, one on a line. Bytes that are not UTF-8 are base64, and their name says
 * so: {@code "value":"hello"}, but {@code "valueBase64":"/wA="}. For one thread.
 */
final class ItemLines {
  /** {@code kind} of a key. */
  static final String KEY = "key";

  /** {@code kind} of a hash's field. */
  static final String FIELD = "field";

  /** {@code kind} of a set's member. */
  static final String MEMBER = "member";

  /** {@code kind} of a sorted set's member. */
  static final String SCORED = "scored";

  /** {@code kind} of a tree. */
  static final String TREE = "tree";

  /** {@code kind} of a tree's entry. */
  static final String ENTRY = "entry";

  private final boolean structure;
  private final Map<Long, Bytes> names = new HashMap<>();

  /** Lines with the nodes of trees and their properties, or without. */
  ItemLines(boolean structure) {
    this.structure = structure;
  }

  /** The tree of that number is called {@code name}: known already when an export goes on. */
  void named(long tree, Bytes name) {
    names.clear();
    names.put(tree, name);
  }

  /** The tree whose parts are being said, as number and name, if any. */
  Optional<Map.Entry<Long, Bytes>> tree() {
    return names.entrySet().stream().findFirst();
  }

  /** A record. */
  static String of(RecordItem item) {
    RecordId id = item.id();
    StringBuilder line = new StringBuilder(128).append("{\"kind\":\"").append(kind(id.kind()));
    line.append('"');
    if (id.kind().inTable()) {
      line.append(',').append(ShownBytes.jsonMember("table", id.table()));
    }
    line.append(',').append(ShownBytes.jsonMember(name(id.kind()), id.name()));
    line.append(",\"version\":").append(item.version());
    line.append(",\"revision\":").append(item.modRevision());
    if (item.expiryMillis() != 0) {
      line.append(",\"expires\":").append(item.expiryMillis());
    }
    if (id.kind() == RecordKind.SORTED_SET_MEMBER) {
      line.append(",\"score\":").append(new ByteReader(item.value()).u64());
    } else if (id.kind() != RecordKind.SET_MEMBER) {
      line.append(',').append(ShownBytes.jsonMember("value", item.value()));
    }
    return line.append('}').toString();
  }

  private static String kind(RecordKind kind) {
    switch (kind) {
      case KEY:
        return KEY;
      case HASH_FIELD:
        return FIELD;
      case SET_MEMBER:
        return MEMBER;
      default:
        return SCORED;
    }
  }

  /** What the name of such a record is called. */
  static String name(RecordKind kind) {
    return kind == RecordKind.SORTED_SET_MEMBER ? MEMBER : kind(kind);
  }

  /** A part of a tree; empty if it is not to be said. */
  Optional<String> of(TreeItem item) {
    if (item instanceof TreeItem.Tree tree) {
      named(tree.root().tree(), tree.id().name());
      return tree.whole() ? Optional.empty() : Optional.of(line(tree));
    }
    if (item instanceof TreeItem.Entry entry) {
      return Optional.of(
          start(ENTRY, entry.tree())
              + ','
              + ShownBytes.jsonMember("key", entry.key())
              + ",\"version\":"
              + entry.version()
              + ','
              + ShownBytes.jsonMember("value", entry.value())
              + '}');
    }
    return structure ? ofStructure(item) : Optional.empty();
  }

  private Optional<String> ofStructure(TreeItem item) {
    if (item instanceof TreeItem.Leaf leaf) {
      return Optional.of(
          start("leaf", leaf.node())
              + ','
              + ShownBytes.jsonMember("low", leaf.low())
              + ",\"count\":"
              + leaf.count()
              + '}');
    }
    if (item instanceof TreeItem.Inner inner) {
      String children =
          inner.children().stream()
              .map(child -> child(inner.node(), child))
              .collect(Collectors.joining(","));
      return Optional.of(
          start("inner", inner.node())
              + ",\"level\":"
              + inner.level()
              + ",\"children\":["
              + children
              + "]}");
    }
    if (item instanceof TreeItem.Property property) {
      return Optional.of(
          start("property", property.node())
              + ','
              + ShownBytes.jsonMember("name", property.name())
              + ','
              + ShownBytes.jsonMember("value", property.value())
              + '}');
    }
    return Optional.empty();
  }

  private static String child(NodeId parent, TreeItem.Child child) {
    return "{\"node\":\""
        + new NodeId(parent.tree(), child.node())
        + "\","
        + ShownBytes.jsonMember("separator", child.separator())
        + '}';
  }

  private String line(TreeItem.Tree tree) {
    String line =
        start(TREE, tree.root().tree())
            + ",\"root\":\""
            + tree.root()
            + "\",\"leafMax\":"
            + tree.fanout().leafMax()
            + ",\"innerMax\":"
            + tree.fanout().innerMax()
            + ",\"revision\":"
            + tree.created()
            + ",\"entries\":"
            + tree.counters().entries();
    String nodes =
        ",\"height\":"
            + (tree.counters().rootLevel() + 1)
            + ",\"nodes\":"
            + tree.counters().nodes()
            + ",\"nextNode\":"
            + tree.counters().nextNode();
    return line + (structure ? nodes : "") + '}';
  }

  private String start(String kind, NodeId node) {
    return start(kind, node.tree()) + ",\"node\":\"" + node + '"';
  }

  private String start(String kind, long tree) {
    Bytes name = names.getOrDefault(tree, Bytes.EMPTY);
    return "{\"kind\":" + JSON.toJSONString(kind) + ',' + ShownBytes.jsonMember("tree", name);
  }
}
