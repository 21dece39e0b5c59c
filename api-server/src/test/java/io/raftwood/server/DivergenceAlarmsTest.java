package io.raftwood.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.raftwood.admin.Alarm;
import io.raftwood.bytes.Bytes;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.kv.Comparison;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.RecordId;
import io.raftwood.membership.ClusterDirectory;
import io.raftwood.peer.NodeAddress;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lines that are logged here are expected. */
class DivergenceAlarmsTest {
  private static final RecordId ONE = RecordId.key(Bytes.utf8("one"));
  private static final RecordId TWO = RecordId.member(Bytes.utf8("t"), Bytes.of(0, 0xff));
  private static final String GROUP = "data-0";
  private static final Alarm BOTH =
      new Alarm("divergence:data-0", "n1 and n2 hold different copies of 2 record(s)");

  private final ClusterDirectory cluster = new ClusterDirectory();
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final DivergenceAlarms alarms = new DivergenceAlarms(cluster, () -> 0, registry);

  @BeforeEach
  void begin() {
    map(1, "a");
  }

  @Test
  void standUntilTheRecordsAgree() {
    assertThat(alarms.alarms()).isEmpty();
    alarms.agreed(GROUP, ONE);
    alarms.diverged(ONE, found());
    alarms.diverged(TWO, found());
    alarms.diverged(TWO, found());
    assertThat(alarms.alarms()).containsExactly(BOTH);
    alarms.agreed(GROUP, ONE);
    assertThat(alarms.alarms())
        .extracting(Alarm::detail)
        .containsExactly("n1 and n2 hold different copies of 1 record(s)");
    alarms.agreed(GROUP, TWO);
    assertThat(alarms.alarms()).isEmpty();
    assertThat(counted()).isEqualTo(3);
  }

  @Test
  void standUntilACheckFindsTheGroupEqual() {
    alarms.diverged(ONE, found());
    alarms.equal("data-1");
    assertThat(alarms.alarms()).hasSize(1);
    alarms.equal(GROUP);
    assertThat(alarms.alarms()).isEmpty();
  }

  @Test
  void standUntilOneOfTheNodesIsReplaced() {
    alarms.diverged(ONE, found());
    map(2, "a");
    assertThat(alarms.alarms()).hasSize(1);
    map(3, "b");
    assertThat(alarms.alarms()).isEmpty();
  }

  private double counted() {
    return registry.scrape().stream()
        .filter(metric -> metric.getMetadata().getName().equals("raftwood_divergence"))
        .mapToDouble(metric -> ((CounterSnapshot) metric).getDataPoints().get(0).getValue())
        .sum();
  }

  private void map(long epoch, String incarnation) {
    cluster.offer(
        new ClusterMap(
            "c".repeat(32), epoch, List.of(node(1, "a"), node(2, incarnation)), List.of()));
  }

  private static NodeRecord node(int number, String incarnation) {
    NodeAddress address = new NodeAddress("127.0.0.1", 8080 + number);
    return new NodeRecord("n" + number, address, address, incarnation.repeat(32), 0, 1);
  }

  private static Comparison.Diverged found() {
    KvResult record = new KvResult.Found(1, 5, Bytes.utf8("v"));
    return new Comparison.Diverged(
        GROUP,
        new Comparison.Copy("n1", new KvResult.Observed(9, 9, record)),
        new Comparison.Copy("n2", new KvResult.Observed(9, 9, new KvResult.Absent())));
  }
}
