package io.raftwood.bench.torture;

import io.raftwood.bench.torture.cluster.ProgramCommand;
import io.raftwood.bench.torture.disk.DiskLayer;
import io.raftwood.bench.torture.fault.FaultKind;
import io.raftwood.bench.torture.network.Networks;
import io.raftwood.bench.torture.report.HtmlReport;
import io.raftwood.bench.torture.report.RunReport;
import io.raftwood.bench.torture.workload.Workloads;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code raftwood torture}. Exit code 0 if every run is green, 1 if one is red or undecided, 2 for
 * wrong options, 3 if a run could not be done.
 */
@Command(
    name = "torture",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Starts a cluster, puts load and faults on it, and judges what its clients saw.",
      "For developers. As root each node gets a network namespace of its own; otherwise all are on"
          + " loopback and faults of the network are skipped."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  raftwood torture                                  all workloads and faults, a new seed",
      "  raftwood torture --seed 7 --duration 60",
      "  raftwood torture --seeds 1..40 --report torture.html",
      "  raftwood torture --workload register --fault pause-leader,isolate-leader",
      "  raftwood torture --power-cuts 20 --writes 100000"
    })
public final class TortureCommand implements Callable<Integer> {
  private static final int EXIT_RED = 1;
  private static final int EXIT_NOT_DONE = 3;
  private static final int NEW_SEEDS = 1_000_000;
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,9})\\.\\.([0-9]{1,9})");

  private final ProgramCommand command;

  @Spec private CommandSpec spec;

  @Option(names = "--seed", paramLabel = "N", description = "of all choices (default: a new one)")
  private Optional<Long> seed = Optional.empty();

  @Option(names = "--seeds", paramLabel = "A..B", description = "one run for each of them")
  private Optional<String> seeds = Optional.empty();

  @Option(
      names = "--workload",
      split = ",",
      paramLabel = "NAME",
      description =
          "register, counter, set, sorted-set, tree, bank (default: all these); append; writes"
              + " (default with --power-cuts)")
  private List<String> workloads = new ArrayList<>();

  @Option(
      names = "--fault",
      split = ",",
      paramLabel = "NAME",
      description = "see docs/torture.md; 'none' for none (default: all)")
  private List<String> faults = new ArrayList<>();

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "of load and faults in each run (default: 30)")
  private int seconds;

  @Mixin private DiskOptions diskOptions = new DiskOptions();

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "3",
      description = "1..9 (default: 3)")
  private int nodes;

  @Option(
      names = "--groups",
      paramLabel = "G",
      defaultValue = "2",
      description = "data groups, 1..64 (default: 2)")
  private int groups;

  @Option(
      names = "--network",
      paramLabel = "WHICH",
      defaultValue = "auto",
      description = "auto, namespaces or loopback (default: auto)")
  private String network;

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "24000",
      description = "on loopback: where free ports are looked for first (default: 24000)")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "of the clusters; kept if a run is not green (default: below the system's temp)")
  private Optional<Path> data = Optional.empty();

  @Option(names = "--report", paramLabel = "FILE", description = "writes a page with pictures")
  private Optional<Path> report = Optional.empty();

  @Option(
      names = "--test-fault",
      split = ",",
      paramLabel = "NAME",
      description = "a defect that the servers are to have, see docs/torture.md; must be red")
  private List<String> testFaults = new ArrayList<>();

  /** A command that starts servers by {@code command}. */
  public TortureCommand(ProgramCommand command) {
    this.command = command;
  }

  @Override
  public Integer call() throws InterruptedException {
    TorturePlan plan = plan();
    List<Long> wanted = seeds();
    List<RunReport> reports = new ArrayList<>();
    try {
      Path base = base();
      for (long one : wanted) {
        reports.add(run(plan, one, base.resolve("seed-" + one)));
        writeReport(reports);
      }
      deleteIfEmpty(base);
    } catch (IOException e) {
      err().println("torture: " + e.getMessage());
      err().flush();
      return EXIT_NOT_DONE;
    }
    boolean green = reports.stream().allMatch(RunReport::green);
    if (reports.size() > 1) {
      summary(reports);
    }
    return green ? 0 : EXIT_RED;
  }

  private RunReport run(TorturePlan plan, long one, Path directory)
      throws IOException, InterruptedException {
    delete(directory);
    TortureRun run =
        new TortureRun(plan, one, command, directory, line -> say("seed " + one + ": " + line));
    RunReport result = run.run();
    out().print(result.toText());
    if (result.green()) {
      delete(directory);
    } else {
      out().println("  logs and histories are in " + directory);
    }
    out().flush();
    return result;
  }

  private void say(String line) {
    err().println(line);
    err().flush();
  }

  private void summary(List<RunReport> reports) {
    out().println();
    reports.forEach(run -> out().println(run.verdict() + "  " + run.command()));
    long green = reports.stream().filter(RunReport::green).count();
    out().println(green + " of " + reports.size() + " runs green");
    out().flush();
  }

  private void writeReport(List<RunReport> reports) throws IOException {
    if (report.isPresent()) {
      HtmlReport.write(reports, report.get());
    }
  }

  private TorturePlan plan() {
    try {
      checkNumbers();
      List<String> names = workloadNames();
      return new TorturePlan(
          names,
          kinds(),
          Duration.ofSeconds(seconds),
          diskOptions.cuts,
          diskOptions.writes,
          nodes,
          groups,
          Networks.Choice.valueOf(network.toUpperCase(Locale.ROOT)),
          DiskLayer.Choice.valueOf(diskOptions.disks.toUpperCase(Locale.ROOT)),
          port,
          testFaults);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void checkNumbers() {
    if (nodes < 1 || nodes > 9 || groups < 1 || groups > 64 || seconds < 1) {
      throw new IllegalArgumentException("--nodes, --groups or --duration is out of range");
    }
    if (diskOptions.cuts < 0 || diskOptions.cuts > 10_000 || diskOptions.writes < 1) {
      throw new IllegalArgumentException("--power-cuts or --writes is out of range");
    }
    if (diskOptions.cuts > 0 && !faults.isEmpty()) {
      throw new IllegalArgumentException("--power-cuts: no --fault beside it");
    }
  }

  private List<String> workloadNames() {
    for (String name : workloads) {
      if (!Workloads.NAMES.contains(name)) {
        throw new IllegalArgumentException(
            "'" + name + "' is no workload; there are " + String.join(", ", Workloads.NAMES));
      }
    }
    List<String> usual = diskOptions.cuts > 0 ? List.of(Workloads.WRITES) : Workloads.USUAL;
    return workloads.isEmpty() ? usual : workloads;
  }

  private List<FaultKind> kinds() {
    if (diskOptions.cuts > 0) {
      return List.of(FaultKind.POWER_CUT);
    }
    if (faults.equals(List.of("none"))) {
      return List.of();
    }
    return faults.isEmpty()
        ? List.of(FaultKind.values())
        : faults.stream().map(FaultKind::named).toList();
  }

  private List<Long> seeds() {
    if (seeds.isEmpty()) {
      return List.of(seed.orElseGet(() -> (long) new Random().nextInt(NEW_SEEDS)));
    }
    Matcher range = RANGE.matcher(seeds.get());
    if (seed.isPresent() || !range.matches()) {
      throw new ParameterException(spec.commandLine(), "--seeds: A..B, and no --seed beside it");
    }
    List<Long> all = new ArrayList<>();
    for (long one = Long.parseLong(range.group(1)); one <= Long.parseLong(range.group(2)); one++) {
      all.add(one);
    }
    return all;
  }

  private Path base() throws IOException {
    if (data.isPresent()) {
      return Files.createDirectories(data.get().toAbsolutePath().normalize());
    }
    return Files.createTempDirectory("raftwood-torture-");
  }

  private static void deleteIfEmpty(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      if (files.findAny().isPresent()) {
        return;
      }
    }
    Files.delete(directory);
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
