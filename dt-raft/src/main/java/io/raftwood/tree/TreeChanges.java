package io.raftwood.tree;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.ApplyContext;
import io.raftwood.raft.Slot;
import io.raftwood.storage.StorageBatch;
import io.raftwood.tree.model.Fanout;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeEntry;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.model.TreeResult;
import io.raftwood.tree.structure.EntryRow;
import io.raftwood.tree.structure.NodeProperties;
import io.raftwood.tree.structure.NodeView;
import io.raftwood.tree.structure.OrderedTree;
import io.raftwood.tree.structure.StructureObserver;
import io.raftwood.tree.structure.TreeCatalog;
import io.raftwood.tree.structure.TreePurge;
import java.util.Optional;
import java.util.OptionalLong;

/** What each command does, in the batch of its entry. */
record TreeChanges(ApplyContext context, StructureObserver observer)
    implements TreeCommand.Handler<TreeResult> {
  @Override
  public TreeResult create(TreeCommand.Create command) {
    OptionalLong known = TreeCatalog.find(batch(), command.tree());
    long tree = known.isPresent() ? known.getAsLong() : create(command.tree(), command.fanout());
    return new TreeResult.Created(TreeCatalog.rootOf(tree), known.isPresent());
  }

  @Override
  public TreeResult drop(TreeCommand.Drop command) {
    OptionalLong tree = TreeCatalog.find(batch(), command.tree());
    if (tree.isEmpty()) {
      return new TreeResult.NoSuchTree();
    }
    TreeCatalog.drop(batch(), command.tree(), tree.getAsLong());
    return new TreeResult.Dropped();
  }

  @Override
  public TreeResult insert(TreeCommand.Insert command) {
    Optional<OrderedTree> tree = findOrCreate(command.tree(), command.creation());
    if (tree.isEmpty()) {
      return new TreeResult.NoSuchTree();
    }
    Optional<NodeId> leaf = tree.get().insert(command.key(), entry(command.value()));
    tree.get().save();
    return leaf.isPresent() ? new TreeResult.Inserted(leaf.get()) : new TreeResult.KeyExists();
  }

  @Override
  public TreeResult delete(TreeCommand.Delete command) {
    Optional<OrderedTree> tree = find(command.tree());
    if (tree.isEmpty()) {
      return new TreeResult.NoSuchTree();
    }
    Optional<Bytes> stored = tree.get().value(command.key());
    if (command.expected().isPresent() && !stored.equals(command.expected())) {
      return new TreeResult.CompareFailed();
    }
    if (stored.isPresent()) {
      tree.get().delete(command.key());
      tree.get().save();
    }
    return new TreeResult.Deleted(stored.isPresent());
  }

  @Override
  public TreeResult setCas(TreeCommand.SetCas command) {
    boolean adds = command.expected().isEmpty();
    Optional<OrderedTree> tree =
        findOrCreate(command.tree(), adds ? command.creation() : Optional.empty());
    if (tree.isEmpty()) {
      return new TreeResult.NoSuchTree();
    }
    if (!tree.get().value(command.key()).equals(command.expected())) {
      return new TreeResult.CompareFailed();
    }
    if (adds) {
      tree.get().insert(command.key(), entry(command.value()));
    } else {
      tree.get().replace(command.key(), entry(command.value()));
    }
    tree.get().save();
    return new TreeResult.ValueSet();
  }

  @Override
  public TreeResult casMetaProp(TreeCommand.CasMetaProp command) {
    NodeId node = command.node();
    if (!NodeView.lives(batch(), node)) {
      return new TreeResult.NoSuchNode();
    }
    if (!NodeProperties.find(batch(), node, command.name()).equals(command.expected())) {
      return new TreeResult.CompareFailed();
    }
    NodeProperties.put(batch(), node, command.name(), command.value());
    return new TreeResult.PropertySet();
  }

  @Override
  public TreeResult load(TreeCommand.Load command) {
    Optional<OrderedTree> tree = findOrCreate(command.tree(), command.creation());
    if (tree.isEmpty()) {
      return new TreeResult.NoSuchTree();
    }
    int inserted = 0;
    for (TreeEntry entry : command.entries()) {
      if (tree.get().insert(entry.key(), entry(entry.value())).isPresent()) {
        inserted++;
      }
    }
    tree.get().save();
    return new TreeResult.Loaded(inserted, command.entries().size() - inserted);
  }

  @Override
  public TreeResult purge(TreeCommand.Purge command) {
    return TreePurge.run(batch(), command.limit());
  }

  private Optional<OrderedTree> find(TreeId id) {
    return findOrCreate(id, Optional.empty());
  }

  private Optional<OrderedTree> findOrCreate(TreeId id, Optional<Fanout> creation) {
    OptionalLong known = TreeCatalog.find(batch(), id);
    if (known.isEmpty() && creation.isEmpty()) {
      return Optional.empty();
    }
    long tree = known.isPresent() ? known.getAsLong() : create(id, creation.get());
    return Optional.of(new OrderedTree(batch(), tree, observer));
  }

  private long create(TreeId id, Fanout fanout) {
    return TreeCatalog.create(batch(), id, Slot.of(id.name()), fanout, context.revision());
  }

  private EntryRow entry(Bytes value) {
    return new EntryRow(context.revision(), value);
  }

  private StorageBatch batch() {
    return context.batch();
  }
}
