package io.raftwood.bench.torture.network;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What is hindered now, changed step by step by several faults at once. Thread-safe. */
public final class Links {
  private final Network network;
  private final Set<Link> cut = new HashSet<>();
  private final Map<Integer, Integer> loss = new HashMap<>();
  private final Set<Integer> slow = new HashSet<>();

  /** Nothing is hindered in {@code network}. */
  public Links(Network network) {
    this.network = network;
  }

  /** Lets nothing pass in these directions any more. */
  public synchronized void cut(Collection<Link> links) throws IOException {
    cut.addAll(links);
    apply();
  }

  /** Lets packets pass again in these directions. */
  public synchronized void restore(Collection<Link> links) throws IOException {
    cut.removeAll(links);
    apply();
  }

  /** Drops {@code percent} of what {@code node} receives from other nodes. */
  public synchronized void lose(int node, int percent) throws IOException {
    loss.put(node, percent);
    apply();
  }

  /** Makes the interface of {@code node} slow. */
  public synchronized void slow(int node) throws IOException {
    slow.add(node);
    apply();
  }

  /** Hinders nothing any more. */
  public synchronized void heal() throws IOException {
    boolean hindered = !cut.isEmpty() || !loss.isEmpty() || !slow.isEmpty();
    cut.clear();
    loss.clear();
    slow.clear();
    if (hindered) {
      apply();
    }
  }

  private void apply() throws IOException {
    network.apply(new LinkRules(cut, loss, slow));
  }
}
