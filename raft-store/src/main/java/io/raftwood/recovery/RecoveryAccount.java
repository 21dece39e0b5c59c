package io.raftwood.recovery;

import io.raftwood.cluster.Formation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a plan means, in lines for people: before it is confirmed, and in the written account. */
public final class RecoveryAccount {
  private RecoveryAccount() {}

  /** The plan. */
  public static List<String> lines(RecoveryPlan plan) {
    List<String> lines = new ArrayList<>();
    lines.add("cluster " + plan.formerClusterId() + " goes on as " + plan.formation().clusterId());
    lines.add(
        "survivors: "
            + plan.formation().members().stream()
                .map(Formation.Member::name)
                .collect(Collectors.joining(", ")));
    lines.add("given up: " + (plan.lost().isEmpty() ? "-" : String.join(", ", plan.lost())));
    for (RecoveryPlan.Choice choice : plan.groups()) {
      lines.add(
          choice.group()
              + ": the log of "
              + choice.node()
              + ", last entry "
              + choice.lastTerm()
              + "/"
              + choice.lastIndex()
              + " (term/index)"
              + listed("; voters dropped: ", choice.dropped())
              + listed("; other logs: ", choice.others()));
    }
    return lines;
  }

  private static String listed(String title, List<String> names) {
    return names.isEmpty() ? "" : title + String.join(", ", names);
  }
}
