package io.raftwood.membership;

import io.raftwood.raft.PeerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The next step from a group's actual to its wanted placement. Pure and without memory: whatever
 * interrupted an earlier step, the next one follows from what is. No step is taken that the present
 * voters could not commit, or that would leave voters without a live majority.
 */
public final class PlacementStep {
  private final GroupPlacement wanted;
  private final GroupObservation seen;
  private final long lag;

  private PlacementStep(GroupPlacement wanted, GroupObservation seen, long lag) {
    this.wanted = wanted;
    this.seen = seen;
    this.lag = lag;
  }

  /**
   * The next step; empty when the group is as wanted, or when something has to happen first: a
   * replica start, catch up, or come back.
   *
   * @param lag how many entries behind the leader's commit index a learner may be when it is
   *     promoted
   */
  public static Optional<MembershipStep> next(
      GroupPlacement wanted, GroupObservation seen, long lag) {
    if (!seen.majorityLive(seen.actual().voters())) {
      return Optional.empty();
    }
    PlacementStep step = new PlacementStep(wanted, seen, lag);
    return step.addMissing().or(step::promote).or(step::dropVoter).or(step::dropLearner);
  }

  private Optional<MembershipStep> addMissing() {
    return Stream.concat(wanted.voters().stream(), wanted.learners().stream())
        .filter(peer -> !seen.hosts(peer) && seen.live(peer))
        .findFirst()
        .map(MembershipStep.AddLearner::new);
  }

  /** A wanted voter takes the place of an unwanted one, if there is one, in a single change. */
  private Optional<MembershipStep> promote() {
    return wanted.voters().stream()
        .filter(seen.actual().learners()::contains)
        .filter(peer -> seen.caughtUp(peer, lag))
        .findFirst()
        .flatMap(this::promote);
  }

  private Optional<MembershipStep> promote(PeerId peer) {
    Optional<PeerId> replaced = dispensable(peer);
    boolean leaderAlone = replaced.isEmpty() && !unwanted().isEmpty();
    Optional<PeerId> heir = heir();
    if (leaderAlone && heir.isPresent()) {
      return heir.map(MembershipStep.TransferLeadership::new);
    }
    List<PeerId> voters = new ArrayList<>(seen.actual().voters());
    replaced.ifPresent(voters::remove);
    voters.add(peer);
    return change(voters);
  }

  /** Once every wanted voter votes, the others stop voting, one at a time. */
  private Optional<MembershipStep> dropVoter() {
    List<PeerId> voters = new ArrayList<>(seen.actual().voters());
    if (!voters.containsAll(wanted.voters()) || unwanted().isEmpty()) {
      return Optional.empty();
    }
    Optional<PeerId> dropped = dispensable(unwanted().get(0));
    if (dropped.isEmpty()) {
      return heir().map(MembershipStep.TransferLeadership::new);
    }
    voters.remove(dropped.get());
    return change(voters);
  }

  private Optional<MembershipStep> dropLearner() {
    return seen.actual().learners().stream()
        .filter(peer -> !wanted.voters().contains(peer) && !wanted.learners().contains(peer))
        .findFirst()
        .map(MembershipStep.RemoveLearner::new);
  }

  private List<PeerId> unwanted() {
    return seen.actual().voters().stream().filter(peer -> !wanted.voters().contains(peer)).toList();
  }

  /** The unwanted voter to go first, never the leader: a dead one, of {@code peer}'s own node. */
  private Optional<PeerId> dispensable(PeerId peer) {
    return unwanted().stream()
        .filter(voter -> !voter.equals(seen.leader()))
        .min(
            Comparator.<PeerId, Boolean>comparing(seen::live)
                .thenComparing(voter -> !sameNode(voter, peer)));
  }

  /** A wanted voter that can take leadership over. */
  private Optional<PeerId> heir() {
    return wanted.voters().stream()
        .filter(peer -> !peer.equals(seen.leader()))
        .filter(seen.actual().voters()::contains)
        .filter(peer -> seen.caughtUp(peer, lag))
        .findFirst();
  }

  private Optional<MembershipStep> change(List<PeerId> voters) {
    return seen.majorityLive(voters)
        ? Optional.of(new MembershipStep.ChangeVoters(voters))
        : Optional.empty();
  }

  private static boolean sameNode(PeerId one, PeerId other) {
    return one.host().equals(other.host()) && one.port() == other.port();
  }
}
