package io.raftwood.bench.load;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code raftwood bench}: puts a load on servers, closed loop or open, and reports throughput,
 * latency and the servers' CPU time for each operation. Exit code 0 if any operation succeeded, 1
 * if none, 2 for wrong options.
 */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measure throughput, latency and server CPU per operation.",
    subcommands = FloorCommand.class,
    sortOptions = false)
public final class LoadCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--endpoints",
      split = ",",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8082,127.0.0.1:8083,127.0.0.1:8084",
      converter = EndpointConverter.class,
      description = "servers; connections are spread over them (default: ${DEFAULT-VALUE})")
  private List<InetSocketAddress> endpoints;

  @Option(
      names = "--connections",
      defaultValue = "64",
      description = "keep-alive connections, one request at a time each (default: 64)")
  private int connections;

  @Option(
      names = "--mix",
      defaultValue = "50/50",
      converter = MixConverter.class,
      description = {
        "put, get, or PUTS/GETS in percent (default: 50/50);",
        "get2, hset, zadd, cache-put, cache-get;",
        "batch: requests of 50 puts each;",
        "tree-insert, tree-get or tree-seek: on the tree 'bench', which is loaded with the keys"
      })
  private LoadMix mix;

  @Option(
      names = "--consistency",
      description = "of the gets: linearizable, lease or local (default: the server's)")
  private Optional<String> consistency;

  @Option(names = "--keys", defaultValue = "20000", description = "different keys (20000)")
  private int keys;

  @Option(names = "--value-bytes", defaultValue = "100", description = "size of a value (100)")
  private int valueBytes;

  @Mixin private TimingOptions timing;

  @Mixin private ServerOptions servers;

  @Option(names = "--threads", defaultValue = "1", description = "threads of the generator (1)")
  private int threads;

  @Option(names = "--seed", defaultValue = "1", description = "of keys and values (1)")
  private long seed;

  @Option(names = "--no-preload", description = "keys are there: neither put nor load them first")
  private boolean withoutPreload;

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

  @Option(
      names = "--curve",
      description = {
        "measure with ever more connections, or at ever higher rates, up to what is asked for;",
        "each step takes --duration"
      })
  private boolean curve;

  @Option(names = "--gc", description = "ask the servers' /metrics for their garbage collections")
  private boolean gc;

  /** How the report is printed. */
  enum Format {
    /** For people. */
    table,
    /** For programs: one object on one line. */
    json;

    /** The steps of a curve in this form. */
    String of(List<LoadReport> steps) {
      LoadReport last = steps.get(steps.size() - 1);
      if (steps.size() == 1) {
        return of(last);
      }
      if (this == json) {
        return last.json().put("curve", steps.stream().map(LoadReport::json).toList()).toString();
      }
      return steps.stream()
          .map(LoadReport::toTable)
          .collect(Collectors.joining(System.lineSeparator().repeat(2)));
    }

    /** The report in this form. */
    String of(LoadReport report) {
      return this == json ? report.toJson() : report.toTable();
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Consumer<String> progress = ProgressLine.on(err);
    try {
      List<LoadReport> steps = new ArrayList<>();
      for (LoadPlan step : curve ? LoadCurve.steps(plan()) : List.of(plan())) {
        LoadRun run = new LoadRun(step, servers.processes(), progress);
        steps.add(gc ? run.withGcPauses().run() : run.run());
      }
      progress.accept("");
      out.println(format.of(steps));
      out.flush();
      if (html.isPresent()) {
        LoadPage.of(steps).write(html.get());
      }
      return steps.stream().allMatch(report -> report.succeeded() > 0) ? 0 : 1;
    } catch (IOException e) {
      progress.accept("");
      err.println("bench: " + e.getMessage());
      err.flush();
      return 1;
    }
  }

  private LoadPlan plan() {
    try {
      boolean preload = mix.needsKeys() && !withoutPreload;
      return new LoadPlan(
          endpoints,
          connections,
          threads,
          new LoadPlan.Workload(mix, consistency, keys, valueBytes, preload, seed, Dialect.HUSTDB),
          timing.timing());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
