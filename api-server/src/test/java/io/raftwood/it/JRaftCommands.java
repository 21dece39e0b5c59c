package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.CliService;
import com.alipay.sofa.jraft.RaftServiceFactory;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.option.CliOptions;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** What an operator does with JRaft's own client, and what comes of it. */
final class JRaftCommands {
  private static final int WIRE_DIGITS = 16;

  private final ProcessCluster cluster;
  private final String group;
  private final String raftGroup;
  private final List<PeerId> peers;
  private final Configuration all;

  /** Commands for {@code group}, in which all nodes vote. */
  JRaftCommands(ProcessCluster cluster, String group) throws Exception {
    this.cluster = cluster;
    this.group = group;
    this.raftGroup = group + "-" + cluster.status(0).clusterId().substring(0, WIRE_DIGITS);
    this.peers =
        IntStream.range(0, cluster.size())
            .mapToObj(node -> new PeerId("127.0.0.1", cluster.node(node).raftPort()))
            .toList();
    this.all = new Configuration(peers);
  }

  /** Asks, changes, and tries what is refused; the group is as before at the end. */
  void check() {
    CliOptions options = new CliOptions();
    options.setTimeoutMs((int) Duration.ofSeconds(90).toMillis());
    CliService cli = RaftServiceFactory.createAndInitCliService(options);
    try {
      asks(cli);
      changes(cli);
      refuses(cli);
    } finally {
      cli.shutdown();
    }
  }

  private void asks(CliService cli) {
    int leads = cluster.awaitLeader(group);
    PeerId leader = new PeerId();
    ok(cli.getLeader(raftGroup, all, leader));
    assertThat(leader).isEqualTo(peers.get(leads));
    assertThat(cli.getPeers(raftGroup, all)).containsExactlyInAnyOrderElementsOf(peers);
    ok(cli.snapshot(raftGroup, leader));
  }

  private void changes(CliService cli) {
    int next = (cluster.awaitLeader(group) + 1) % peers.size();
    int other = (next + 1) % peers.size();
    ok(cli.transferLeader(raftGroup, all, peers.get(next)));
    assertThat(cluster.awaitLeader(group)).isEqualTo(next);
    ok(cli.removePeer(raftGroup, all, peers.get(other)));
    assertThat(cli.getPeers(raftGroup, all)).hasSize(2).doesNotContain(peers.get(other));
    ok(cli.addPeer(raftGroup, all, peers.get(other)));
    assertThat(cli.getPeers(raftGroup, all)).hasSize(3);
    ok(cli.changePeers(raftGroup, all, all));
  }

  private void refuses(CliService cli) {
    refused(cli.resetPeer(raftGroup, peers.get(0), all), "unsafe-recover");
    refused(cli.addLearners(raftGroup, all, List.of(peers.get(0))), "wanted placement");
    refused(cli.addPeer(raftGroup, all, new PeerId("127.0.0.1", 1)), "no node of the cluster");
  }

  private void ok(Status status) {
    assertThat(status.isOk()).as("%s\n%s", status, cluster.logs()).isTrue();
  }

  private static void refused(Status status, String why) {
    assertThat(status.getRaftError()).as(status.toString()).isEqualTo(RaftError.EPERM);
    assertThat(status.getErrorMsg()).contains(why);
  }
}
