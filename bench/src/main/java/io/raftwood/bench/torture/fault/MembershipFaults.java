package io.raftwood.bench.torture.fault;

import io.raftwood.bench.torture.cluster.TortureCluster;
import io.raftwood.bench.torture.timeline.Waits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Voters that leave a group and come back. Says whom it struck; what is left over is healed. */
final class MembershipFaults {
  private static final Duration ACCEPTED_LIMIT = Duration.ofSeconds(10);
  private static final Duration DONE_LIMIT = Duration.ofSeconds(30);

  private MembershipFaults() {}

  /**
   * Takes a voter, often the leader, out of a data group and adds it again. If there is another
   * node it votes meanwhile.
   */
  static String changeVoters(Strike strike) throws IOException {
    TortureCluster cluster = strike.cluster();
    String group = strike.anyGroup();
    List<String> voters = cluster.placements().firstVoters(group);
    String leader = cluster.leader(group).map(cluster::name).orElse("");
    boolean strikeLeader = strike.random().nextInt(3) < 2 && voters.contains(leader);
    String out = strikeLeader ? leader : voters.get(strike.random().nextInt(voters.size()));
    List<String> others = new ArrayList<>(cluster.names());
    others.removeAll(voters);
    List<String> without = new ArrayList<>(voters);
    without.remove(out);
    if (!others.isEmpty()) {
      without.add(others.get(strike.random().nextInt(others.size())));
    }
    if (!place(strike, group, without, true)) {
      throw new FaultNotDoneException("no node accepted the change");
    }
    boolean left = Waits.until(DONE_LIMIT, () -> cluster.placements().placed(group, without));
    strike.moment(strike.length());
    boolean accepted = place(strike, group, voters, false);
    boolean back =
        accepted && Waits.until(DONE_LIMIT, () -> cluster.placements().placed(group, voters));
    return group
        + " without "
        + out
        + (out.equals(leader) ? ", its leader" : "")
        + (left ? "" : ", which was not done in " + DONE_LIMIT.toSeconds() + " s")
        + (back ? "" : "; " + out + ", which was not back in time");
  }

  private static boolean place(Strike strike, String group, List<String> voters, boolean force) {
    return Waits.until(
        ACCEPTED_LIMIT,
        () -> {
          strike.cluster().placements().place(strike.anyNode(), group, voters, force);
          return true;
        });
  }
}
