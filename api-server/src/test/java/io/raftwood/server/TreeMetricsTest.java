package io.raftwood.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.InMemoryTablet;
import io.raftwood.raft.ApplyContext;
import io.raftwood.storage.StorageBatch;
import io.raftwood.tree.TreeCommandCodec;
import io.raftwood.tree.TreeMachine;
import io.raftwood.tree.model.Fanout;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TreeMetricsTest {
  private static final TreeId TREE = TreeId.of("t");

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final TreeMetrics metrics = new TreeMetrics(registry);
  private final StorageBatch batch = new InMemoryTablet("data-0").newBatch();
  private final TreeMachine machine = new TreeMachine(metrics.observer("data-0"));
  private long revision;

  private void apply(TreeCommand command) {
    revision++;
    machine.apply(new ApplyContext(batch, revision, 0), TreeCommandCodec.encode(command));
  }

  private void insert(String key) {
    apply(new TreeCommand.Insert(TREE, Bytes.utf8(key), Bytes.EMPTY, Optional.empty()));
  }

  private String scraped() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(out, registry.scrape());
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whatAReplicaAppliesIsCountedByGroup() throws IOException {
    insert("early");
    apply(new TreeCommand.Create(TREE, new Fanout(4, 4)));
    for (int i = 0; i < 30; i++) {
      insert("key-" + (10 + i));
    }
    insert("key-10");
    for (int i = 0; i < 30; i++) {
      apply(new TreeCommand.Delete(TREE, Bytes.utf8("key-" + (10 + i)), Optional.empty()));
    }
    assertThat(scraped())
        .contains(
            "raftwood_tree_commands_total{command=\"create\",group=\"data-0\",result=\"created\"} 1",
            "{command=\"insert\",group=\"data-0\",result=\"inserted\"} 30",
            "{command=\"insert\",group=\"data-0\",result=\"key-exists\"} 1",
            "{command=\"insert\",group=\"data-0\",result=\"no-such-tree\"} 1",
            "{command=\"delete\",group=\"data-0\",result=\"deleted\"} 30")
        .containsPattern("raftwood_tree_splits_total\\{group=\"data-0\",node=\"inner\"} [1-9]")
        .containsPattern("raftwood_tree_splits_total\\{group=\"data-0\",node=\"leaf\"} [1-9]")
        .containsPattern("raftwood_tree_merges_total\\{group=\"data-0\",node=\"leaf\"} [1-9]");
  }
}
