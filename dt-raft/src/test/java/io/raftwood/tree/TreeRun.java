package io.raftwood.tree;

import io.raftwood.bytes.Bytes;
import io.raftwood.tree.model.Fanout;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeEntry;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.model.TreeQuery;
import io.raftwood.tree.model.TreeResult;
import io.raftwood.tree.structure.RowChecker;
import io.raftwood.tree.structure.RowChecker.Structure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Random commands and queries from a seed, against the machine and against {@link TreeModel}. After
 * each checked step every row is checked, ids are compared with those before, and dead ids must
 * stay dead. Failures name seed and step.
 */
final class TreeRun {
  static final TreeId TREE = TreeId.of("t");
  static final TreeId OTHER = TreeId.of("u:%+\uD800\uDC00");
  private static final Bytes[] PROPERTIES = {Bytes.utf8("owner"), Bytes.utf8("\0")};

  private final long seed;
  private final SplittableRandom random;
  private final Fanout fanout;
  private final int checkEvery;
  private final List<Bytes> keys;
  private final TreeModel model = new TreeModel();
  private final TreeReplica replica = new TreeReplica();
  private final Set<NodeId> dead = new LinkedHashSet<>();
  private Map<TreeId, Structure> structure = new TreeMap<>();
  private int step;
  private int deletesIn16 = 4;

  /** Steps over {@code keys} keys, of which every {@code checkEvery}-th is checked fully. */
  TreeRun(long seed, Fanout fanout, int keys, int checkEvery) {
    this.seed = seed;
    this.fanout = fanout;
    this.checkEvery = checkEvery;
    random = new SplittableRandom(seed);
    this.keys = TreeKeys.random(random, keys);
  }

  TreeReplica replica() {
    return replica;
  }

  /** Node ids that died so far. */
  Set<NodeId> dead() {
    return dead;
  }

  TreeModel model() {
    return model;
  }

  SplittableRandom random() {
    return random;
  }

  /** Takes {@code count} steps; {@code every} is called after each. */
  void take(int count, Runnable every) {
    for (int i = 0; i < count; i++) {
      step++;
      try {
        oneStep();
        every.run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(this + ": " + e.getMessage(), e);
      }
    }
  }

  @Override
  public String toString() {
    return "seed " + seed + " step " + step;
  }

  private void oneStep() {
    if (step % 256 == 0) {
      // Trees must grow as well as wither, down to nothing.
      deletesIn16 = random.nextInt(3) == 0 ? 13 : random.nextInt(8);
    }
    if (random.nextInt(8) == 0) {
      replica.commit();
    }
    if (random.nextInt(4) == 0) {
      ask();
    } else {
      apply(command());
    }
  }

  private TreeId tree() {
    return random.nextInt(8) == 0 ? OTHER : TREE;
  }

  private Bytes key() {
    return keys.get(random.nextInt(keys.size()));
  }

  private Bytes point() {
    return random.nextInt(6) == 0 ? Bytes.EMPTY : key();
  }

  private Bytes value() {
    return random.nextInt(4) == 0 ? Bytes.EMPTY : Bytes.utf8("v" + random.nextInt(100));
  }

  /** The stored value, nothing, or something else. */
  private Optional<Bytes> expected(TreeId tree, Bytes key) {
    int kind = random.nextInt(4);
    if (kind == 0 || !model.trees.containsKey(tree)) {
      return Optional.of(value());
    }
    TreeModel.Held held = model.trees.get(tree).entries.get(key);
    return kind == 1 || held == null ? Optional.empty() : Optional.of(held.value());
  }

  private TreeCommand command() {
    int kind = random.nextInt(64);
    TreeId tree = tree();
    Optional<Fanout> creation = random.nextInt(8) == 0 ? Optional.of(fanout) : Optional.empty();
    if (kind == 0) {
      return new TreeCommand.Create(tree, fanout);
    }
    if (kind == 1) {
      return random.nextInt(12) == 0
          ? new TreeCommand.Drop(tree)
          : new TreeCommand.Purge(1 + random.nextInt(2 * keys.size()));
    }
    if (kind <= 6) {
      return setCas(tree, creation);
    }
    if (kind <= 10) {
      return casMetaProp();
    }
    if (kind == 11) {
      TreeEntry[] entries = new TreeEntry[1 + random.nextInt(8)];
      Arrays.setAll(entries, unused -> new TreeEntry(key(), value()));
      return new TreeCommand.Load(tree, List.of(entries), creation);
    }
    Bytes key = key();
    if (random.nextInt(16) < deletesIn16) {
      Optional<Bytes> expected = random.nextInt(4) == 0 ? expected(tree, key) : Optional.empty();
      return new TreeCommand.Delete(tree, key, expected);
    }
    return new TreeCommand.Insert(tree, key, value(), creation);
  }

  private TreeCommand setCas(TreeId tree, Optional<Fanout> creation) {
    Bytes key = key();
    return new TreeCommand.SetCas(tree, key, expected(tree, key), value(), creation);
  }

  private TreeCommand casMetaProp() {
    NodeId node = node();
    Bytes name = PROPERTIES[random.nextInt(PROPERTIES.length)];
    Optional<Bytes> stored =
        model
            .ofNumber(node.tree())
            .map(tree -> tree.properties.getOrDefault(node.node(), Map.of()).get(name));
    Optional<Bytes> expected = random.nextInt(4) == 0 ? Optional.of(value()) : stored;
    return new TreeCommand.CasMetaProp(node, name, expected, value());
  }

  /** A node of the last check, alive or dead; or one that never was. */
  private NodeId node() {
    List<NodeId> nodes = new ArrayList<>();
    for (Structure tree : structure.values()) {
      List<Long> alive = List.copyOf(tree.nodes());
      nodes.add(new NodeId(tree.number(), alive.get(random.nextInt(alive.size()))));
      nodes.add(new NodeId(tree.number(), 1));
    }
    if (!dead.isEmpty() && random.nextInt(8) == 0) {
      nodes.clear();
      dead.stream().skip(random.nextInt(Math.min(dead.size(), 200))).limit(1).forEach(nodes::add);
    }
    if (nodes.isEmpty()) {
      nodes.add(new NodeId(7, random.nextInt(3)));
    }
    return nodes.get(random.nextInt(nodes.size()));
  }

  private boolean isAlive(NodeId node) {
    return structure.values().stream()
        .anyMatch(tree -> tree.number() == node.tree() && tree.nodes().contains(node.node()));
  }

  private void apply(TreeCommand command) {
    model.revision = replica.revision() + 1;
    boolean toDead =
        command instanceof TreeCommand.CasMetaProp cas && (checkEvery > 1 || !isAlive(cas.node()));
    if (toDead && checkEvery > 1) {
      return; // which nodes live is known at checked steps only
    }
    TreeResult expected = toDead ? new TreeResult.NoSuchNode() : command.dispatch(model);
    TreeResult result = replica.apply(command);
    demandEqual(command, withoutStructure(result), expected);
    if (step % checkEvery == 0) {
      check(command, result);
    }
  }

  private void ask() {
    TreeQuery query = query();
    TreeResult result = replica.ask(query);
    Optional<TreeResult> expected = query.dispatch(model);
    demandEqual(query, withoutStructure(result), expected.orElse(result));
    if (checkEvery == 1 && result instanceof TreeResult.Found found) {
      TreeQuery.Get get = (TreeQuery.Get) query;
      demandEqual(query, found.leaf(), structure.get(get.tree()).leafOf(get.key()));
    }
    if (checkEvery == 1 && result instanceof TreeResult.Info info) {
      Structure tree = structure.get(((TreeQuery.GetInfo) query).tree());
      demandEqual(query, info.height(), tree.height());
      demandEqual(query, info.nodes(), (long) tree.nodes().size());
    }
  }

  private TreeQuery query() {
    TreeId tree = tree();
    switch (random.nextInt(8)) {
      case 0:
        return new TreeQuery.GetInfo(tree);
      case 1:
        return new TreeQuery.ListTrees(random.nextBoolean() ? Bytes.EMPTY : TREE.name(), 1);
      case 2:
        return new TreeQuery.GetRoot(tree);
      case 3:
        return metaProp();
      case 4:
        return new TreeQuery.Seek(tree, point());
      case 5:
        int limit = 1 + random.nextInt(12);
        return new TreeQuery.Range(tree, point(), point(), limit, random.nextBoolean());
      default:
        return new TreeQuery.Get(tree, key());
    }
  }

  private TreeQuery metaProp() {
    NodeId node = node();
    return checkEvery == 1 && isAlive(node)
        ? new TreeQuery.GetMetaProp(node, PROPERTIES[random.nextInt(PROPERTIES.length)])
        : new TreeQuery.Seek(tree(), point());
  }

  private static TreeResult withoutStructure(TreeResult result) {
    if (result instanceof TreeResult.Inserted) {
      return new TreeResult.Inserted(TreeModel.SOME_LEAF);
    }
    if (result instanceof TreeResult.Found found) {
      return new TreeResult.Found(found.value(), found.version(), TreeModel.SOME_LEAF);
    }
    if (result instanceof TreeResult.Info info) {
      return new TreeResult.Info(info.root(), 0, info.entries(), 0);
    }
    return result instanceof TreeResult.Purged ? new TreeResult.Purged(0, false) : result;
  }

  private static void demandEqual(Object asked, Object actual, Object expected) {
    if (!actual.equals(expected)) {
      throw new AssertionError(asked + " gave " + actual + ", not " + expected);
    }
  }

  private void check(TreeCommand command, TreeResult result) {
    Map<TreeId, Structure> before = structure;
    structure = RowChecker.check(replica.view());
    demandEqual(command, structure.keySet(), model.trees.keySet());
    structure.forEach((id, tree) -> model.keepNodes(id, tree.nodes()));
    new IdentityRule(before, structure, dead, checkEvery == 1).check(command);
    if (result instanceof TreeResult.Inserted inserted) {
      TreeCommand.Insert insert = (TreeCommand.Insert) command;
      demandEqual(command, inserted.leaf(), structure.get(insert.tree()).leafOf(insert.key()));
    }
  }
}
