package io.raftwood.tree;

import io.raftwood.bytes.Bytes;
import io.raftwood.tree.model.Fanout;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeEntry;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.model.TreeLimits;
import io.raftwood.tree.model.TreeQuery;
import io.raftwood.tree.model.TreeResult;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Generates commands, queries and results from a seed. */
final class TreeValues {
  private final SplittableRandom random;

  TreeValues(long seed) {
    random = new SplittableRandom(seed);
  }

  SplittableRandom random() {
    return random;
  }

  TreeCommand command() {
    switch (random.nextInt(8)) {
      case 0:
        return new TreeCommand.Create(tree(), fanout());
      case 1:
        return new TreeCommand.Drop(tree());
      case 2:
        return new TreeCommand.Insert(tree(), bytes(1, 40), bytes(0, 300), creation());
      case 3:
        return new TreeCommand.Delete(tree(), bytes(1, 40), optional());
      case 4:
        return new TreeCommand.SetCas(tree(), bytes(1, 40), optional(), bytes(0, 99), creation());
      case 5:
        return new TreeCommand.CasMetaProp(node(), bytes(1, 3), optional(), bytes(0, 300));
      case 6:
        return new TreeCommand.Load(tree(), list(1, this::entry), creation());
      default:
        return new TreeCommand.Purge(1 + random.nextInt(TreeLimits.PURGE_ROWS_MAX));
    }
  }

  TreeQuery query() {
    switch (random.nextInt(9)) {
      case 0:
        return new TreeQuery.Get(tree(), bytes(1, 40));
      case 1:
        return new TreeQuery.Seek(tree(), bytes(0, 40));
      case 2:
        return new TreeQuery.Range(
            tree(), bytes(0, 40), bytes(0, 40), limit(), random.nextBoolean());
      case 3:
        return new TreeQuery.GetInfo(tree());
      case 4:
        return new TreeQuery.ListTrees(bytes(0, 40), limit());
      case 5:
        return new TreeQuery.GetRoot(tree());
      case 6:
        return new TreeQuery.GetDownNodes(node());
      case 7:
        return new TreeQuery.GetUpNode(node());
      default:
        return new TreeQuery.GetMetaProp(node(), bytes(1, 40));
    }
  }

  TreeResult result() {
    return random.nextBoolean() ? resultOfCommand() : resultOfQuery();
  }

  private TreeResult resultOfCommand() {
    switch (random.nextInt(9)) {
      case 0:
        return new TreeResult.Created(node(), random.nextBoolean());
      case 1:
        return new TreeResult.Inserted(node());
      case 2:
        return new TreeResult.Deleted(random.nextBoolean());
      case 3:
        return new TreeResult.Loaded(random.nextInt(4097), random.nextInt(4097));
      case 4:
        return new TreeResult.Purged(random.nextInt(10_001), random.nextBoolean());
      default:
        List<TreeResult> bare =
            List.of(
                new TreeResult.Dropped(),
                new TreeResult.KeyExists(),
                new TreeResult.ValueSet(),
                new TreeResult.PropertySet(),
                new TreeResult.NoSuchTree(),
                new TreeResult.CompareFailed(),
                new TreeResult.NoSuchNode(),
                new TreeResult.Absent());
        return bare.get(random.nextInt(bare.size()));
    }
  }

  private TreeResult resultOfQuery() {
    switch (random.nextInt(9)) {
      case 0:
        return new TreeResult.Found(bytes(0, 300), random.nextLong(), node());
      case 1:
        return new TreeResult.Neighbours(bytes(0, 40), bytes(0, 40), random.nextBoolean());
      case 2:
        return new TreeResult.Page(list(0, this::entry), random.nextBoolean());
      case 3:
        return new TreeResult.Info(node(), 1 + random.nextInt(9), number(), number());
      case 4:
        return new TreeResult.Trees(list(0, this::tree), random.nextBoolean());
      case 5:
        return new TreeResult.Root(node());
      case 6:
        return new TreeResult.DownNodes(list(0, this::node));
      case 7:
        return new TreeResult.UpNode(random.nextBoolean() ? Optional.of(node()) : Optional.empty());
      default:
        return new TreeResult.Property(optional());
    }
  }

  private TreeId tree() {
    return new TreeId(bytes(1, 40));
  }

  private NodeId node() {
    return new NodeId(number(), number());
  }

  private long number() {
    return random.nextLong(Long.MAX_VALUE) >>> random.nextInt(63);
  }

  private TreeEntry entry() {
    return new TreeEntry(bytes(1, 40), bytes(0, 60));
  }

  private Fanout fanout() {
    return new Fanout(4 + random.nextInt(1021), 4 + random.nextInt(1021));
  }

  private Optional<Fanout> creation() {
    return random.nextBoolean() ? Optional.of(fanout()) : Optional.empty();
  }

  private Optional<Bytes> optional() {
    return random.nextBoolean() ? Optional.of(bytes(0, 99)) : Optional.empty();
  }

  private int limit() {
    return 1 + random.nextInt(TreeLimits.PAGE_ENTRIES_MAX);
  }

  private <T> List<T> list(int least, Supplier<T> item) {
    return Stream.generate(item).limit(least + random.nextInt(5)).toList();
  }

  private Bytes bytes(int least, int most) {
    byte[] bytes = new byte[least + random.nextInt(most - least + 1)];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }
}
