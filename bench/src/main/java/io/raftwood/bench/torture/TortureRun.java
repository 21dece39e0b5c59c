package io.raftwood.bench.torture;

import io.raftwood.bench.torture.check.CheckResult;
import io.raftwood.bench.torture.check.LeadersCheck;
import io.raftwood.bench.torture.cluster.ClusterShape;
import io.raftwood.bench.torture.cluster.LeaderWatch;
import io.raftwood.bench.torture.cluster.ProgramCommand;
import io.raftwood.bench.torture.cluster.ReplicaComparison;
import io.raftwood.bench.torture.cluster.TortureCluster;
import io.raftwood.bench.torture.disk.CacheMemory;
import io.raftwood.bench.torture.disk.DiskLayer;
import io.raftwood.bench.torture.disk.Disks;
import io.raftwood.bench.torture.fault.FaultKind;
import io.raftwood.bench.torture.fault.FaultSchedule;
import io.raftwood.bench.torture.fault.PowerCuts;
import io.raftwood.bench.torture.machine.FakeClocks;
import io.raftwood.bench.torture.network.Links;
import io.raftwood.bench.torture.network.Network;
import io.raftwood.bench.torture.network.Networks;
import io.raftwood.bench.torture.report.RunReport;
import io.raftwood.bench.torture.timeline.Timeline;
import io.raftwood.bench.torture.timeline.Waits;
import io.raftwood.bench.torture.workload.Endpoints;
import io.raftwood.bench.torture.workload.Workload;
import io.raftwood.bench.torture.workload.Workloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One run: a fresh cluster, load, faults, healing, last looks, verdicts. What it made on this
 * machine is taken away whatever happens, also when the program is told to end.
 */
final class TortureRun {
  private static final int FAULTS_WANT_NODES = 3;
  private static final int CLIENTS = 2;
  private static final Duration QUIET_END = Duration.ofSeconds(2);

  private final TorturePlan plan;
  private final long seed;
  private final SeededSettings settings;
  private final ProgramCommand command;
  private final Path directory;
  private final Consumer<String> progress;
  private final Optional<FakeClocks> clocks;
  private final Timeline timeline = new Timeline();
  private final LeadersCheck leaders = new LeadersCheck();
  private final List<CheckResult> results = new ArrayList<>();
  private final List<String> facts = new ArrayList<>();

  /**
   * A run below {@code directory}, which is empty.
   *
   * @param progress is told what is being done
   */
  TortureRun(
      TorturePlan plan,
      long seed,
      ProgramCommand command,
      Path directory,
      Consumer<String> progress) {
    this.plan = plan;
    this.seed = seed;
    this.settings = SeededSettings.of(seed);
    this.command = command;
    this.directory = directory;
    this.progress = progress;
    this.clocks = plan.needsClocks() ? FakeClocks.find() : Optional.empty();
  }

  /**
   * Runs.
   *
   * @throws IOException if it could not be done at all: then nothing is said of the servers
   */
  RunReport run() throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Network network = Networks.open(plan.network(), plan.nodes(), plan.firstPort());
    Disks disks = DiskLayer.open(plan.disks(), plan.needsDisks(), plan.nodes(), directory);
    CacheMemory memory = CacheMemory.open();
    TortureCluster cluster = newCluster(network, disks, memory);
    Thread lastResort =
        new Thread(
            () -> {
              cluster.close();
              memory.close();
              disks.close();
              network.close();
            },
            "take-torture-away");
    Runtime.getRuntime().addShutdownHook(lastResort);
    try {
      facts.add("network: " + network.description());
      facts.add("disks: " + disks.description());
      facts.add("settings: " + servers(memory) + ", client time-out " + settings.timeout());
      if (!plan.testFaults().isEmpty()) {
        facts.add("the servers are DEFECTIVE ON PURPOSE: " + plan.testFaults());
      }
      progress.accept("starting " + plan.nodes() + " nodes");
      cluster.start();
      torture(cluster, network, disks);
    } finally {
      cluster.close();
      memory.close();
      disks.close();
      network.close();
      removeHook(lastResort);
    }
    String title = String.format("seed %d, %s", seed, plan.workloads());
    return new RunReport(title, plan.command(seed), facts, results, timeline);
  }

  private Map<String, String> servers(CacheMemory memory) {
    Map<String, String> servers = new TreeMap<>(settings.servers());
    if (plan.needsCache()) {
      servers.put("cache.enabled", "true");
      servers.put("cache.directory", memory.directory().toString());
      servers.put("cache.max-bytes", "16MiB");
    }
    return servers;
  }

  private TortureCluster newCluster(Network network, Disks disks, CacheMemory memory) {
    Map<String, String> servers = servers(memory);
    // An address of a namespace of our own is not loopback, but nobody else reaches it.
    servers.put("insecure", Boolean.toString(network.limitation().isEmpty()));
    ClusterShape shape = new ClusterShape(plan.nodes(), plan.groups(), servers, plan.jvmFlags());
    return new TortureCluster(command, network, disks, clocks, shape, directory);
  }

  private void torture(TortureCluster cluster, Network network, Disks disks)
      throws IOException, InterruptedException {
    List<Workload> workloads =
        plan.workloads().stream()
            .map(name -> Workloads.named(name, settings.servers(), plan.cacheForgets()))
            .toList();
    Endpoints endpoints = new Endpoints(cluster.addresses(), settings.timeout(), timeline, seed);
    for (Workload workload : workloads) {
      workload.prepare(endpoints);
    }
    List<FaultKind> kinds = possible(network, disks);
    int clients = workloads.size() == 1 ? workloads.get(0).clientsAlone() : CLIENTS;
    boolean whole;
    try (LeaderWatch watch = LeaderWatch.start(cluster, timeline, leaders);
        ClientThreads threads = ClientThreads.start(workloads, clients, endpoints)) {
      strike(cluster, new Links(network), kinds);
      whole = awaitWhole(cluster);
      threads.stop();
    }
    timeline.faults().stream()
        .filter(fault -> fault.detail().contains("which "))
        .forEach(fault -> facts.add(fault.name() + " of " + fault.detail()));
    judge(cluster, workloads, endpoints, whole);
    struck(kinds);
    if (!results.stream().allMatch(CheckResult::green)) {
      for (Workload workload : workloads) {
        workload.keep(directory);
      }
    }
  }

  private void strike(TortureCluster cluster, Links links, List<FaultKind> kinds)
      throws IOException, InterruptedException {
    if (plan.cuts() > 0 && !kinds.isEmpty()) {
      progress.accept(plan.cuts() + " power cuts of all nodes, " + plan.writes() + " writes");
      int between = (plan.writes() + plan.cuts() - 1) / plan.cuts();
      new PowerCuts(cluster, timeline, seed, progress).run(plan.cuts(), between);
      return;
    }
    progress.accept(plan.duration().toSeconds() + " s of load and faults");
    FaultSchedule schedule = new FaultSchedule(cluster, links, timeline, kinds, seed);
    schedule.run(plan.duration());
    schedule
        .notDone()
        .forEach((kind, why) -> results.add(CheckResult.skipped("fault " + kind.word(), why)));
  }

  /** After the last healing all nodes must get ready by themselves. */
  private boolean awaitWhole(TortureCluster cluster) {
    progress.accept("healed, waiting until all nodes are ready");
    long start = timeline.now();
    boolean whole = cluster.awaitReady(TortureCluster.READY_LIMIT);
    String time = String.format(Locale.ROOT, "%.1f s", (timeline.now() - start) / 1e9);
    results.add(
        whole
            ? CheckResult.passed("recovery", "all nodes ready " + time + " after the last healing")
            : CheckResult.failed("recovery", "not all nodes are ready after " + time));
    placed(cluster, whole);
    Waits.pause(QUIET_END);
    return whole;
  }

  /** Whatever was moved must be where it was at first. */
  private void placed(TortureCluster cluster, boolean whole) {
    String name = "placement";
    if (!whole) {
      results.add(CheckResult.unknown(name, "not all nodes are ready"));
      return;
    }
    boolean placed = Waits.until(TortureCluster.READY_LIMIT, cluster::whole);
    results.add(
        placed
            ? CheckResult.passed(name, "every group has the voters that it had at first")
            : CheckResult.failed(name, "voters are missing: " + cluster.placements().text()));
  }

  private void judge(
      TortureCluster cluster, List<Workload> workloads, Endpoints endpoints, boolean whole) {
    progress.accept("last looks");
    List<String> surprises = cluster.surprises();
    results.add(
        surprises.isEmpty()
            ? CheckResult.passed("processes", "none ended by itself")
            : CheckResult.failed("processes", String.join("\n", surprises)));
    results.add(leaders.result());
    for (Workload workload : workloads) {
      finish(workload, endpoints).ifPresent(results::add);
    }
    results.add(
        whole
            ? ReplicaComparison.check(cluster)
            : CheckResult.unknown("replicas: equal state hashes", "not all nodes are ready"));
    progress.accept("checking");
    workloads.forEach(workload -> results.addAll(workload.check()));
  }

  private static Optional<CheckResult> finish(Workload workload, Endpoints endpoints) {
    try {
      workload.finish(endpoints);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(CheckResult.failed(workload.name() + ": last looks", e.getMessage()));
    }
  }

  private List<FaultKind> possible(Network network, Disks disks) {
    Optional<String> few =
        plan.nodes() < FAULTS_WANT_NODES
            ? Optional.of("needs " + FAULTS_WANT_NODES + " nodes")
            : Optional.empty();
    List<FaultKind> kinds = new ArrayList<>();
    for (FaultKind kind : plan.faults()) {
      Optional<String> reason =
          switch (kind.means()) {
            case PROCESSES, FILES -> few;
            case NETWORK -> network.limitation().or(() -> few);
            case DISKS -> disks.limitation();
            case CLOCKS -> noClocks().or(() -> few);
          };
      reason.ifPresent(why -> results.add(CheckResult.skipped("fault " + kind.word(), why)));
      if (reason.isEmpty()) {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  private Optional<String> noClocks() {
    return clocks.isPresent()
        ? Optional.empty()
        : Optional.of("there is no libfaketime; install faketime");
  }

  /** A run whose faults were all impossible says nothing. */
  private void struck(List<FaultKind> possible) {
    String name = "faults";
    List<String> struck =
        timeline.faults().stream().map(Timeline.Span::name).distinct().sorted().toList();
    List<String> left =
        possible.stream()
            .map(FaultKind::word)
            .filter(word -> !struck.contains(word) && !skipped("fault " + word))
            .toList();
    if (plan.faults().isEmpty()) {
      results.add(CheckResult.passed(name, "none were wanted"));
    } else if (struck.isEmpty()) {
      results.add(CheckResult.unknown(name, "none struck"));
    } else {
      String rest = left.isEmpty() ? "" : "; there was no time for " + String.join(", ", left);
      results.add(CheckResult.passed(name, struck.size() + " kinds struck" + rest));
    }
  }

  private boolean skipped(String name) {
    return results.stream().anyMatch(result -> result.name().equals(name));
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is ending, and the hook does the same as was done here.
    }
  }
}
