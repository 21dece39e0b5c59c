package io.raftwood.tree;

import io.raftwood.bytes.Bytes;
import io.raftwood.tree.model.Fanout;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.model.TreeQuery;
import io.raftwood.tree.model.TreeResult;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One tree of small nodes on a replica of its own, called in short. */
final class FruitTree {
  /** Its name. */
  static final TreeId TREE = TreeId.of("fruit");

  /** Of its nodes. */
  static final Fanout FOUR = new Fanout(4, 4);

  private final TreeReplica replica = new TreeReplica();

  TreeReplica replica() {
    return replica;
  }

  TreeResult insert(String key, String value) {
    return replica.apply(
        new TreeCommand.Insert(TREE, Bytes.utf8(key), Bytes.utf8(value), Optional.empty()));
  }

  TreeResult setCas(String key, Optional<String> old, String value) {
    return replica.apply(
        new TreeCommand.SetCas(
            TREE, Bytes.utf8(key), old.map(Bytes::utf8), Bytes.utf8(value), Optional.empty()));
  }

  TreeResult delete(String key, Optional<String> old) {
    return replica.apply(new TreeCommand.Delete(TREE, Bytes.utf8(key), old.map(Bytes::utf8)));
  }

  TreeResult get(String key) {
    return replica.ask(new TreeQuery.Get(TREE, Bytes.utf8(key)));
  }

  String value(String key) {
    return get(key) instanceof TreeResult.Found found ? found.value().toUtf8() : "none";
  }

  NodeId create() {
    return ((TreeResult.Created) replica.apply(new TreeCommand.Create(TREE, FOUR))).root();
  }

  void createWith(String... keys) {
    create();
    Stream.of(keys).forEach(key -> insert(key, "value of " + key));
  }

  List<String> keys(String from, String to, int limit, boolean reverse) {
    return page(from, to, limit, reverse).entries().stream()
        .map(entry -> entry.key().toUtf8())
        .toList();
  }

  TreeResult.Page page(String from, String to, int limit, boolean reverse) {
    return (TreeResult.Page)
        replica.ask(new TreeQuery.Range(TREE, Bytes.utf8(from), Bytes.utf8(to), limit, reverse));
  }
}
