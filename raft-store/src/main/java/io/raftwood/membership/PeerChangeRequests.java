package io.raftwood.membership;

import io.raftwood.admin.ChangeAnswer;
import io.raftwood.admin.NodeChange;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.cluster.PlanRefusedException;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.PeerChanges;
import io.raftwood.raft.PeerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;
import java.util.function.BooleanSupplier;

/** Makes changes that name peers changes of the wanted placement, and waits for them. */
public final class PeerChangeRequests implements PeerChanges {
  private static final Duration PROPOSAL_TIME = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(100);

  private final ClusterDirectory directory;
  private final GroupObserver groups;
  private final NodeChanges changes;
  private final ScheduledExecutorService scheduler;
  private final Duration patience;

  /**
   * Asks {@code changes}.
   *
   * @param patience how long a change is waited for once it is wanted
   */
  public PeerChangeRequests(
      ClusterDirectory directory,
      GroupObserver groups,
      NodeChanges changes,
      ScheduledExecutorService scheduler,
      Duration patience) {
    this.directory = directory;
    this.groups = groups;
    this.changes = changes;
    this.scheduler = scheduler;
    this.patience = patience;
  }

  @Override
  public CompletableFuture<Outcome> add(String group, PeerId peer) {
    return place(
        group,
        List.of(peer),
        (present, named) -> {
          List<String> voters = new ArrayList<>(present);
          named.stream().filter(node -> !present.contains(node)).forEach(voters::add);
          return voters;
        });
  }

  @Override
  public CompletableFuture<Outcome> remove(String group, PeerId peer) {
    return place(
        group,
        List.of(peer),
        (present, named) -> present.stream().filter(node -> !named.contains(node)).toList());
  }

  @Override
  public CompletableFuture<Outcome> change(String group, List<PeerId> voters) {
    return place(group, voters, (present, named) -> named);
  }

  @Override
  public CompletableFuture<Outcome> lead(String group, PeerId peer) {
    return onMap(
        group,
        (map, record) -> {
          String node = node(map, group, peer);
          return carriedOut(
              new NodeChange.Lead(group, node),
              peers(map, record),
              group,
              () -> leads(group, node));
        });
  }

  private boolean leads(String group, String node) {
    return directory
        .map()
        .flatMap(map -> groups.leader(map, group))
        .filter(leader -> leader.name().equals(node))
        .isPresent();
  }

  /** What to do with the newest map. */
  private interface Action {
    CompletableFuture<Outcome> on(ClusterMap map, GroupRecord group);
  }

  /** {@code choice} makes the voters of the present ones and of the nodes that are named. */
  private CompletableFuture<Outcome> place(
      String group, List<PeerId> named, BinaryOperator<List<String>> choice) {
    return onMap(
        group,
        (map, record) -> {
          List<String> nodes = named.stream().map(peer -> node(map, group, peer)).toList();
          List<String> voters = choice.apply(record.voters(), nodes);
          return carriedOut(
              new NodeChange.Place(group, voters, true),
              peers(map, record),
              group,
              () -> directory.map().filter(now -> groups.settled(now, group)).isPresent());
        });
  }

  private CompletableFuture<Outcome> onMap(String group, Action action) {
    Optional<ClusterMap> map = directory.map();
    Optional<GroupRecord> record = map.flatMap(known -> known.group(group));
    if (record.isEmpty()) {
      return refused("there is no group " + group);
    }
    try {
      return action.on(map.get(), record.get());
    } catch (PlanRefusedException e) {
      return refused(e.getMessage());
    }
  }

  private CompletableFuture<Outcome> carriedOut(
      NodeChange change, List<PeerId> before, String group, BooleanSupplier done) {
    return changes
        .make(change, false, Deadline.after(PROPOSAL_TIME))
        .thenCompose(
            answer ->
                answer.verdict() == ChangeAnswer.Verdict.MADE
                    ? awaited(before, group, done)
                    : refused(answer.message()))
        .exceptionally(
            failure ->
                new Outcome.UnderWay(
                    group + ": it is not known whether the change is wanted: " + failure));
  }

  private CompletableFuture<Outcome> awaited(
      List<PeerId> before, String group, BooleanSupplier done) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    look(outcome, before, group, done, Deadline.after(patience));
    return outcome;
  }

  private void look(
      CompletableFuture<Outcome> outcome,
      List<PeerId> before,
      String group,
      BooleanSupplier done,
      Deadline deadline) {
    Optional<ClusterMap> map = directory.map();
    if (done.getAsBoolean()) {
      outcome.complete(
          new Outcome.Done(
              before,
              map.flatMap(now -> now.group(group).map(record -> peers(now, record)))
                  .orElse(List.of())));
    } else if (deadline.passed()) {
      outcome.complete(
          new Outcome.UnderWay(
              group
                  + ": wanted, but not carried out yet; it goes on: see 'raftwood admin groups'"));
    } else {
      var unused =
          scheduler.schedule(
              () -> look(outcome, before, group, done, deadline),
              POLL.toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }

  private static List<PeerId> peers(ClusterMap map, GroupRecord group) {
    return GroupPlacement.wanted(map, group).voters();
  }

  /** The node of {@code peer}; who leaves out the incarnation's index means the present one. */
  private static String node(ClusterMap map, String group, PeerId peer) {
    return map.nodes().stream()
        .filter(node -> node.raft().host().equals(peer.host()) && node.raft().port() == peer.port())
        .filter(
            node -> peer.index() == 0 || map.peerOf(group, node.name()).equals(Optional.of(peer)))
        .map(NodeRecord::name)
        .findFirst()
        .orElseThrow(() -> new PlanRefusedException("no node of the cluster is " + peer));
  }

  private static CompletableFuture<Outcome> refused(String reason) {
    return CompletableFuture.completedFuture(new Outcome.Refused(reason));
  }
}
