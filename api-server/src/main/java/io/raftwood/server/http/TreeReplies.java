package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeEntry;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.model.TreeResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code /dt/...} says to each result of the trees. Stateless. */
final class TreeReplies implements TreeResult.Handler<Reply> {
  private static final String EXISTED = "existed";
  private static final String MORE = "more";

  @Override
  public Reply created(TreeResult.Created result) {
    return TreeEnvelope.success(result.root().toString()).with(EXISTED, result.existed()).reply();
  }

  @Override
  public Reply dropped(TreeResult.Dropped result) {
    return TreeEnvelope.success("dropped").reply();
  }

  @Override
  public Reply inserted(TreeResult.Inserted result) {
    return TreeEnvelope.success(result.leaf().toString()).reply();
  }

  @Override
  public Reply keyExists(TreeResult.KeyExists result) {
    return TreeEnvelope.success(null).reply();
  }

  @Override
  public Reply deleted(TreeResult.Deleted result) {
    return TreeEnvelope.success("deleted").with(EXISTED, result.existed()).reply();
  }

  @Override
  public Reply valueSet(TreeResult.ValueSet result) {
    return TreeEnvelope.success("ok").reply();
  }

  @Override
  public Reply propertySet(TreeResult.PropertySet result) {
    return TreeEnvelope.success(true).reply();
  }

  @Override
  public Reply loaded(TreeResult.Loaded result) {
    Map<String, Object> counts = new LinkedHashMap<>();
    counts.put("inserted", result.inserted());
    counts.put("existing", result.existing());
    return TreeEnvelope.success(counts).reply();
  }

  @Override
  public Reply purged(TreeResult.Purged result) {
    throw new IllegalStateException("no endpoint asks for it: " + result);
  }

  @Override
  public Reply noSuchTree(TreeResult.NoSuchTree result) {
    return Reply.of(Outcome.NO_SUCH_TREE);
  }

  @Override
  public Reply compareFailed(TreeResult.CompareFailed result) {
    return Reply.of(Outcome.COMPARE_FAILED);
  }

  @Override
  public Reply noSuchNode(TreeResult.NoSuchNode result) {
    return Reply.of(Outcome.NO_SUCH_NODE);
  }

  @Override
  public Reply found(TreeResult.Found result) {
    return TreeEnvelope.success(result.value().toUtf8())
        .with("version", result.version())
        .with("node", result.leaf().toString())
        .reply();
  }

  @Override
  public Reply absent(TreeResult.Absent result) {
    return TreeEnvelope.success(null).reply();
  }

  @Override
  public Reply neighbours(TreeResult.Neighbours result) {
    return TreeEnvelope.success(List.of(result.previous().toUtf8(), result.next().toUtf8()))
        .with("exact", result.exact())
        .reply();
  }

  @Override
  public Reply page(TreeResult.Page result) {
    return TreeEnvelope.success(result.entries().stream().map(TreeReplies::pair).toList())
        .with(MORE, result.more())
        .reply();
  }

  private static List<String> pair(TreeEntry entry) {
    return List.of(entry.key().toUtf8(), entry.value().toUtf8());
  }

  @Override
  public Reply info(TreeResult.Info result) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("root", result.root().toString());
    figures.put("height", result.height());
    figures.put("entries", result.entries());
    figures.put("nodes", result.nodes());
    return TreeEnvelope.success(figures).reply();
  }

  @Override
  public Reply trees(TreeResult.Trees result) {
    return TreeEnvelope.success(result.trees().stream().map(TreeId::text).toList())
        .with(MORE, result.more())
        .reply();
  }

  @Override
  public Reply root(TreeResult.Root result) {
    return TreeEnvelope.success(result.node().toString()).reply();
  }

  @Override
  public Reply downNodes(TreeResult.DownNodes result) {
    return TreeEnvelope.success(result.nodes().stream().map(NodeId::toString).toList()).reply();
  }

  @Override
  public Reply upNode(TreeResult.UpNode result) {
    return TreeEnvelope.success(result.node().map(NodeId::toString).orElse(null)).reply();
  }

  @Override
  public Reply property(TreeResult.Property result) {
    return TreeEnvelope.success(result.value().map(Bytes::toUtf8).orElse(null)).reply();
  }
}
