package io.raftwood.server;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.raftwood.admin.Alarm;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.kv.Comparison;
import io.raftwood.kv.Comparison.Copy;
import io.raftwood.kv.DivergenceListener;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.KvQueryCodec;
import io.raftwood.kv.RecordId;
import io.raftwood.membership.ClusterDirectory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies that this node found to contradict each other: counted, logged, and shown as alarms until
 * the records are found equal again, a check finds the group's replicas equal, or one of the two
 * nodes has a new incarnation. Lost with the process. Thread-safe.
 */
final class DivergenceAlarms implements DivergenceListener {
  private static final Logger LOG = LoggerFactory.getLogger(DivergenceAlarms.class);
  private static final int RECORDS_MAX = 1_000;
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int NAME_SHOWN = 64;

  private final ClusterDirectory cluster;
  private final LongSupplier nanoClock;
  private final Counter counter;
  private final Map<String, Open> open = new ConcurrentHashMap<>();
  private long quietUntil;
  private long unsaid;
  private boolean saidBefore;

  DivergenceAlarms(ClusterDirectory cluster, LongSupplier nanoClock, PrometheusRegistry registry) {
    this.cluster = cluster;
    this.nanoClock = nanoClock;
    this.counter =
        Counter.builder()
            .name("raftwood_divergence_total")
            .help("Comparisons that found two replicas to contradict each other, by group.")
            .labelNames("group")
            .withoutExemplars()
            .register(registry);
  }

  @Override
  public void agreed(String group, RecordId id) {
    if (!open.isEmpty()) {
      open.remove(key(group, id));
    }
  }

  @Override
  public void diverged(RecordId id, Comparison.Diverged found) {
    counter.labelValues(found.group()).inc();
    String first = found.first().node();
    String second = found.second().node();
    Open alarm = new Open(found.group(), first, incarnation(first), second, incarnation(second));
    if (open.size() < RECORDS_MAX) {
      open.put(key(found.group(), id), alarm);
    }
    log(id, found);
  }

  /** The replicas of {@code group} were found equal in all that they hold. */
  void equal(String group) {
    open.values().removeIf(alarm -> alarm.group().equals(group));
  }

  /** One alarm for each group and pair of nodes. */
  List<Alarm> alarms() {
    if (open.isEmpty()) {
      return List.of();
    }
    open.values()
        .removeIf(
            alarm ->
                !incarnation(alarm.first()).equals(alarm.firstIncarnation())
                    || !incarnation(alarm.second()).equals(alarm.secondIncarnation()));
    Map<String, Integer> records = new TreeMap<>();
    open.values().forEach(alarm -> records.merge(alarm.title(), 1, Integer::sum));
    return records.entrySet().stream()
        .map(
            entry -> {
              String[] title = entry.getKey().split(" ", 2);
              return new Alarm(
                  "divergence:" + title[0],
                  title[1] + " hold different copies of " + entry.getValue() + " record(s)");
            })
        .toList();
  }

  private String incarnation(String node) {
    return cluster.node(node).map(NodeRecord::incarnation).orElse("");
  }

  private synchronized void log(RecordId id, Comparison.Diverged found) {
    long now = nanoClock.getAsLong();
    if (saidBefore && now - quietUntil < 0) {
      unsaid++;
      return;
    }
    LOG.error(
        "DIVERGENCE in {}: {} and {} hold different copies of {}: {} and {}{}; see"
            + " docs/operations.md, Divergence",
        found.group(),
        found.first().node(),
        found.second().node(),
        shown(id),
        shown(found.first()),
        shown(found.second()),
        unsaid == 0 ? "" : " (and " + unsaid + " more since the last such line)");
    saidBefore = true;
    unsaid = 0;
    quietUntil = now + QUIET_NANOS;
  }

  private static String shown(RecordId id) {
    StringBuilder text = new StringBuilder("slot " + id.slot() + " ");
    if (!id.table().isEmpty()) {
      text.append("table '").append(id.table().toUtf8()).append("' ");
    }
    text.append('\'');
    int length = Math.min(NAME_SHOWN, id.name().length());
    for (int i = 0; i < length; i++) {
      int one = id.name().at(i);
      text.append(one > ' ' && one < 0x7f ? "" + (char) one : String.format("\\x%02x", one));
    }
    return text.append(length < id.name().length() ? "...'" : "'").toString();
  }

  private static String shown(Copy copy) {
    return copy.observed()
            .found()
            .map(
                found ->
                    "version "
                        + found.version()
                        + ", mod-revision "
                        + found.modRevision()
                        + ", "
                        + found.value().length()
                        + " bytes")
            .orElse("none")
        + " (at index "
        + copy.observed().index()
        + ")";
  }

  /** Short, however long the name is. */
  private static String key(String group, RecordId id) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] bytes = KvQueryCodec.encode(new KvQuery.Observe(id)).unsafeArray();
      return group + " " + HexFormat.of().formatHex(digest.digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** One record's copies that were found to differ, on nodes of these incarnations. */
  private record Open(
      String group,
      String first,
      String firstIncarnation,
      String second,
      String secondIncarnation) {
    String title() {
      return group + " " + first + " and " + second;
    }
  }
}
