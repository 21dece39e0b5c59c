package io.raftwood.bench.load;

import io.raftwood.bench.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;

/**
 * What a run measured.
 *
 * @param plan what was done
 * @param seconds length of the measured window
 * @param statistics what the loops counted in it
 * @param servers what the server processes used in it; empty if they are not known
 * @param pauses garbage collections of all servers in it; empty if they were not told
 */
public record LoadReport(
    LoadPlan plan,
    double seconds,
    LoadStatistics statistics,
    Optional<List<ServerUse>> servers,
    Optional<GcPauses> pauses) {
  private static final double NANOS_PER_MICRO = 1000.0;
  private static final double BYTES_PER_MIB = 1024.0 * 1024.0;
  private static final Map<String, Double> PERCENTILES =
      Map.of("p50", 50.0, "p90", 90.0, "p99", 99.0, "p99.9", 99.9);
  private static final List<String> PERCENTILE_ORDER = List.of("p50", "p90", "p99", "p99.9");

  /**
   * One server.
   *
   * @param pid the process
   * @param cpuMicros CPU time in the window
   * @param residentBytes memory at the end of the window
   * @param writtenBytes what it had written to disks in the window; empty if that is not known
   */
  public record ServerUse(
      long pid, long cpuMicros, long residentBytes, OptionalLong writtenBytes) {}

  /** Operations with status 200. */
  long succeeded() {
    return statistics.nanos().getTotalCount();
  }

  /** Successful operations per second. */
  public double perSecond() {
    return succeeded() / seconds;
  }

  private int commands() {
    return plan.workload().mix().commands();
  }

  /** Commands per second: those of all successful requests. */
  double commandsPerSecond() {
    return perSecond() * commands();
  }

  /**
   * CPU microseconds of all servers for each answer of any status; empty if the processes are not
   * known or nothing was answered.
   */
  public Optional<Double> cpuMicrosPerOperation() {
    long answered = statistics.answered();
    return answered == 0
        ? Optional.empty()
        : servers.map(
            all -> all.stream().mapToLong(ServerUse::cpuMicros).sum() / (double) answered);
  }

  /**
   * Bytes that all servers together had written to disks for each answer of any status; empty if
   * that is not known of all of them.
   */
  public Optional<Double> writtenBytesPerOperation() {
    long answered = statistics.answered();
    return servers
        .filter(all -> answered > 0 && !all.isEmpty())
        .filter(all -> all.stream().allMatch(server -> server.writtenBytes().isPresent()))
        .map(
            all ->
                all.stream().mapToLong(server -> server.writtenBytes().getAsLong()).sum()
                    / (double) answered);
  }

  /** Throughput and latencies, in microseconds, of each whole second of the window. */
  public List<Second> eachSecond() {
    List<Second> list = new ArrayList<>();
    List<Histogram> all = statistics.seconds();
    for (int i = 0; i < Math.min(all.size(), (int) seconds); i++) {
      Histogram one = all.get(i);
      boolean none = one.getTotalCount() == 0;
      list.add(
          new Second(
              one.getTotalCount(),
              none ? 0 : one.getValueAtPercentile(50) / NANOS_PER_MICRO,
              none ? 0 : one.getValueAtPercentile(99) / NANOS_PER_MICRO,
              none ? 0 : one.getMaxValue() / NANOS_PER_MICRO));
    }
    return list;
  }

  /**
   * A second of the window.
   *
   * @param operations that succeeded in it
   * @param p50 the latency that half of them did not exceed, in microseconds
   * @param p99 the latency that 99 percent did not exceed
   * @param max the longest latency
   */
  public record Second(long operations, double p50, double p99, double max) {}

  /** What failed: answers that were refusals, time-outs, broken connections. */
  public long failed() {
    return statistics.errors().values().stream().mapToLong(Long::longValue).sum();
  }

  /** The latency that {@code percentile} percent did not exceed, in microseconds. */
  public double micros(double percentile) {
    return statistics.nanos().getValueAtPercentile(percentile) / NANOS_PER_MICRO;
  }

  /** One line of JSON. */
  String toJson() {
    return json().toString();
  }

  /** All of it. */
  public JsonObject json() {
    JsonObject json = new JsonObject();
    json.put("mix", plan.workload().mix().text());
    json.put("consistency", plan.workload().consistency().orElse("default"));
    json.put("connections", plan.connections()).put("endpoints", plan.endpoints().size());
    json.put("keys", plan.workload().keys()).put("value_bytes", plan.workload().valueBytes());
    json.put("rate", plan.timing().ratePerSecond());
    json.put("seed", plan.workload().seed()).put("seconds", seconds);
    json.put("operations", succeeded()).put("per_second", perSecond());
    json.put("commands_per_request", commands()).put("commands_per_second", commandsPerSecond());
    json.put("latency_us", latencyJson());
    JsonObject errors = new JsonObject();
    statistics.errors().forEach(errors::put);
    json.put("errors", errors);
    cpuMicrosPerOperation()
        .ifPresentOrElse(
            cpu -> json.put("cpu_us_per_operation", cpu),
            () -> json.putNull("cpu_us_per_operation"));
    writtenBytesPerOperation()
        .ifPresentOrElse(
            bytes -> json.put("written_bytes_per_operation", bytes),
            () -> json.putNull("written_bytes_per_operation"));
    pauses.ifPresentOrElse(
        gc ->
            json.put("gc", new JsonObject().put("count", gc.count()).put("seconds", gc.seconds())),
        () -> json.putNull("gc"));
    json.put("seconds_us", eachSecond().stream().map(LoadReport::json).toList());
    return json.put("servers", serversJson());
  }

  private static JsonObject json(Second second) {
    JsonObject json = new JsonObject().put("operations", second.operations());
    return json.put("p50", second.p50()).put("p99", second.p99()).put("max", second.max());
  }

  /** A table for people, several lines. */
  String toTable() {
    List<String> lines = new ArrayList<>();
    lines.add(row("workload", "%s, %s reads, %d keys, %d byte values, seed %d", workloadFacts()));
    long rate = plan.timing().ratePerSecond();
    String loop = rate == 0 ? "closed loop" : "open loop, " + rate + "/s";
    lines.add(
        row(
            "load",
            "%d connections to %d endpoints, %s",
            plan.connections(),
            plan.endpoints().size(),
            loop));
    lines.add(row("throughput", "%.0f/s (%d in %.1f s)", perSecond(), succeeded(), seconds));
    if (commands() > 1) {
      lines.add(row("commands", "%.0f/s, %d a request", commandsPerSecond(), commands()));
    }
    for (String name : PERCENTILE_ORDER) {
      lines.add(row("latency " + name, "%.0f us", micros(PERCENTILES.get(name))));
    }
    lines.add(row("latency max", "%.0f us", micros(100)));
    statistics.errors().forEach((kind, count) -> lines.add(row("errors", "%d x %s", count, kind)));
    lines.add(
        cpuMicrosPerOperation()
            .map(cpu -> row("server CPU", "%.1f us/operation, all servers", cpu))
            .orElse(row("server CPU", "unknown: no running process given (--pids, --data)")));
    writtenBytesPerOperation()
        .ifPresent(bytes -> lines.add(row("written", "%.0f bytes/operation, all servers", bytes)));
    pauses.ifPresent(
        gc -> lines.add(row("GC", "%d pauses, %.0f ms together", gc.count(), gc.seconds() * 1e3)));
    servers.orElse(List.of()).forEach(server -> lines.add(serverRow(server)));
    return String.join(System.lineSeparator(), lines);
  }

  private Object[] workloadFacts() {
    LoadPlan.Workload workload = plan.workload();
    return new Object[] {
      workload.mix().text(),
      workload.consistency().orElse("default"),
      workload.keys(),
      workload.valueBytes(),
      workload.seed()
    };
  }

  private static String serverRow(ServerUse server) {
    return row(
        "server " + server.pid(),
        "%.1f s CPU, %.0f MiB resident",
        server.cpuMicros() / 1e6,
        server.residentBytes() / BYTES_PER_MIB);
  }

  private static String row(String name, String format, Object... values) {
    return String.format(Locale.ROOT, "%-14s", name) + String.format(Locale.ROOT, format, values);
  }

  private JsonObject latencyJson() {
    JsonObject latency = new JsonObject();
    PERCENTILE_ORDER.forEach(name -> latency.put(name, micros(PERCENTILES.get(name))));
    return latency.put("max", micros(100)).put("mean", mean());
  }

  private List<JsonObject> serversJson() {
    return servers.orElse(List.of()).stream()
        .map(
            server ->
                new JsonObject()
                    .put("pid", server.pid())
                    .put("cpu_us", server.cpuMicros())
                    .put("rss_bytes", server.residentBytes()))
        .toList();
  }

  private double mean() {
    Histogram nanos = statistics.nanos();
    return nanos.getTotalCount() == 0 ? 0 : nanos.getMean() / NANOS_PER_MICRO;
  }
}
