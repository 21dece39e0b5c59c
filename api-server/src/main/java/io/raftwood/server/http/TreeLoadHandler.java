package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.Command;
import io.raftwood.raft.OutcomeUnknownException;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.ReplicationException;
import io.raftwood.raft.RequestOptions;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeEntry;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.model.TreeResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * {@code dt/load}: many inserts in few log entries. The body's lines are all read before the first
 * is applied; then one command follows the other. Answered by {@link LongReads}.
 */
final class TreeLoadHandler {
  /** What a command's number and its separator leave of a key. */
  private static final int KEY_BYTES_MAX = Command.IDEMPOTENCY_KEY_BYTES_MAX - 8;

  private final TreeRequests requests;

  /** Serves {@code requests}. */
  TreeLoadHandler(TreeRequests requests) {
    this.requests = requests;
  }

  /** The endpoint. */
  List<Route> routes() {
    return List.of(requests.route("load", Family.TREE, this::load));
  }

  private void load(Call call) {
    TreeId tree = TreeRequests.tree(TreeForm.of(call.query().toString()));
    if (call.body().isEmpty()) {
      throw new RequestRefusedException(Outcome.MISSING_PARAMETER, "body");
    }
    Optional<Bytes> idempotencyKey = idempotencyKey(call);
    Bytes body = call.body();
    requests
        .longReads()
        .answer(
            call,
            () -> {
              LoadLines.check(body);
              return new Load(tree, new LoadLines(body), call, idempotencyKey).next(0, 0);
            });
  }

  /** Shorter than others: each command of the load gets it with its number behind. */
  private static Optional<Bytes> idempotencyKey(Call call) {
    Optional<Bytes> key = RecordRequests.idempotencyKey(call);
    if (key.isPresent() && key.get().length() > KEY_BYTES_MAX) {
      throw new RequestRefusedException(Outcome.TOO_LONG, "Idempotency-Key");
    }
    return key;
  }

  /** One load under way; its parts run one after another. */
  private final class Load {
    private final TreeId tree;
    private final LoadLines lines;
    private final Call call;
    private final Optional<Bytes> idempotencyKey;
    private int commands;

    Load(TreeId tree, LoadLines lines, Call call, Optional<Bytes> idempotencyKey) {
      this.tree = tree;
      this.lines = lines;
      this.call = call;
      this.idempotencyKey = idempotencyKey;
    }

    /** Goes on after so many lines. */
    CompletableFuture<Reply> next(int inserted, int existing) {
      List<TreeEntry> entries = lines.nextCommand();
      if (entries.isEmpty()) {
        TreeResult all = new TreeResult.Loaded(inserted, existing);
        return CompletableFuture.completedFuture(
            TreeRequests.reply(new Replicated<>(all, -1, false)));
      }
      TreeCommand command = new TreeCommand.Load(tree, entries, requests.settings().creation());
      return requests
          .store()
          .execute(command, nextOptions())
          .exceptionallyCompose(failure -> failed(failure, inserted + existing))
          .thenCompose(done -> after(done, inserted, existing));
    }

    /** No key of a client has the separator, which no header can contain. */
    private RequestOptions nextOptions() {
      Bytes number = Bytes.of(0).concat(Bytes.utf8(Integer.toString(commands++)));
      return TreeRequests.write(
          call, requests.longReads().executor(), idempotencyKey.map(key -> key.concat(number)));
    }

    private CompletableFuture<Reply> after(
        Replicated<TreeResult> done, int inserted, int existing) {
      if (done.value() instanceof TreeResult.Loaded) {
        TreeResult.Loaded loaded = (TreeResult.Loaded) done.value();
        return next(inserted + loaded.inserted(), existing + loaded.existing());
      }
      return CompletableFuture.completedFuture(TreeRequests.reply(done));
    }

    /** Once something was applied, nobody may read that nothing was done. */
    private CompletableFuture<Replicated<TreeResult>> failed(Throwable failure, int applied) {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      boolean mixed = applied > 0 && cause instanceof ReplicationException;
      return CompletableFuture.failedFuture(
          mixed ? new OutcomeUnknownException("lines 1 to " + applied + " were loaded") : failure);
    }
  }
}
