package io.raftwood.bench.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say what more is measured, and shown. */
final class ReportOptions {
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

  /** The loads up to {@code last}, which is the last one. */
  List<LoadPlan> steps(LoadPlan last) {
    return curve ? LoadCurve.steps(last) : List.of(last);
  }

  /** {@code run} with what is asked beside it. */
  LoadRun asked(LoadRun run) {
    return gc ? run.withGcPauses() : run;
  }

  /** Writes the page, if one is wanted. */
  void write(List<LoadReport> steps) throws IOException {
    if (html.isPresent()) {
      LoadPage.of(steps).write(html.get());
    }
  }
}
