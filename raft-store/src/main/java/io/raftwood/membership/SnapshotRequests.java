package io.raftwood.membership;

import io.raftwood.admin.SnapshotReport;
import io.raftwood.bytes.Bytes;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.peer.PeerMessageKind;
import io.raftwood.peer.PeerTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Has replicas on any node take snapshots. Thread-safe; nothing blocks. */
public final class SnapshotRequests {
  private static final Duration TIMEOUT = Duration.ofSeconds(25);

  private final ClusterDirectory directory;
  private final PeerTransport transport;

  /** Asks the nodes of {@code directory}. */
  public SnapshotRequests(ClusterDirectory directory, PeerTransport transport) {
    this.directory = directory;
    this.transport = transport;
  }

  /** Asks for one of every replica of {@code group}, or of all groups; does not fail. */
  public CompletableFuture<List<SnapshotReport>> take(Optional<String> group) {
    List<CompletableFuture<SnapshotReport>> answers = new ArrayList<>();
    for (GroupRecord record : directory.map().map(ClusterMap::begunGroups).orElse(List.of())) {
      if (group.isEmpty() || group.get().equals(record.name())) {
        for (NodeRecord node : directory.map().orElseThrow().nodes()) {
          if (node.registered() && record.hostedBy(node.name())) {
            answers.add(ask(record.name(), node));
          }
        }
      }
    }
    return CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0]))
        .thenApply(done -> answers.stream().map(CompletableFuture::join).toList());
  }

  private CompletableFuture<SnapshotReport> ask(String group, NodeRecord node) {
    Bytes request = new SnapshotRequest(directory.map().orElseThrow().clusterId(), group).encode();
    return transport
        .call(node.raft(), PeerMessageKind.TAKE_SNAPSHOT, request, TIMEOUT)
        .thenApply(MembershipStepReply::decode)
        .thenApply(reply -> new SnapshotReport(group, node.name(), reply.done(), reply.detail()))
        .exceptionally(
            failure ->
                new SnapshotReport(
                    group, node.name(), false, "no answer: " + failure.getMessage()));
  }
}
