package io.raftwood.bench.compare;

import io.raftwood.bench.load.LoadPlan;
import io.raftwood.bench.load.LoadReport;
import io.raftwood.bench.load.LoadRun;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Puts the same load on every peer in turn, again and again: what the machine does beside it hits
 * all of them alike.
 */
final class CompareRun {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration BETWEEN = Duration.ofSeconds(2);
  private static final long SEED = 1;

  private final Settings settings;
  private final Consumer<String> progress;

  /**
   * What is the same for all.
   *
   * @param connections of each load; several are measured one after another
   * @param keys different ones, all there before
   * @param valueBytes of each value
   * @param rounds how often each peer has its turn
   * @param warmUp of each peer and workload, before its first turn
   * @param duration of each turn
   */
  record Settings(
      List<Integer> connections,
      int keys,
      int valueBytes,
      int rounds,
      Duration warmUp,
      Duration duration) {}

  /** What is measured. */
  record Cell(Workload workload, String peer, int connections) {}

  CompareRun(Settings settings, Consumer<String> progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Runs all workloads.
   *
   * @return the reports of each cell, one for each round, in the order of the workloads and peers
   */
  Map<Cell, List<LoadReport>> run(List<Workload> workloads, List<Peer> peers)
      throws IOException, InterruptedException {
    Map<Cell, List<LoadReport>> reports = new LinkedHashMap<>();
    for (Workload workload : workloads) {
      boolean first = true;
      for (int connections : settings.connections()) {
        for (int round = 0; round < settings.rounds(); round++) {
          turns(workload, connections, first, peers, reports);
          first = false;
        }
      }
    }
    return reports;
  }

  private void turns(
      Workload workload,
      int connections,
      boolean first,
      List<Peer> peers,
      Map<Cell, List<LoadReport>> reports)
      throws IOException, InterruptedException {
    for (Peer peer : peers) {
      if (peer.offers(workload)) {
        Cell cell = new Cell(workload, peer.name(), connections);
        List<LoadReport> rounds = reports.computeIfAbsent(cell, key -> new ArrayList<>());
        String what =
            workload.word() + " of " + peer.name() + ", round " + (rounds.size() + 1) + ": ";
        rounds.add(
            new LoadRun(
                    plan(peer, cell, first), peer.processes(), line -> progress.accept(what + line))
                .run());
      }
    }
  }

  private LoadPlan plan(Peer peer, Cell cell, boolean first) {
    Workload what = cell.workload();
    LoadPlan.Workload workload =
        new LoadPlan.Workload(
            what.mix(),
            peer.consistency(what),
            settings.keys(),
            settings.valueBytes(),
            first && what.mix().needsKeys(),
            SEED,
            peer.dialect());
    Duration warmUp = first ? settings.warmUp() : BETWEEN;
    return new LoadPlan(
        peer.endpoints(),
        cell.connections(),
        1,
        workload,
        new LoadPlan.Timing(warmUp, settings.duration(), REQUEST_TIMEOUT, 0));
  }
}
