package io.raftwood.bench.compare;

import io.raftwood.bench.load.DurationConverter;
import io.raftwood.bench.load.ProgressLine;
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
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code raftwood bench compare}: Raftwood beside every peer that is installed. Exit code 0 when
 * all turns were measured, 1 when one failed, 2 for wrong options.
 */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Measure Raftwood and its peers in turn, with the same load.",
      "Starts three fresh nodes of each on loopback and takes them away again. Peers that are"
          + " installed take part (Debian: etcd-server); the others are named as absent."
    },
    sortOptions = false)
public final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--workloads",
      split = ",",
      defaultValue = "put,get-linearizable,get-plain",
      converter = WorkloadConverter.class,
      description = "of put, get-linearizable, get-plain (default: all)")
  private List<Workload> workloads;

  @Option(
      names = "--connections",
      split = ",",
      defaultValue = "64",
      description = "of each load; several make a curve, such as 1,8,64 (64)")
  private List<Integer> connections;

  @Option(names = "--keys", defaultValue = "20000", description = "different keys (20000)")
  private int keys;

  @Option(names = "--value-bytes", defaultValue = "100", description = "size of a value (100)")
  private int valueBytes;

  @Option(names = "--rounds", defaultValue = "3", description = "turns of each server (3)")
  private int rounds;

  @Option(
      names = "--warmup",
      defaultValue = "30s",
      converter = DurationConverter.class,
      description = "load before the first turn of each server and workload (30s)")
  private Duration warmUp;

  @Option(
      names = "--duration",
      defaultValue = "8s",
      converter = DurationConverter.class,
      description = "of each turn (8s)")
  private Duration duration;

  @Option(
      names = "--directory",
      description = "on the disk to measure; emptied afterwards (default: for temporary files)")
  private Optional<Path> parent;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "table",
      description = "table or json")
  private Format format;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "also write a page with charts, which needs nothing beside itself")
  private Optional<Path> html;

  /** How the report is printed. */
  enum Format {
    /** For people. */
    table,
    /** For programs: one object on one line. */
    json
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    try {
      Path directory = makeDirectory();
      try {
        CompareReport report = measure(directory);
        PrintWriter out = spec.commandLine().getOut();
        out.println(format == Format.json ? report.toJson() : report.toTable());
        out.flush();
        if (html.isPresent()) {
          new ComparePage(report).page().write(html.get());
        }
        return 0;
      } finally {
        delete(directory);
      }
    } catch (IOException e) {
      err.println("bench compare: " + e.getMessage());
      err.flush();
      return 1;
    }
  }

  private CompareReport measure(Path directory) throws IOException, InterruptedException {
    List<Peer> peers = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    try {
      peers.add(RaftwoodPeer.start(directory));
      Optional<Path> etcd = EtcdPeer.program();
      if (etcd.isPresent()) {
        peers.add(EtcdPeer.start(etcd.get(), directory));
      }
      peers.add(FloorPeer.start());
      peers.forEach(peer -> notes.add(peer.name() + ": " + peer.durability()));
      if (etcd.isEmpty()) {
        notes.add("etcd: absent (no program 'etcd' on the path; Debian: etcd-server)");
      }
      notes.add(
          String.format(
              Locale.ROOT,
              "disk: %.0f us for an append with fdatasync",
              DiskSync.micros(directory)));
      notes.add(
          "connections over all nodes, closed loop, "
              + keys
              + " keys, "
              + valueBytes
              + " byte values; median (lowest..highest) of "
              + rounds
              + " rounds of "
              + duration.toSeconds()
              + " s");
      Consumer<String> progress = ProgressLine.on(spec.commandLine().getErr());
      CompareRun.Settings settings =
          new CompareRun.Settings(connections, keys, valueBytes, rounds, warmUp, duration);
      return new CompareReport(new CompareRun(settings, progress).run(workloads, peers), notes);
    } finally {
      for (Peer peer : peers) {
        peer.close();
      }
    }
  }

  private Path makeDirectory() throws IOException {
    return parent.isPresent()
        ? Files.createTempDirectory(Files.createDirectories(parent.get()), "bench-compare")
        : Files.createTempDirectory("bench-compare");
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** {@code get-plain}. */
  static final class WorkloadConverter implements ITypeConverter<Workload> {
    @Override
    public Workload convert(String text) {
      return Stream.of(Workload.values())
          .filter(workload -> workload.word().equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'" + text + "' is not put, get-linearizable or get-plain"));
    }
  }
}
