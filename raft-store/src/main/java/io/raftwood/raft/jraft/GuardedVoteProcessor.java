package io.raftwood.raft.jraft;

import com.alipay.sofa.jraft.rpc.RaftServerService;
import com.alipay.sofa.jraft.rpc.RpcRequestClosure;
import com.alipay.sofa.jraft.rpc.RpcRequests.RequestVoteRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.RequestVoteResponse;
import com.alipay.sofa.jraft.rpc.impl.core.RequestVoteRequestProcessor;
import com.google.protobuf.Message;
import java.util.concurrent.Executor;

/** JRaft's processor of vote requests behind the {@link ElectionGuard}. */
final class GuardedVoteProcessor extends RequestVoteRequestProcessor {
  private final ElectionGuard guard;

  GuardedVoteProcessor(Executor executor, ElectionGuard guard) {
    super(executor);
    this.guard = guard;
  }

  @Override
  public Message processRequest0(
      RaftServerService service, RequestVoteRequest request, RpcRequestClosure done) {
    if (guard.admits(request)) {
      return super.processRequest0(service, request, done);
    }
    // The candidate's own term minus one: it neither wins nor is made to step down by the answer.
    long term = Math.max(0, request.getTerm() - 1);
    return RequestVoteResponse.newBuilder().setTerm(term).setGranted(false).build();
  }
}
