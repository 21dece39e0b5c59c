package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvGroups;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import io.raftwood.tree.TreeStore;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.model.TreeLimits;
import io.raftwood.tree.model.TreeQuery;
import io.raftwood.tree.model.TreeResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What all calls on trees have in common: the parts of a request, and how a query or command
 * reaches the store and its result the client. Runs on I/O threads. Methods that read a request
 * throw {@link RequestRefusedException}.
 */
final class TreeRequests {
  private static final TreeResult.Handler<Reply> REPLIES = new TreeReplies();

  private final TreeStore store;
  private final KvGroups groups;
  private final LongReads longReads;
  private final TreeSettings settings;

  /**
   * Requests to {@code store}.
   *
   * @param groups those that hold the trees
   * @param longReads threads for what takes as long as its page
   */
  TreeRequests(TreeStore store, KvGroups groups, LongReads longReads, TreeSettings settings) {
    this.store = store;
    this.groups = groups;
    this.longReads = longReads;
    this.settings = settings;
  }

  /** The trees. */
  TreeStore store() {
    return store;
  }

  /** Threads for what takes long. */
  LongReads longReads() {
    return longReads;
  }

  /** What trees are created with. */
  TreeSettings settings() {
    return settings;
  }

  /** The endpoint of a call; it is answered once this node knows the cluster. */
  Route route(String call, Family family, Consumer<Call> handler) {
    String path = "dt/" + call;
    return new Route("/" + path, path, family, true, "POST", ifReady(handler));
  }

  private Consumer<Call> ifReady(Consumer<Call> handler) {
    return call -> {
      if (groups.groups().isEmpty()) {
        call.answer(Reply.of(Outcome.NOT_READY));
      } else {
        handler.accept(call);
      }
    };
  }

  /** {@code tree_id}. */
  static TreeId tree(TreeForm form) {
    return new TreeId(form.requireSome("tree_id", TreeLimits.TREE_ID_BYTES_MAX));
  }

  /** {@code key}. */
  static Bytes key(TreeForm form) {
    return form.requireSome("key", TreeLimits.KEY_BYTES_MAX);
  }

  /** {@code key}, {@code from} or {@code to}: a key or, empty, an end of the order. */
  static Bytes point(TreeForm form, String name) {
    return form.find(name, TreeLimits.KEY_BYTES_MAX).orElse(Bytes.EMPTY);
  }

  /** {@code value}. */
  static Bytes value(TreeForm form) {
    return form.require("value", TreeLimits.VALUE_BYTES_MAX);
  }

  /** {@code old_value}. */
  static Optional<Bytes> oldValue(TreeForm form) {
    return form.find("old_value", TreeLimits.VALUE_BYTES_MAX);
  }

  /** {@code limit}. */
  static int limit(TreeForm form) {
    Optional<String> text = form.find("limit", Integer.MAX_VALUE).map(Bytes::toUtf8);
    if (text.isEmpty()) {
      return 1000;
    }
    long limit = NumberText.signed64(text.get()).orElse(0);
    if (limit < 1 || limit > TreeLimits.PAGE_ENTRIES_MAX) {
      throw new RequestRefusedException(Outcome.MALFORMED_PARAMETER, "limit");
    }
    return (int) limit;
  }

  /**
   * {@code node_id}: its text, 1 byte or more. What cannot be a node id is no such node, and no bad
   * request.
   */
  static Optional<NodeId> node(TreeForm form) {
    return NodeId.parse(form.requireSome("node_id", Integer.MAX_VALUE).toUtf8());
  }

  /** Asks the store and answers, as fresh as the form's {@code consistency} says. */
  void read(Call call, TreeForm form, TreeQuery query) {
    RequestOptions options = options(call, form, call.executor());
    call.answerWhen(store.query(query, options), found -> readReply(found, options));
  }

  /** As {@link #read}, for what takes as long as its page. */
  void readLong(Call call, TreeForm form, TreeQuery query) {
    RequestOptions options = options(call, form, longReads.executor());
    longReads.answer(
        call, () -> store.query(query, options).thenApply(found -> readReply(found, options)));
  }

  /** Asks all groups for their trees and answers. */
  void list(Call call, TreeForm form, TreeQuery.ListTrees query) {
    RequestOptions options = options(call, form, longReads.executor());
    longReads.answer(
        call,
        () -> listings(query, options).thenApply(all -> readReply(merged(all, query), options)));
  }

  private CompletableFuture<List<Replicated<TreeResult.Trees>>> listings(
      TreeQuery.ListTrees query, RequestOptions options) {
    List<CompletableFuture<Replicated<TreeResult.Trees>>> asked =
        groups.groups().stream()
            .map(group -> store.list(group.slots().from(), query, options))
            .toList();
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(done -> asked.stream().map(CompletableFuture::join).toList());
  }

  /** As old as the oldest part; indexes of several groups have no common meaning. */
  private static Replicated<TreeResult> merged(
      List<Replicated<TreeResult.Trees>> all, TreeQuery.ListTrees query) {
    TreeResult.Trees trees =
        TreeResult.Trees.merge(all.stream().map(Replicated::value).toList(), query.limit());
    long index = all.size() == 1 ? all.get(0).appliedIndex() : -1;
    return new Replicated<>(trees, index, all.stream().anyMatch(Replicated::stale));
  }

  private static RequestOptions options(Call call, TreeForm form, Executor executor) {
    return new RequestOptions(
        consistency(form), false, call.deadline(), Optional.empty(), executor, call.bundle());
  }

  private static ReadConsistency consistency(TreeForm form) {
    return form.find("consistency", Integer.MAX_VALUE)
        .map(Bytes::toUtf8)
        .map(RequestParameters::consistencyOf)
        .orElse(ReadConsistency.LINEARIZABLE);
  }

  private static Reply readReply(Replicated<TreeResult> found, RequestOptions options) {
    return reply(found).freshAs(found, options.consistency());
  }

  /** What is said to a result. */
  static Reply reply(Replicated<TreeResult> done) {
    return done.value().dispatch(REPLIES);
  }

  /** Has the store carry out {@code command}, and answers. */
  void write(Call call, TreeCommand command) {
    Optional<Bytes> idempotencyKey = RecordRequests.idempotencyKey(call);
    RequestOptions options = write(call, call.executor(), idempotencyKey);
    call.answerWhen(store.execute(command, options), TreeRequests::reply);
  }

  /** Options of a command. */
  static RequestOptions write(Call call, Executor executor, Optional<Bytes> idempotencyKey) {
    return new RequestOptions(
        ReadConsistency.LINEARIZABLE,
        false,
        call.deadline(),
        idempotencyKey,
        executor,
        call.bundle());
  }

  /** Goes on with the form's node, or answers that there is no such node. */
  static void withNode(Call call, Optional<NodeId> node, Consumer<NodeId> rest) {
    node.ifPresentOrElse(rest, () -> call.answer(Reply.of(Outcome.NO_SUCH_NODE)));
  }
}
