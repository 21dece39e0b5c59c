package io.raftwood.bench.load;

import io.raftwood.bench.process.ProcessUsage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Carries out a plan: preload, warm-up, measured window. */
public final class LoadRun {
  private static final Duration PRELOAD_MAX = Duration.ofMinutes(10);
  private static final Duration STEP = Duration.ofMillis(100);
  private static final int CONNECT_MILLIS = 3_000;

  private final LoadPlan plan;
  private final ServerProcesses servers;
  private final Consumer<String> progress;
  private final LoadControl control;
  private boolean asksForPauses;

  /**
   * A run.
   *
   * @param progress is told a few times per second how it stands
   */
  public LoadRun(LoadPlan plan, ServerProcesses servers, Consumer<String> progress) {
    this.plan = plan;
    this.servers = servers;
    this.progress = progress;
    this.control = new LoadControl(plan.workload());
  }

  /** Also asks the servers, if they are Raftwood's, for their garbage collections. */
  public LoadRun withGcPauses() {
    asksForPauses = plan.workload().dialect() == Dialect.HUSTDB;
    return this;
  }

  private Optional<GcPauses> pauses() {
    return asksForPauses ? GcPauses.of(plan.endpoints()) : Optional.empty();
  }

  /**
   * Runs; once.
   *
   * @throws IOException if the keys could not be preloaded or a loop failed
   */
  public LoadReport run() throws IOException, InterruptedException {
    requireAServer();
    if (plan.workload().preload() && plan.workload().mix().ofTree()) {
      int keys = plan.workload().keys();
      new TreePreload(plan).run(loaded -> progress.accept("load " + loaded + " of " + keys));
    }
    List<LoadLoop> loops = loops();
    ExecutorService threads = Executors.newFixedThreadPool(loops.size());
    try {
      List<Future<?>> running = new ArrayList<>();
      loops.forEach(loop -> running.add(threads.submit(loop)));
      preload(running);
      pass("warm-up", plan.timing().warmUp(), running);
      Optional<GcPauses> pausesBefore = pauses();
      Optional<List<ProcessUsage>> before = servers.usage();
      long start = System.nanoTime();
      control.enter(LoadControl.Phase.MEASURED);
      pass("measuring", plan.timing().duration(), running);
      control.enter(LoadControl.Phase.STOPPED);
      double seconds = (System.nanoTime() - start) / 1e9;
      Optional<List<ProcessUsage>> after = servers.usage();
      Optional<GcPauses> pauses =
          pausesBefore.flatMap(earlier -> pauses().map(later -> later.since(earlier)));
      for (Future<?> loop : running) {
        end(loop);
      }
      LoadStatistics total = new LoadStatistics();
      loops.forEach(loop -> total.add(loop.statistics()));
      return new LoadReport(plan, seconds, total, difference(before, after), pauses);
    } finally {
      control.enter(LoadControl.Phase.STOPPED);
      threads.shutdown();
    }
  }

  /** A load on nobody would wait for its preload until the time for that is over. */
  private void requireAServer() throws IOException {
    IOException last = new IOException("no endpoint");
    for (InetSocketAddress endpoint : Set.copyOf(plan.endpoints())) {
      try (Socket socket = new Socket()) {
        socket.connect(endpoint, CONNECT_MILLIS);
        return;
      } catch (IOException e) {
        last = new IOException("cannot connect to " + endpoint + ": " + e.getMessage(), e);
      }
    }
    throw new IOException(last.getMessage() + ": say with --endpoints where the servers are", last);
  }

  private List<LoadLoop> loops() {
    List<LoadLoop> loops = new ArrayList<>();
    for (int thread = 0; thread < plan.threads(); thread++) {
      List<LoadConnection> connections = new ArrayList<>();
      for (int number = thread; number < plan.connections(); number += plan.threads()) {
        connections.add(new LoadConnection(plan.endpoint(number), plan.workload()));
      }
      loops.add(new LoadLoop(plan, control, connections, plan.workload().seed() + thread));
    }
    return loops;
  }

  private void preload(List<Future<?>> running) throws IOException, InterruptedException {
    boolean puts = plan.workload().preload() && !plan.workload().mix().ofTree();
    int keys = puts ? plan.workload().keys() : 0;
    long deadline = System.nanoTime() + PRELOAD_MAX.toNanos();
    while (control.preloadedCount() < keys) {
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("only " + control.preloadedCount() + " keys preloaded in time");
      }
      progress.accept("preload " + control.preloadedCount() + " of " + keys);
      check(running, STEP.toNanos());
    }
  }

  private void pass(String what, Duration length, List<Future<?>> running)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    long end = begin + length.toNanos();
    long answered = control.answeredCount();
    for (long left = end - begin; left > 0; left = end - System.nanoTime()) {
      check(running, Math.min(left, STEP.toNanos()));
      double seconds = (System.nanoTime() - begin) / 1e9;
      long rate = (long) ((control.answeredCount() - answered) / seconds);
      progress.accept(what + " " + (int) seconds + " s, " + rate + " answers/s");
    }
  }

  /** Lets {@code nanos} pass, or fails with what ended a loop before its time. */
  private static void check(List<Future<?>> running, long nanos)
      throws IOException, InterruptedException {
    try {
      running.get(0).get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      for (Future<?> loop : running) {
        if (loop.isDone()) {
          end(loop);
        }
      }
    } catch (ExecutionException e) {
      throw new IOException("a load loop failed", e.getCause());
    }
  }

  private static void end(Future<?> loop) throws IOException, InterruptedException {
    try {
      loop.get();
    } catch (ExecutionException e) {
      throw new IOException("a load loop failed", e.getCause());
    }
  }

  private static Optional<List<LoadReport.ServerUse>> difference(
      Optional<List<ProcessUsage>> before, Optional<List<ProcessUsage>> after) {
    if (before.isEmpty() || after.isEmpty()) {
      return Optional.empty();
    }
    List<LoadReport.ServerUse> uses = new ArrayList<>();
    for (int i = 0; i < before.get().size(); i++) {
      ProcessUsage end = after.get().get(i);
      ProcessUsage begin = before.get().get(i);
      OptionalLong written =
          end.writtenBytes().isPresent() && begin.writtenBytes().isPresent()
              ? OptionalLong.of(end.writtenBytes().getAsLong() - begin.writtenBytes().getAsLong())
              : OptionalLong.empty();
      long micros = end.cpuMicros() - begin.cpuMicros();
      uses.add(new LoadReport.ServerUse(end.pid(), micros, end.residentBytes(), written));
    }
    return Optional.of(uses);
  }
}
