package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.InMemoryTablet;
import io.raftwood.raft.ApplyContext;
import io.raftwood.raft.QueryContext;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import io.raftwood.storage.StorageBatch;
import io.raftwood.tree.TreeCommandCodec;
import io.raftwood.tree.TreeMachine;
import io.raftwood.tree.TreeQueryCodec;
import io.raftwood.tree.TreeResultCodec;
import io.raftwood.tree.TreeStore;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeQuery;
import io.raftwood.tree.model.TreeResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The real machine on a tablet in memory, without Raft; can be told to fail. Thread-safe. */
final class FakeTreeStore implements TreeStore {
  private static final TreeMachine MACHINE = new TreeMachine();

  private final InMemoryTablet tablet = new InMemoryTablet("data-0");
  private final List<TreeCommand> commands = new ArrayList<>();
  private Optional<RuntimeException> failure = Optional.empty();
  private int successes;
  private RequestOptions lastOptions;
  private long revision;

  /** From now on every request fails with {@code exception}. */
  synchronized void failWith(RuntimeException exception) {
    failAfter(0, exception);
  }

  /** After so many further requests every request fails with {@code exception}. */
  synchronized void failAfter(int requests, RuntimeException exception) {
    successes = requests;
    failure = Optional.of(exception);
  }

  /** Commands executed so far. */
  synchronized List<TreeCommand> commands() {
    return List.copyOf(commands);
  }

  /** The options of the last request. */
  synchronized RequestOptions lastOptions() {
    return lastOptions;
  }

  @Override
  public CompletableFuture<Replicated<TreeResult>> execute(
      TreeCommand command, RequestOptions options) {
    return complete(options, () -> apply(command));
  }

  @Override
  public CompletableFuture<Replicated<TreeResult>> query(TreeQuery query, RequestOptions options) {
    return complete(options, () -> answer(query));
  }

  @Override
  public CompletableFuture<Replicated<TreeResult.Trees>> list(
      int slot, TreeQuery.ListTrees query, RequestOptions options) {
    return query(query, options)
        .thenApply(
            found ->
                new Replicated<>(
                    (TreeResult.Trees) found.value(), found.appliedIndex(), found.stale()));
  }

  private synchronized CompletableFuture<Replicated<TreeResult>> complete(
      RequestOptions options, Supplier<TreeResult> work) {
    lastOptions = options;
    if (failure.isPresent() && successes-- <= 0) {
      RuntimeException exception = failure.get();
      CompletableFuture<Replicated<TreeResult>> failed = new CompletableFuture<>();
      options.executor().execute(() -> failed.completeExceptionally(exception));
      return failed;
    }
    TreeResult result = work.get();
    long index = revision;
    return CompletableFuture.supplyAsync(
        () -> new Replicated<>(result, index, false), options.executor());
  }

  private TreeResult apply(TreeCommand command) {
    revision++;
    commands.add(command);
    StorageBatch batch = tablet.newBatch();
    Bytes result =
        MACHINE.apply(new ApplyContext(batch, revision, 0), TreeCommandCodec.encode(command));
    tablet.commit(batch);
    return TreeResultCodec.decode(result);
  }

  private TreeResult answer(TreeQuery query) {
    QueryContext context = new QueryContext(tablet, 0);
    return TreeResultCodec.decode(MACHINE.query(context, TreeQueryCodec.encode(query)));
  }
}
