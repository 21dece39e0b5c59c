package io.raftwood.raft.jraft;

import com.alipay.sofa.jraft.rpc.CliRequests.AddLearnersRequest;
import com.alipay.sofa.jraft.rpc.CliRequests.AddPeerRequest;
import com.alipay.sofa.jraft.rpc.CliRequests.AddPeerResponse;
import com.alipay.sofa.jraft.rpc.CliRequests.ChangePeersRequest;
import com.alipay.sofa.jraft.rpc.CliRequests.ChangePeersResponse;
import com.alipay.sofa.jraft.rpc.CliRequests.LearnersOpResponse;
import com.alipay.sofa.jraft.rpc.CliRequests.RemoveLearnersRequest;
import com.alipay.sofa.jraft.rpc.CliRequests.RemovePeerRequest;
import com.alipay.sofa.jraft.rpc.CliRequests.RemovePeerResponse;
import com.alipay.sofa.jraft.rpc.CliRequests.ResetLearnersRequest;
import com.alipay.sofa.jraft.rpc.CliRequests.ResetPeerRequest;
import com.alipay.sofa.jraft.rpc.CliRequests.TransferLeaderRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.ErrorResponse;
import com.alipay.sofa.jraft.rpc.RpcServer;
import com.alipay.sofa.jraft.rpc.impl.cli.GetLeaderRequestProcessor;
import com.alipay.sofa.jraft.rpc.impl.cli.GetPeersRequestProcessor;
import com.alipay.sofa.jraft.rpc.impl.cli.SnapshotRequestProcessor;
import io.raftwood.raft.PeerChanges;
import io.raftwood.raft.PeerId;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The Raft port's side of JRaft's {@code CliService}. Questions and snapshots are answered by
 * JRaft's own processors. Changes become the wanted placement ({@link PeerChanges}): made behind
 * its back they would be taken back by it, and JRaft's own transfer of leadership knows nothing of
 * leases. Learners and {@code resetPeer} are refused.
 */
final class CliRpc {
  private static final String LEARNERS =
      "learners follow from the wanted placement: add a node, or place the group";
  private static final String RESET =
      "a majority lost for good is given up by 'raftwood admin unsafe-recover' only";

  private CliRpc() {}

  /** Registers all processors with {@code server}. */
  static void register(RpcServer server, Executor executor, PeerChanges changes) {
    server.registerProcessor(new GetLeaderRequestProcessor(executor));
    server.registerProcessor(new GetPeersRequestProcessor(executor));
    server.registerProcessor(new SnapshotRequestProcessor(executor));
    server.registerProcessor(
        new CliChangeProcessor<>(
            AddPeerRequest.class,
            executor,
            AddPeerResponse.getDefaultInstance(),
            request -> changes.add(group(request.getGroupId()), PeerId.parse(request.getPeerId())),
            done ->
                AddPeerResponse.newBuilder()
                    .addAllOldPeers(texts(done.before()))
                    .addAllNewPeers(texts(done.after()))
                    .build()));
    server.registerProcessor(
        new CliChangeProcessor<>(
            RemovePeerRequest.class,
            executor,
            RemovePeerResponse.getDefaultInstance(),
            request ->
                changes.remove(group(request.getGroupId()), PeerId.parse(request.getPeerId())),
            done ->
                RemovePeerResponse.newBuilder()
                    .addAllOldPeers(texts(done.before()))
                    .addAllNewPeers(texts(done.after()))
                    .build()));
    server.registerProcessor(
        new CliChangeProcessor<>(
            ChangePeersRequest.class,
            executor,
            ChangePeersResponse.getDefaultInstance(),
            request ->
                changes.change(
                    group(request.getGroupId()),
                    request.getNewPeersList().stream().map(PeerId::parse).toList()),
            done ->
                ChangePeersResponse.newBuilder()
                    .addAllOldPeers(texts(done.before()))
                    .addAllNewPeers(texts(done.after()))
                    .build()));
    server.registerProcessor(
        new CliChangeProcessor<>(
            TransferLeaderRequest.class,
            executor,
            ErrorResponse.getDefaultInstance(),
            request -> changes.lead(group(request.getGroupId()), PeerId.parse(request.getPeerId())),
            done -> ErrorResponse.newBuilder().setErrorCode(0).build()));
    refuse(server, executor);
  }

  private static void refuse(RpcServer server, Executor executor) {
    LearnersOpResponse learners = LearnersOpResponse.getDefaultInstance();
    server.registerProcessor(
        CliChangeProcessor.refusing(AddLearnersRequest.class, executor, learners, LEARNERS));
    server.registerProcessor(
        CliChangeProcessor.refusing(RemoveLearnersRequest.class, executor, learners, LEARNERS));
    server.registerProcessor(
        CliChangeProcessor.refusing(ResetLearnersRequest.class, executor, learners, LEARNERS));
    server.registerProcessor(
        CliChangeProcessor.refusing(
            ResetPeerRequest.class, executor, ErrorResponse.getDefaultInstance(), RESET));
  }

  /** The group's own name; on the wire the cluster's id is behind it. */
  private static String group(String onTheWire) {
    int end = onTheWire.lastIndexOf('-');
    return end < 0 ? onTheWire : onTheWire.substring(0, end);
  }

  private static List<String> texts(List<PeerId> peers) {
    return peers.stream().map(peer -> Peers.toJRaft(peer).toString()).toList();
  }
}
