package io.raftwood.membership;

import io.raftwood.admin.ChangeAnswer;
import io.raftwood.admin.ChangeAnswer.Verdict;
import io.raftwood.admin.NodeChange;
import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.ClusterResult;
import io.raftwood.cluster.GroupPreference;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.cluster.NodeStanding;
import io.raftwood.cluster.PlacementPlan;
import io.raftwood.cluster.PlacementPlanner;
import io.raftwood.cluster.PlanRefusedException;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.GroupUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Makes what an operator wants a command for the meta group: plans it on the newest map, refuses
 * what would lose a quorum or crosses a change that is under way, and plans again when the map has
 * moved on meanwhile. Runs on any node; thread-safe; nothing blocks.
 */
public final class NodeChanges {
  private static final int REPETITIONS_MAX = 5;

  private final ClusterDirectory directory;
  private final GroupObserver groups;
  private final BiFunction<ClusterCommand, Deadline, CompletableFuture<ClusterResult>> propose;
  private final Consumer<String> handOver;

  /**
   * Plans on {@code directory} and what {@code groups} shows.
   *
   * @param propose proposes to the meta group
   * @param handOver asks the leader of a group to hand over to the first wanted voter, without
   *     waiting for it
   */
  public NodeChanges(
      ClusterDirectory directory,
      GroupObserver groups,
      BiFunction<ClusterCommand, Deadline, CompletableFuture<ClusterResult>> propose,
      Consumer<String> handOver) {
    this.directory = directory;
    this.groups = groups;
    this.propose = propose;
    this.handOver = handOver;
  }

  /** Makes {@code change}; see {@link io.raftwood.admin.ClusterAdmin#change}. */
  public CompletableFuture<ChangeAnswer> make(NodeChange change, boolean force, Deadline deadline) {
    return attempt(change, force, deadline, REPETITIONS_MAX);
  }

  private CompletableFuture<ChangeAnswer> attempt(
      NodeChange change, boolean force, Deadline deadline, int repetitions) {
    Optional<ClusterMap> map = directory.map();
    if (map.isEmpty()) {
      return CompletableFuture.failedFuture(
          new GroupUnavailableException("the node is not a member of a cluster yet"));
    }
    Wish wish;
    try {
      wish = change.dispatch(new Planning(map.get(), force));
    } catch (PlanRefusedException e) {
      return CompletableFuture.completedFuture(
          e.unknownNode()
              .map(name -> ChangeAnswer.not(Verdict.NO_SUCH_NODE, name))
              .orElseGet(() -> ChangeAnswer.not(Verdict.REFUSED, e.getMessage())));
    }
    Optional<String> busy = force ? Optional.empty() : busy(map.get(), wish);
    if (busy.isPresent()) {
      return CompletableFuture.completedFuture(
          ChangeAnswer.not(
              Verdict.UNDER_WAY,
              "a change of " + busy.get() + " is under way: wait until it is done"));
    }
    return propose
        .apply(wish.command(), deadline)
        .thenCompose(
            result ->
                result instanceof ClusterResult.EpochMismatch && repetitions > 0
                    ? attempt(change, force, deadline, repetitions - 1)
                    : CompletableFuture.completedFuture(answer(wish, result)));
  }

  private Optional<String> busy(ClusterMap map, Wish wish) {
    return wish.groups().stream()
        .map(GroupPreference::group)
        .filter(group -> map.begunGroups().stream().anyMatch(one -> one.name().equals(group)))
        .filter(group -> !groups.settled(map, group))
        .findFirst();
  }

  private ChangeAnswer answer(Wish wish, ClusterResult result) {
    if (result instanceof ClusterResult.Accepted accepted) {
      if (wish.handsOver()) {
        wish.groups().forEach(group -> handOver.accept(group.group()));
      }
      return ChangeAnswer.made(accepted.epoch(), wish.groups());
    }
    if (result instanceof ClusterResult.InvalidPlacement invalid) {
      return ChangeAnswer.not(Verdict.REFUSED, invalid.reason());
    }
    if (result instanceof ClusterResult.UnknownNode unknown) {
      return ChangeAnswer.not(Verdict.NO_SUCH_NODE, unknown.name());
    }
    return ChangeAnswer.not(Verdict.UNDER_WAY, "the cluster map changes all the time: try again");
  }

  /**
   * A change that can be asked for.
   *
   * @param groups whose voters change
   * @param handsOver whether leadership is to go over at once
   */
  private record Wish(ClusterCommand command, List<GroupPreference> groups, boolean handsOver) {}

  /** Plans on one map. */
  private final class Planning implements NodeChange.Handler<Wish> {
    private final ClusterMap map;
    private final boolean force;

    Planning(ClusterMap map, boolean force) {
      this.map = map;
      this.force = force;
    }

    private Wish placed(boolean handsOver, Function<PlacementPlanner, PlacementPlan> way) {
      PlacementPlan plan = way.apply(groups.planner(map));
      return new Wish(plan.command(map.epoch()), plan.groups(), handsOver);
    }

    @Override
    public Wish add(NodeChange.Add change) {
      return new Wish(
          new ClusterCommand.AddNode(change.node(), change.http(), change.raft()),
          List.of(),
          false);
    }

    @Override
    public Wish remove(NodeChange.Remove change) {
      Optional<NodeRecord> node = map.node(change.node());
      node.filter(found -> found.standing() != NodeStanding.LEAVING).ifPresent(this::removable);
      return new Wish(new ClusterCommand.RemoveNode(change.node()), List.of(), false);
    }

    private void removable(NodeRecord node) {
      List<String> wanted = hosts(group -> group.hostedBy(node.name()));
      if (!wanted.isEmpty()) {
        throw new PlanRefusedException(
            "node "
                + node.name()
                + " should host "
                + String.join(", ", wanted)
                + ": drain it first");
      }
      List<String> left =
          hosts(group -> groups.actual(group.name()).filter(a -> a.on(node.raft())).isPresent());
      if (!left.isEmpty()) {
        throw new PlanRefusedException(
            "node "
                + node.name()
                + " still has replicas of "
                + String.join(", ", left)
                + ": wait until it is drained");
      }
      demandMetaQuorum(node.name());
    }

    private List<String> hosts(Predicate<GroupRecord> how) {
      return map.begunGroups().stream()
          .filter(group -> !group.name().equals(ClusterMap.META_GROUP))
          .filter(how)
          .map(GroupRecord::name)
          .toList();
    }

    private void demandMetaQuorum(String leaving) {
      List<String> voters =
          map.group(ClusterMap.META_GROUP).orElseThrow().voters().stream()
              .filter(name -> !name.equals(leaving))
              .toList();
      Set<String> live = groups.live(map);
      long up = voters.stream().filter(live::contains).count();
      if (2 * up <= voters.size()) {
        throw new PlanRefusedException(
            "meta would lose its quorum: of "
                + String.join(", ", voters)
                + " only "
                + up
                + " is up: start one of the others, or remove one that is not up first");
      }
    }

    @Override
    public Wish drain(NodeChange.Drain change) {
      return placed(false, planner -> planner.drain(change.node(), force));
    }

    @Override
    public Wish undrain(NodeChange.Undrain change) {
      return placed(false, planner -> planner.undrain(change.node()));
    }

    @Override
    public Wish replace(NodeChange.Replace change) {
      return placed(false, planner -> planner.replace(change.old(), change.next(), force));
    }

    @Override
    public Wish place(NodeChange.Place change) {
      return placed(
          false,
          planner -> planner.place(change.group(), change.voters(), change.mayShrink() || force));
    }

    @Override
    public Wish lead(NodeChange.Lead change) {
      Wish wish = placed(true, planner -> planner.prefer(change.group(), change.node()));
      // Preferred already, and yet it may be led by another one.
      List<String> voters = map.group(change.group()).orElseThrow().voters();
      return wish.groups().isEmpty()
          ? new Wish(wish.command(), List.of(new GroupPreference(change.group(), voters)), true)
          : wish;
    }

    @Override
    public Wish balanceLeaders(NodeChange.BalanceLeaders change) {
      return placed(true, PlacementPlanner::balanceLeaders);
    }

    @Override
    public Wish spread(NodeChange.Spread change) {
      return placed(false, PlacementPlanner::spread);
    }

    @Override
    public Wish table(NodeChange.Table change) {
      return placed(false, planner -> planner.lead(change.firsts()));
    }
  }
}
