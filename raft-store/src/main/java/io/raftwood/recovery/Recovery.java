package io.raftwood.recovery;

import io.raftwood.cluster.ClusterMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Carries a plan out. In an order that can be interrupted anywhere and repeated: first every
 * survivor belongs to the new cluster, where nothing has a leader yet; then the meta group goes on,
 * then the others.
 */
public final class Recovery {
  private final RecoveryPlan plan;
  private final List<Survivor> survivors;
  private final Consumer<String> account;

  /** Prepares it; {@code account} is told each thing that was done. */
  public Recovery(RecoveryPlan plan, List<Survivor> survivors, Consumer<String> account) {
    this.plan = plan;
    this.survivors = List.copyOf(survivors);
    this.account = account;
  }

  /**
   * Does all of it.
   *
   * @throws RecoveryRefusedException when a survivor could not do its part
   */
  public void run() {
    survivors.forEach(survivor -> carryOut(survivor, RecoveryStep.ADOPT));
    List<RecoveryPlan.Choice> inOrder = new ArrayList<>();
    plan.choice(ClusterMap.META_GROUP).ifPresent(inOrder::add);
    plan.groups().stream()
        .filter(choice -> !choice.group().equals(ClusterMap.META_GROUP))
        .forEach(inOrder::add);
    for (RecoveryPlan.Choice choice : inOrder) {
      survivors.stream()
          .filter(survivor -> survivor.facts().node().equals(choice.node()))
          .forEach(survivor -> carryOut(survivor, RecoveryStep.lead(choice.group())));
    }
    survivors.forEach(survivor -> carryOut(survivor, RecoveryStep.FINISH));
  }

  private void carryOut(Survivor survivor, RecoveryStep step) {
    account.accept(survivor.facts().node() + ": " + survivor.carryOut(step, plan));
  }
}
