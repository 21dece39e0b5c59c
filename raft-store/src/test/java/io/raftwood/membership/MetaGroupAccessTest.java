package io.raftwood.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.ClusterResult;
import io.raftwood.cluster.InitialPlacement;
import io.raftwood.fixtures.Formations;
import io.raftwood.peer.NodeAddress;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.OutcomeUnknownException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetaGroupAccessTest {
  private static final ClusterMap MAP = InitialPlacement.of(Formations.of(3, 1));
  private static final ClusterCommand COMMAND = new ClusterCommand.IssueTableId(7);
  private static final ClusterResult DONE = new ClusterResult.Accepted(1, false);

  private final Deque<CompletableFuture<ClusterCommandReply>> replies = new ArrayDeque<>();
  private final List<ClusterCommandRequest> requests = new ArrayList<>();
  private final ClusterDirectory directory = new ClusterDirectory();
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private Optional<String> clusterId = Optional.of(MAP.clusterId());
  private final MetaGroupAccess meta =
      new MetaGroupAccess(
          new ClusterCommands(
              (address, kind, request, timeout) -> answer(request),
              () -> Map.of("n1", new NodeAddress("h", 1))),
          () -> clusterId,
          Optional::empty,
          directory,
          scheduler);

  @AfterEach
  void stop() {
    scheduler.shutdownNow();
  }

  @Test
  void aDecisionIsTheResultAndBringsTheMap() {
    reply(new ClusterCommandReply.Decided(DONE, Optional.of(MAP)));
    assertThat(propose(10).join()).isEqualTo(DONE);
    assertThat(directory.map()).contains(MAP);
  }

  @Test
  void everyAttemptCarriesTheSameKey() {
    reply(new ClusterCommandReply.Elsewhere(Optional.empty()));
    reply(new ClusterCommandReply.Failed("slow", false));
    reply(new ClusterCommandReply.Decided(DONE, Optional.empty()));
    assertThat(propose(10).join()).isEqualTo(DONE);
    assertThat(requests).hasSize(3);
    assertThat(requests)
        .extracting(ClusterCommandRequest::idempotencyKey)
        .containsOnly(requests.get(0).idempotencyKey());
    reply(new ClusterCommandReply.Decided(DONE, Optional.empty()));
    propose(10).join();
    assertThat(requests.get(3).idempotencyKey()).isNotEqualTo(requests.get(0).idempotencyKey());
  }

  @Test
  void withoutALeaderNothingWasDone() {
    for (int i = 0; i < 100; i++) {
      reply(new ClusterCommandReply.Elsewhere(Optional.empty()));
    }
    assertFails(propose(1), GroupUnavailableException.class);
    assertThat(requests.size()).isGreaterThan(1);
  }

  @Test
  void whatMayHaveBeenDoneIsUnknown() {
    reply(new ClusterCommandReply.Failed("connection lost", false));
    for (int i = 0; i < 100; i++) {
      reply(new ClusterCommandReply.Failed("nobody there", true));
    }
    assertFails(propose(1), OutcomeUnknownException.class);
    replies.clear();
    replies.add(new CompletableFuture<>());
    assertFails(propose(1), OutcomeUnknownException.class);
  }

  @Test
  void aNodeWithoutAClusterAsksNobody() {
    clusterId = Optional.empty();
    assertFails(propose(1), GroupUnavailableException.class);
    assertThat(requests).isEmpty();
  }

  private CompletableFuture<ClusterResult> propose(int seconds) {
    return meta.propose(COMMAND, Deadline.after(Duration.ofSeconds(seconds)));
  }

  private static void assertFails(CompletableFuture<?> future, Class<?> type) {
    Throwable failure = future.handle((value, thrown) -> thrown).join();
    assertThat(failure.getCause() == null ? failure : failure.getCause()).isInstanceOf(type);
  }

  private void reply(ClusterCommandReply reply) {
    replies.add(CompletableFuture.completedFuture(reply));
  }

  private CompletableFuture<Bytes> answer(Bytes request) {
    requests.add(ClusterCommandRequest.decode(request));
    return replies.remove().thenApply(ClusterCommandReply.Codec::encode);
  }
}
