package io.raftwood.server.http;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.raftwood.admin.Alarm;
import io.raftwood.admin.ClusterAdmin;
import io.raftwood.admin.HealthCheck;
import io.raftwood.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** {@code livez readyz metrics}: what a supervisor asks. Runs on I/O threads. */
final class ServiceHandler {
  private final ClusterAdmin admin;
  private final PrometheusRegistry registry;
  private final BooleanSupplier draining;
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

  /** Answers from {@code admin} and {@code registry}; not ready once {@code draining}. */
  ServiceHandler(ClusterAdmin admin, PrometheusRegistry registry, BooleanSupplier draining) {
    this.admin = admin;
    this.registry = registry;
    this.draining = draining;
  }

  /** The endpoints. */
  List<Route> routes() {
    return List.of(
        Route.only("GET", "livez", Family.SERVICE, call -> call.answer(text(Outcome.OK, "ok\n")))
            .with(Access.FREE),
        Route.only("GET", "readyz", Family.SERVICE, this::readiness).with(Access.FREE),
        Route.only("GET", "metrics", Family.SERVICE, call -> call.answer(metrics()))
            .with(Access.USER));
  }

  private void readiness(Call call) {
    List<HealthCheck> checks = new ArrayList<>(admin.readiness());
    checks.add(new HealthCheck("draining", !draining.getAsBoolean(), "the node is being stopped"));
    boolean ready = checks.stream().allMatch(HealthCheck::passed);
    StringBuilder text = new StringBuilder();
    for (HealthCheck check : checks) {
      if (!check.passed() || call.query().mentions("verbose")) {
        text.append(line(check));
      }
    }
    if (call.query().mentions("verbose")) {
      admin.alarms().forEach(alarm -> text.append(line(alarm)));
    }
    text.append(ready ? "ok\n" : "not ready\n");
    call.answer(text(ready ? Outcome.OK : Outcome.NOT_READY, text.toString()));
  }

  private static String line(HealthCheck check) {
    String mark = check.passed() ? "[+]" : "[-]";
    boolean silent = check.passed() && check.name().equals("draining") || check.detail().isEmpty();
    return mark + check.name() + (silent ? "" : " " + check.detail()) + "\n";
  }

  /** An alarm is no condition of readiness. */
  private static String line(Alarm alarm) {
    return "[!]" + alarm.name() + " " + alarm.detail() + "\n";
  }

  private Reply metrics() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(16_384);
    try {
      writer.write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Reply.body(Outcome.OK, Bytes.wrap(out.toByteArray()), writer.getContentType());
  }

  private static Reply text(Outcome outcome, String text) {
    return Reply.body(outcome, Bytes.utf8(text), Reply.TEXT);
  }
}
