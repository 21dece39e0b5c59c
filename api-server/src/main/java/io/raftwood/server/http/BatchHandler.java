package io.raftwood.server.http;

import io.raftwood.raft.Bundle;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * {@code batch}: many calls in one request, each a line of JSON, answered line by line as the calls
 * alone would be. Runs on I/O threads.
 */
final class BatchHandler {
  private static final Set<Family> FAMILIES =
      EnumSet.of(
          Family.READ,
          Family.SCORE,
          Family.PUT,
          Family.DEL,
          Family.INCR,
          Family.COMPARE,
          Family.COMPARE_MEMBER,
          Family.CACHE_READ,
          Family.CACHE_WRITE,
          Family.TREE,
          Family.TREE_READ);

  /** They take as long as their page, and have threads of their own. */
  private static final Set<String> TAKE_LONG = Set.of("dt/load", "dt/range", "dt/list");

  private final Map<String, Route> calls = new HashMap<>();
  private final Supplier<Bundle> bundles;
  private final OutcomeTable table;
  private final HttpMetrics metrics;

  /**
   * Serves calls of {@code routes}.
   *
   * @param bundles makes what commands travel with
   * @param table what their answers look like
   */
  BatchHandler(
      List<Route> routes, Supplier<Bundle> bundles, OutcomeTable table, HttpMetrics metrics) {
    for (Route route : routes) {
      if (FAMILIES.contains(route.family()) && !TAKE_LONG.contains(route.operation())) {
        calls.put(route.operation(), route);
      }
    }
    this.bundles = bundles;
    this.table = table;
    this.metrics = metrics;
  }

  /** The endpoint. */
  List<Route> routes() {
    return List.of(new Route("/batch", "batch", Family.BATCH, true, "POST", this::batch));
  }

  private void batch(Call call) {
    boolean atomic = atomic(call.query());
    List<BatchLine> lines = BatchLine.read(call.body(), calls);
    BatchAnswers answers = new BatchAnswers(table, metrics);
    admitted(call, lines)
        .whenComplete(
            (refusals, failure) -> {
              if (failure != null) {
                call.executor().execute(() -> call.answer(ErrorMapper.reply(failure)));
              } else if (atomic) {
                new AtomicBatch(call, lines, answers).run(bundles.get(), refusals);
              } else {
                new BatchRun(call, lines, answers).run(bundles, refusals);
              }
            });
  }

  private static boolean atomic(RawQuery query) {
    String text = query.first("atomic").orElse("false");
    if (query.repeats("atomic") || !text.equals("true") && !text.equals("false")) {
      throw new RequestRefusedException(Outcome.MALFORMED_PARAMETER, "atomic");
    }
    return text.equals("true");
  }

  /** What is said to commands that the caller may not give, by what they need. */
  private static CompletableFuture<Map<Access, Reply>> admitted(Call call, List<BatchLine> lines) {
    CompletableFuture<Map<Access, Reply>> all = CompletableFuture.completedFuture(Map.of());
    Set<Access> needed = EnumSet.noneOf(Access.class);
    lines.forEach(line -> needed.add(line.route().access()));
    for (Access access : needed) {
      all = all.thenCombine(call.verdict(access), (others, reply) -> with(others, access, reply));
    }
    return all;
  }

  private static Map<Access, Reply> with(Map<Access, Reply> others, Access access, Reply verdict) {
    if (verdict.outcome() == Outcome.OK) {
      return others;
    }
    Map<Access, Reply> refusals = new HashMap<>(others);
    refusals.put(access, verdict);
    return refusals;
  }
}
