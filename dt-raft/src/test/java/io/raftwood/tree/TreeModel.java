package io.raftwood.tree;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.Slot;
import io.raftwood.tree.model.Fanout;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeEntry;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.model.TreeLimits;
import io.raftwood.tree.model.TreeQuery;
import io.raftwood.tree.model.TreeResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Trees as plain sorted maps: knows nothing of rows, and of nodes only which are alive. Where an
 * answer names a leaf, a height or a number of nodes, the model says {@link #SOME_LEAF} or 0.
 */
final class TreeModel
    implements TreeCommand.Handler<TreeResult>, TreeQuery.Handler<Optional<TreeResult>> {
  static final NodeId SOME_LEAF = new NodeId(0, 0);

  /** A value and when it was written. */
  record Held(Bytes value, long version) {}

  /** One tree. */
  static final class Tree {
    final long number;
    final NavigableMap<Bytes, Held> entries = new TreeMap<>();
    final Map<Long, Map<Bytes, Bytes>> properties = new TreeMap<>();

    Tree(long number) {
      this.number = number;
    }
  }

  final NavigableMap<TreeId, Tree> trees = new TreeMap<>();
  private final Map<Integer, Long> sequences = new TreeMap<>();
  long revision;

  /** The living tree of that number. */
  Optional<Tree> ofNumber(long number) {
    return trees.values().stream().filter(tree -> tree.number == number).findFirst();
  }

  /** Forgets the properties of nodes that are not among {@code alive}. */
  void keepNodes(TreeId tree, Set<Long> alive) {
    trees.get(tree).properties.keySet().retainAll(alive);
  }

  private Tree newTree(TreeId id) {
    int slot = Slot.of(id.name());
    long sequence = sequences.merge(slot, 1L, Long::sum);
    Tree tree = new Tree(sequence * Slot.COUNT + slot);
    trees.put(id, tree);
    return tree;
  }

  private Optional<Tree> find(TreeId id, Optional<Fanout> creation) {
    if (!trees.containsKey(id) && creation.isPresent()) {
      newTree(id);
    }
    return Optional.ofNullable(trees.get(id));
  }

  private Held held(Bytes value) {
    return new Held(value, revision);
  }

  @Override
  public TreeResult create(TreeCommand.Create command) {
    boolean existed = trees.containsKey(command.tree());
    Tree tree = existed ? trees.get(command.tree()) : newTree(command.tree());
    return new TreeResult.Created(new NodeId(tree.number, 1), existed);
  }

  @Override
  public TreeResult drop(TreeCommand.Drop command) {
    return trees.remove(command.tree()) == null
        ? new TreeResult.NoSuchTree()
        : new TreeResult.Dropped();
  }

  @Override
  public TreeResult insert(TreeCommand.Insert command) {
    Optional<Tree> tree = find(command.tree(), command.creation());
    if (tree.isEmpty()) {
      return new TreeResult.NoSuchTree();
    }
    return tree.get().entries.putIfAbsent(command.key(), held(command.value())) == null
        ? new TreeResult.Inserted(SOME_LEAF)
        : new TreeResult.KeyExists();
  }

  @Override
  public TreeResult delete(TreeCommand.Delete command) {
    Tree tree = trees.get(command.tree());
    if (tree == null) {
      return new TreeResult.NoSuchTree();
    }
    Held held = tree.entries.get(command.key());
    if (command.expected().isPresent()
        && (held == null || !held.value.equals(command.expected().get()))) {
      return new TreeResult.CompareFailed();
    }
    tree.entries.remove(command.key());
    return new TreeResult.Deleted(held != null);
  }

  @Override
  public TreeResult setCas(TreeCommand.SetCas command) {
    boolean adds = command.expected().isEmpty();
    Optional<Tree> tree = find(command.tree(), adds ? command.creation() : Optional.empty());
    if (tree.isEmpty()) {
      return new TreeResult.NoSuchTree();
    }
    Held held = tree.get().entries.get(command.key());
    boolean asExpected =
        adds ? held == null : held != null && held.value.equals(command.expected().get());
    if (!asExpected) {
      return new TreeResult.CompareFailed();
    }
    tree.get().entries.put(command.key(), held(command.value()));
    return new TreeResult.ValueSet();
  }

  /** The caller asks for live nodes only. */
  @Override
  public TreeResult casMetaProp(TreeCommand.CasMetaProp command) {
    Map<Bytes, Bytes> properties =
        ofNumber(command.node().tree())
            .orElseThrow()
            .properties
            .computeIfAbsent(command.node().node(), unused -> new TreeMap<>());
    if (!Optional.ofNullable(properties.get(command.name())).equals(command.expected())) {
      return new TreeResult.CompareFailed();
    }
    properties.put(command.name(), command.value());
    return new TreeResult.PropertySet();
  }

  @Override
  public TreeResult load(TreeCommand.Load command) {
    Optional<Tree> tree = find(command.tree(), command.creation());
    if (tree.isEmpty()) {
      return new TreeResult.NoSuchTree();
    }
    int inserted = 0;
    for (TreeEntry entry : command.entries()) {
      if (tree.get().entries.putIfAbsent(entry.key(), held(entry.value())) == null) {
        inserted++;
      }
    }
    return new TreeResult.Loaded(inserted, command.entries().size() - inserted);
  }

  /** What there is to purge is not the model's business. */
  @Override
  public TreeResult purge(TreeCommand.Purge command) {
    return new TreeResult.Purged(0, false);
  }

  @Override
  public Optional<TreeResult> get(TreeQuery.Get query) {
    Tree tree = trees.get(query.tree());
    if (tree == null) {
      return Optional.of(new TreeResult.NoSuchTree());
    }
    Held held = tree.entries.get(query.key());
    return Optional.of(
        held == null
            ? new TreeResult.Absent()
            : new TreeResult.Found(held.value, held.version, SOME_LEAF));
  }

  @Override
  public Optional<TreeResult> seek(TreeQuery.Seek query) {
    Tree tree = trees.get(query.tree());
    if (tree == null) {
      return Optional.of(new TreeResult.NoSuchTree());
    }
    Bytes previous = tree.entries.lowerKey(query.key());
    Bytes next = tree.entries.higherKey(query.key());
    return Optional.of(
        new TreeResult.Neighbours(
            previous == null ? Bytes.EMPTY : previous,
            next == null ? Bytes.EMPTY : next,
            tree.entries.containsKey(query.key())));
  }

  @Override
  public Optional<TreeResult> range(TreeQuery.Range query) {
    Tree tree = trees.get(query.tree());
    if (tree == null) {
      return Optional.of(new TreeResult.NoSuchTree());
    }
    List<TreeEntry> within = new ArrayList<>();
    NavigableMap<Bytes, Held> walk = query.reverse() ? tree.entries.descendingMap() : tree.entries;
    int sign = query.reverse() ? -1 : 1;
    walk.forEach(
        (key, held) -> {
          boolean started = query.from().isEmpty() || sign * key.compareTo(query.from()) > 0;
          boolean ended = !query.to().isEmpty() && sign * key.compareTo(query.to()) > 0;
          if (started && !ended) {
            within.add(new TreeEntry(key, held.value));
          }
        });
    boolean more = within.size() > query.limit();
    return Optional.of(new TreeResult.Page(more ? within.subList(0, query.limit()) : within, more));
  }

  @Override
  public Optional<TreeResult> getInfo(TreeQuery.GetInfo query) {
    Tree tree = trees.get(query.tree());
    return Optional.of(
        tree == null
            ? new TreeResult.NoSuchTree()
            : new TreeResult.Info(new NodeId(tree.number, 1), 0, tree.entries.size(), 0));
  }

  @Override
  public Optional<TreeResult> listTrees(TreeQuery.ListTrees query) {
    List<TreeId> all =
        trees.keySet().stream().filter(id -> id.name().compareTo(query.from()) > 0).toList();
    boolean more = all.size() > query.limit();
    return Optional.of(new TreeResult.Trees(more ? all.subList(0, query.limit()) : all, more));
  }

  @Override
  public Optional<TreeResult> getRoot(TreeQuery.GetRoot query) {
    Tree tree = trees.get(query.tree());
    return Optional.of(
        tree == null
            ? new TreeResult.NoSuchTree()
            : new TreeResult.Root(new NodeId(tree.number, 1)));
  }

  @Override
  public Optional<TreeResult> getDownNodes(TreeQuery.GetDownNodes query) {
    return Optional.empty();
  }

  @Override
  public Optional<TreeResult> getUpNode(TreeQuery.GetUpNode query) {
    return Optional.empty();
  }

  /** The caller asks for live nodes only. */
  @Override
  public Optional<TreeResult> getMetaProp(TreeQuery.GetMetaProp query) {
    if (TreeLimits.isSystemProperty(query.name())) {
      return Optional.empty();
    }
    Map<Bytes, Bytes> properties =
        ofNumber(query.node().tree())
            .orElseThrow()
            .properties
            .getOrDefault(query.node().node(), Map.of());
    return Optional.of(new TreeResult.Property(Optional.ofNullable(properties.get(query.name()))));
  }
}
