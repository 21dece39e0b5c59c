package io.raftwood.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code raftwood bench floor}: the CPU time of an HTTP request that asks for nothing, from a
 * server process of its own on the same HTTP library. Machines differ, and one machine differs from
 * hour to hour: how many floors an operation costs says more than its microseconds.
 */
@Command(
    name = "floor",
    mixinStandardHelpOptions = true,
    description = {
      "Measure what HTTP alone costs on this machine, now.",
      "Starts an empty server on the same HTTP library and puts the load of 'bench --mix get' on it."
    },
    sortOptions = false)
final class FloorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--connections", defaultValue = "64", description = "as of bench (64)")
  private int connections;

  @Option(
      names = "--duration",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description = "measured time (10s)")
  private Duration duration;

  @Option(
      names = "--warmup",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description = "time before measuring (10s)")
  private Duration warmUp;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "table",
      description = "table or json")
  private LoadCommand.Format format;

  @Override
  public Integer call() throws InterruptedException {
    try (FloorProcess server = FloorProcess.start()) {
      LoadReport report = new LoadRun(plan(server), server.processes(), line -> {}).run();
      spec.commandLine().getOut().println(format.of(report));
      spec.commandLine().getOut().flush();
      return report.succeeded() > 0 ? 0 : 1;
    } catch (IOException e) {
      spec.commandLine().getErr().println("bench floor: " + e.getMessage());
      spec.commandLine().getErr().flush();
      return 1;
    }
  }

  private LoadPlan plan(FloorProcess server) {
    return new LoadPlan(
        List.of(server.endpoint()),
        connections,
        1,
        new LoadPlan.Workload(LoadMix.records(0), Optional.empty(), 1, 1, false, 1, Dialect.HUSTDB),
        new LoadPlan.Timing(warmUp, duration, Duration.ofSeconds(5), 0));
  }
}
