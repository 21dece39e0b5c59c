package io.raftwood.raft.jraft;

import com.alipay.sofa.jraft.rpc.RaftServerService;
import com.alipay.sofa.jraft.rpc.RpcRequestClosure;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.impl.core.AppendEntriesRequestProcessor;
import com.google.protobuf.Message;
import java.util.concurrent.Executor;

/**
 * Takes appends and heartbeats: tells the {@link ElectionGuard} that a leader lives, then has the
 * replica handle them, each replica's on a thread of its own, in the order of arrival.
 *
 * <p>Every answer goes out as soon as it is there. JRaft's own processor holds answers back until
 * those of earlier requests are sent, and counts them for each pair of peers, not of connections:
 * an answer that was still awaited when a connection ended is taken for one of the next connection,
 * after which that leader hears nothing of its appends for minutes, while heartbeats keep it in
 * office (decision 0009). The order is not needed: JRaft's replicator puts answers in order itself
 * ({@code Replicator#onRpcReturned}).
 */
final class AppendProcessor extends AppendEntriesRequestProcessor {
  private final ElectionGuard guard;
  private final AppendThreads threads;

  /** {@code executor} serves requests to replicas that do not run here. */
  AppendProcessor(Executor executor, ElectionGuard guard, AppendThreads threads) {
    super(executor);
    this.guard = guard;
    this.threads = threads;
  }

  @Override
  public Message processRequest0(
      RaftServerService replica, AppendEntriesRequest request, RpcRequestClosure done) {
    guard.leaderSeen(request.getGroupId(), request.getPeerId(), request.getTerm());
    return replica.handleAppendEntriesRequest(request, done);
  }

  @Override
  public ExecutorSelector executorSelector() {
    return (type, header) -> threads.select(header, executor());
  }
}
