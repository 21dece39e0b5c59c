package io.raftwood.raft.jraft;

import com.alipay.sofa.jraft.rpc.RaftServerService;
import com.alipay.sofa.jraft.rpc.RpcRequestClosure;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.impl.core.AppendEntriesRequestProcessor;
import com.google.protobuf.Message;
import java.util.concurrent.Executor;

/** JRaft's processor of appends; tells the {@link ElectionGuard} first that a leader lives. */
final class WitnessedAppendProcessor extends AppendEntriesRequestProcessor {
  private final ElectionGuard guard;

  WitnessedAppendProcessor(Executor executor, ElectionGuard guard) {
    super(executor);
    this.guard = guard;
  }

  @Override
  public Message processRequest0(
      RaftServerService service, AppendEntriesRequest request, RpcRequestClosure done) {
    guard.leaderSeen(request.getGroupId(), request.getPeerId(), request.getTerm());
    return super.processRequest0(service, request, done);
  }
}
