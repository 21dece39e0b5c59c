package io.raftwood.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.cluster.CacheGroup;
import io.raftwood.cluster.CacheMember;
import io.raftwood.cluster.CacheRoster;
import io.raftwood.cluster.CacheSeat;
import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.cluster.InitialPlacement;
import io.raftwood.fixtures.Formations;
import io.raftwood.raft.PeerId;
import io.raftwood.raft.ReplicaStatus;
import io.raftwood.raft.ReplicaStatus.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When the meta leader ends an epoch, and what it takes down about seats. */
class CacheEpochsTest {
  private static final ClusterMap INITIAL = InitialPlacement.of(Formations.of(3, 1));
  private static final Duration ELECTION = Duration.ofSeconds(2);
  private static final String GROUP = "cache-0-e1";

  private final ClusterDirectory directory = new ClusterDirectory();
  private final List<ClusterCommand> proposed = new ArrayList<>();
  private long nanos;
  private boolean leadsMeta = true;
  private final StatusBoard board = new StatusBoard(() -> nanos);
  private final CacheEpochs epochs =
      new CacheEpochs(() -> leadsMeta, directory, board, proposed::add, ELECTION, () -> nanos);
  private long mapEpoch = 1;

  private static List<CacheSeat> seats(int... indexes) {
    return IntStream.range(0, indexes.length)
        .mapToObj(i -> new CacheSeat("n" + (i + 1), indexes[i]))
        .toList();
  }

  private ClusterMap map(CacheGroup group, int... memories) {
    List<CacheMember> members =
        IntStream.range(0, memories.length)
            .filter(i -> memories[i] >= 0)
            .mapToObj(
                i -> new CacheMember("n" + (i + 1), Formations.incarnation(90 + i), memories[i]))
            .toList();
    List<GroupRecord> groups =
        INITIAL.groups().stream()
            .map(
                record ->
                    record.name().equals("cache-0")
                        ? new GroupRecord(group.name(), 0, 0, record.voters(), List.of())
                        : record)
            .toList();
    return new ClusterMap(
        INITIAL.clusterId(),
        ++mapEpoch,
        INITIAL.nodes(),
        groups,
        new CacheRoster(members, List.of(group)));
  }

  private static CacheGroup group(List<CacheSeat> seated, List<CacheSeat> next) {
    return new CacheGroup("cache-0", 1, seats(0, 0, 0), seated, next);
  }

  private void pass(Duration time) {
    for (long end = nanos + time.toNanos(); nanos < end; nanos += 500_000_000L) {
      epochs.tick();
    }
  }

  @Test
  void theFirstEpochBeginsAtOnceWhenAllHaveAMemory() {
    directory.offer(map(CacheGroup.unborn("cache-0"), 0, 0, 0));
    epochs.tick();
    assertThat(proposed).containsExactly(new ClusterCommand.BeginCacheEpoch("cache-0", false));
  }

  @Test
  void theFirstEpochWaitsALittleForTheLastAndForEverForAMajority() {
    directory.offer(map(CacheGroup.unborn("cache-0"), 0, -1, -1));
    pass(Duration.ofMinutes(1));
    assertThat(proposed).isEmpty();
    directory.offer(map(CacheGroup.unborn("cache-0"), 0, 0, -1));
    pass(Duration.ofSeconds(2));
    assertThat(proposed).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(proposed).hasSize(1);
  }

  @Test
  void aLostQuorumEndsTheEpochAnElectionTimeoutLater() {
    directory.offer(map(group(seats(0, 0, 0), List.of()), 1, 0, 1));
    pass(Duration.ofSeconds(2));
    assertThat(proposed).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(proposed).containsExactly(new ClusterCommand.BeginCacheEpoch(GROUP, false));
  }

  @Test
  void silenceAloneEndsNothing() {
    directory.offer(map(group(seats(0, 0, 0), List.of()), 0, 0, 1));
    pass(Duration.ofMinutes(5));
    assertThat(proposed).isEmpty();
  }

  @Test
  void onlyTheMetaLeaderActs() {
    leadsMeta = false;
    directory.offer(map(group(seats(0, 0, 0), List.of()), 1, 1, 1));
    pass(Duration.ofMinutes(1));
    assertThat(proposed).isEmpty();
  }

  @Test
  void inDoubtTheEpochEndsOnlyWhenAllThatRememberAreThereAndNoneLeads() {
    // 1 and 3 have forgotten of those seated; 3's newcomer was asked in, then 1 forgot.
    directory.offer(map(group(seats(0, 0, 0), seats(0, 0, 1)), 1, 0, 1));
    pass(Duration.ofMinutes(1));
    assertThat(proposed).as("nobody reports").isEmpty();
    reporting(Role.LEADER, Duration.ofMinutes(1));
    assertThat(proposed).as("somebody leads").isEmpty();
    nanos += Duration.ofSeconds(10).toNanos();
    reporting(Role.FOLLOWER, Duration.ofSeconds(9));
    assertThat(proposed).as("not for long").isEmpty();
    reporting(Role.FOLLOWER, Duration.ofSeconds(3));
    assertThat(proposed).containsExactly(new ClusterCommand.BeginCacheEpoch(GROUP, true));
  }

  private void reporting(Role role, Duration time) {
    for (long end = nanos + time.toNanos(); nanos < end; nanos += 500_000_000L) {
      report("n2", Formations.incarnation(2), role);
      report("n3", Formations.incarnation(3), Role.FOLLOWER);
      epochs.tick();
    }
  }

  private void report(String node, String incarnation, Role role) {
    ReplicaStatus status =
        new ReplicaStatus(GROUP, role, Optional.empty(), 1, 1, 1, 1, 1, 0, List.of(), List.of());
    board.accept(new NodeReport(INITIAL.clusterId(), node, incarnation, mapEpoch, List.of(status)));
  }

  @Test
  void votersAreTakenDownBeforeAndAfterTheyChange() {
    CacheSeats keeper = new CacheSeats(proposed::add);
    ClusterMap before = map(group(seats(0, 0, 0), List.of()), 0, 0, 1);
    GroupPlacement actual = new GroupPlacement(peers(0, 0, 0), List.of());
    MembershipStep change = new MembershipStep.ChangeVoters(peers(0, 0, 1));
    assertThat(admit(keeper, before, actual, change)).isEmpty();
    assertThat(proposed)
        .containsExactly(new ClusterCommand.SeatCacheVoters(GROUP, seats(0, 0, 1), false));
    ClusterMap asked = map(group(seats(0, 0, 0), seats(0, 0, 1)), 0, 0, 1);
    assertThat(admit(keeper, asked, actual, change)).contains(change);
    keeper.done(asked, GROUP, change);
    assertThat(proposed)
        .contains(new ClusterCommand.SeatCacheVoters(GROUP, seats(0, 0, 1), true))
        .hasSize(2);
  }

  @Test
  void aConfigurationNotKnownToBeInForceIsAskedForAgain() {
    CacheSeats keeper = new CacheSeats(proposed::add);
    ClusterMap asked = map(group(seats(0, 0, 0), seats(0, 0, 1)), 0, 0, 1);
    GroupPlacement actual = new GroupPlacement(peers(0, 0, 1), List.of());
    assertThat(keeper.admit(asked, asked.cache().groups().get(0), actual, Optional.empty()))
        .contains(new MembershipStep.ChangeVoters(peers(0, 0, 1)));
    assertThat(proposed).isEmpty();
  }

  @Test
  void otherStepsNeedNoSeats() {
    CacheSeats keeper = new CacheSeats(proposed::add);
    ClusterMap before = map(group(seats(0, 0, 0), List.of()), 0, 0, 1);
    MembershipStep add = new MembershipStep.AddLearner(peers(0, 0, 1).get(2));
    assertThat(admit(keeper, before, new GroupPlacement(peers(0, 0, 0), List.of()), add))
        .contains(add);
    assertThat(proposed).isEmpty();
  }

  private static Optional<MembershipStep> admit(
      CacheSeats keeper, ClusterMap map, GroupPlacement actual, MembershipStep step) {
    return keeper.admit(map, map.cache().groups().get(0), actual, Optional.of(step));
  }

  private static List<PeerId> peers(int... indexes) {
    return IntStream.range(0, indexes.length)
        .mapToObj(
            i -> {
              PeerId node = INITIAL.nodes().get(i).peer();
              return new PeerId(node.host(), node.port(), indexes[i]);
            })
        .toList();
  }
}
