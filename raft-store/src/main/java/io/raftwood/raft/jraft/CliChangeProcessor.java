package io.raftwood.raft.jraft;

import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.rpc.RpcRequestClosure;
import com.alipay.sofa.jraft.rpc.RpcRequestProcessor;
import com.google.protobuf.Message;
import io.raftwood.raft.PeerChanges.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Answers one kind of {@code CliService}'s requests for a change, see {@link CliRpc}. */
final class CliChangeProcessor<T extends Message> extends RpcRequestProcessor<T> {
  private final Class<T> type;
  private final Function<T, CompletableFuture<Outcome>> change;
  private final Function<Outcome.Done, Message> answer;

  /**
   * Answers requests of {@code type}.
   *
   * @param failing what JRaft makes an error's answer of
   * @param change begins the change; IllegalArgumentException for a request that names no peer
   * @param answer to a change that is done
   */
  CliChangeProcessor(
      Class<T> type,
      Executor executor,
      Message failing,
      Function<T, CompletableFuture<Outcome>> change,
      Function<Outcome.Done, Message> answer) {
    super(executor, failing);
    this.type = type;
    this.change = change;
    this.answer = answer;
  }

  /** Refuses all requests of {@code type} because of {@code reason}. */
  static <T extends Message> CliChangeProcessor<T> refusing(
      Class<T> type, Executor executor, Message failing, String reason) {
    return new CliChangeProcessor<>(
        type,
        executor,
        failing,
        request -> CompletableFuture.completedFuture(new Outcome.Refused(reason)),
        done -> failing);
  }

  @Override
  public Message processRequest(T request, RpcRequestClosure done) {
    CompletableFuture<Outcome> outcome;
    try {
      outcome = change.apply(request);
    } catch (IllegalArgumentException e) {
      done.run(new Status(RaftError.EINVAL, "%s", e.getMessage()));
      return null;
    }
    outcome.thenAccept(is -> answer(is, done));
    return null;
  }

  private void answer(Outcome outcome, RpcRequestClosure done) {
    if (outcome instanceof Outcome.Done carriedOut) {
      done.sendResponse(answer.apply(carriedOut));
    } else if (outcome instanceof Outcome.UnderWay underWay) {
      done.run(new Status(RaftError.ETIMEDOUT, "%s", underWay.reason()));
    } else if (outcome instanceof Outcome.Refused refused) {
      done.run(new Status(RaftError.EPERM, "%s", refused.reason()));
    }
  }

  @Override
  public String interest() {
    return type.getName();
  }
}
