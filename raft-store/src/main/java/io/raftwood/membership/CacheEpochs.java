package io.raftwood.membership;

import io.raftwood.cluster.CacheGroup;
import io.raftwood.cluster.CacheRoster;
import io.raftwood.cluster.CacheSeat;
import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.raft.ReplicaStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a cache group begin again, empty, once a quorum of it has forgotten. Runs on every node and
 * acts only while this node leads the meta group. {@link #tick} about every 500 ms, on one thread.
 */
public final class CacheEpochs {
  private static final Logger LOG = LoggerFactory.getLogger(CacheEpochs.class);
  private static final Duration FRESH = Duration.ofSeconds(3);
  private static final Duration STUCK = Duration.ofSeconds(10);
  private static final Duration PROPOSE_AGAIN = Duration.ofSeconds(2);

  private final BooleanSupplier leadsMeta;
  private final ClusterDirectory directory;
  private final StatusBoard board;
  private final Consumer<ClusterCommand> propose;
  private final Duration electionTimeout;
  private final LongSupplier nanoClock;
  private final Map<ClusterCommand, Long> dueSince = new HashMap<>();

  /**
   * Acts while {@code leadsMeta}, on what directory and board show.
   *
   * @param propose proposes to the meta group; does not block and may fail silently
   * @param electionTimeout how long a quorum has been lost before the next epoch begins
   */
  public CacheEpochs(
      BooleanSupplier leadsMeta,
      ClusterDirectory directory,
      StatusBoard board,
      Consumer<ClusterCommand> propose,
      Duration electionTimeout,
      LongSupplier nanoClock) {
    this.leadsMeta = leadsMeta;
    this.directory = directory;
    this.board = board;
    this.propose = propose;
    this.electionTimeout = electionTimeout;
    this.nanoClock = nanoClock;
  }

  /** Proposes what is due. */
  public void tick() {
    Optional<ClusterMap> map = directory.map();
    if (map.isEmpty() || !leadsMeta.getAsBoolean()) {
      dueSince.clear();
      return;
    }
    Map<ClusterCommand, Long> due = new HashMap<>();
    for (CacheGroup group : map.get().cache().groups()) {
      command(map.get(), group).ifPresent(next -> due.put(next, since(next)));
    }
    dueSince.clear();
    dueSince.putAll(due);
    due.forEach((command, since) -> proposeAfter(map.get(), command, since));
  }

  private long since(ClusterCommand command) {
    return dueSince.getOrDefault(command, nanoClock.getAsLong());
  }

  private void proposeAfter(ClusterMap map, ClusterCommand command, long since) {
    long now = nanoClock.getAsLong();
    if (now - since >= delay(map, (ClusterCommand.BeginCacheEpoch) command).toNanos()) {
      LOG.info("cache: {}", command);
      propose.accept(command);
      dueSince.put(command, now + PROPOSE_AGAIN.toNanos());
    }
  }

  private Duration delay(ClusterMap map, ClusterCommand.BeginCacheEpoch command) {
    CacheGroup group = map.cache().group(command.group()).orElseThrow();
    boolean allThere =
        group.epoch() == 0
            && map.group(command.group()).orElseThrow().voters().stream()
                .allMatch(node -> map.cache().member(node).isPresent());
    if (allThere) {
      return Duration.ZERO;
    }
    return command.stuck() ? STUCK : electionTimeout;
  }

  private Optional<ClusterCommand> command(ClusterMap map, CacheGroup group) {
    CacheRoster roster = map.cache();
    List<String> voters = map.group(group.name()).map(GroupRecord::voters).orElse(List.of());
    if (roster.founders(voters).isEmpty()) {
      return Optional.empty();
    }
    if (roster.lost(group)) {
      return Optional.of(new ClusterCommand.BeginCacheEpoch(group.name(), false));
    }
    return roster.doubtful(group) && leaderless(roster, group)
        ? Optional.of(new ClusterCommand.BeginCacheEpoch(group.name(), true))
        : Optional.empty();
  }

  /** Whether all that remember are there and none of them leads. */
  private boolean leaderless(CacheRoster roster, CacheGroup group) {
    return board.leader(group.name(), FRESH).isEmpty()
        && Stream.concat(group.seated().stream(), group.next().stream())
            .filter(roster::present)
            .map(CacheSeat::node)
            .allMatch(node -> runs(node, group.name()));
  }

  private boolean runs(String node, String group) {
    return board
        .report(node, FRESH)
        .flatMap(report -> report.replica(group))
        .filter(replica -> replica.role() != ReplicaStatus.Role.STOPPED)
        .isPresent();
  }
}
