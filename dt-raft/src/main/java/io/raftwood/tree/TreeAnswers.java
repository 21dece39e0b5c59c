package io.raftwood.tree;

import io.raftwood.storage.StorageView;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.model.TreeQuery;
import io.raftwood.tree.model.TreeResult;
import io.raftwood.tree.structure.EntryRow;
import io.raftwood.tree.structure.KnownInnerRows;
import io.raftwood.tree.structure.NodeView;
import io.raftwood.tree.structure.TreeCatalog;
import io.raftwood.tree.structure.TreePlace;
import io.raftwood.tree.structure.TreeReader;
import java.util.Optional;
import java.util.function.Function;

/** What each query answers, from one moment. */
record TreeAnswers(StorageView view, KnownInnerRows known)
    implements TreeQuery.Handler<TreeResult> {
  @Override
  public TreeResult get(TreeQuery.Get query) {
    return ofTree(query.tree(), place -> get(new TreeReader(view, place), query));
  }

  private TreeResult get(TreeReader tree, TreeQuery.Get query) {
    Optional<EntryRow> entry = tree.entry(query.key());
    if (entry.isEmpty()) {
      return new TreeResult.Absent();
    }
    EntryRow found = entry.get();
    return new TreeResult.Found(found.value(), found.version(), tree.leafOf(query.key(), known));
  }

  @Override
  public TreeResult seek(TreeQuery.Seek query) {
    return ofTree(query.tree(), place -> new TreeReader(view, place).neighbours(query.key()));
  }

  @Override
  public TreeResult range(TreeQuery.Range query) {
    return ofTree(query.tree(), place -> new TreeReader(view, place).page(query));
  }

  @Override
  public TreeResult getInfo(TreeQuery.GetInfo query) {
    return ofTree(query.tree(), place -> TreeCatalog.info(view, place.tree()));
  }

  @Override
  public TreeResult listTrees(TreeQuery.ListTrees query) {
    return TreeCatalog.list(view, query.from(), query.limit());
  }

  @Override
  public TreeResult getRoot(TreeQuery.GetRoot query) {
    return ofTree(query.tree(), place -> new TreeResult.Root(TreeCatalog.rootOf(place.tree())));
  }

  @Override
  public TreeResult getDownNodes(TreeQuery.GetDownNodes query) {
    return ofNode(query.node(), node -> new TreeResult.DownNodes(node.children()));
  }

  @Override
  public TreeResult getUpNode(TreeQuery.GetUpNode query) {
    return ofNode(query.node(), node -> new TreeResult.UpNode(node.parent()));
  }

  @Override
  public TreeResult getMetaProp(TreeQuery.GetMetaProp query) {
    return ofNode(query.node(), node -> new TreeResult.Property(node.property(query.name())));
  }

  private TreeResult ofTree(TreeId id, Function<TreePlace, TreeResult> answer) {
    return TreeCatalog.locate(view, id).map(answer).orElseGet(TreeResult.NoSuchTree::new);
  }

  private TreeResult ofNode(NodeId id, Function<NodeView, TreeResult> answer) {
    return NodeView.find(view, id).map(answer).orElseGet(TreeResult.NoSuchNode::new);
  }
}
