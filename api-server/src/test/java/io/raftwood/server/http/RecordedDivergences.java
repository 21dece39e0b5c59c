package io.raftwood.server.http;

import io.raftwood.kv.Comparison;
import io.raftwood.kv.DivergenceListener;
import io.raftwood.kv.RecordId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what comparisons found. */
final class RecordedDivergences implements DivergenceListener {
  final List<Comparison.Diverged> found = new CopyOnWriteArrayList<>();

  @Override
  public void agreed(String group, RecordId id) {}

  @Override
  public void diverged(RecordId id, Comparison.Diverged divergence) {
    found.add(divergence);
  }
}
