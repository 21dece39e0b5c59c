package io.raftwood.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.Formations;
import io.raftwood.fixtures.SortedMapView;
import io.raftwood.peer.NodeAddress;
import io.raftwood.raft.ApplyContext;
import io.raftwood.raft.QueryContext;
import io.raftwood.storage.OverlayBatch;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is left of five nodes with two data groups goes on as another cluster. */
class RecoverClusterTest {
  private static final Formation SURVIVORS =
      new Formation(
          2,
          List.of(Formations.member(14), Formations.member(15)).stream()
              .map(member -> renamed(member))
              .toList());

  private final SortedMapView store = new SortedMapView();
  private final ClusterMachine machine = new ClusterMachine();
  private long revision;

  RecoverClusterTest() {
    apply(new ClusterCommand.FormCluster(Formations.of(5, 2)));
    for (int i = 1; i <= 3; i++) {
      apply(
          new ClusterCommand.RegisterCache(
              "n" + i, Formations.incarnation(i), Formations.incarnation(100 + i)));
    }
    apply(new ClusterCommand.BeginCacheEpoch("cache-0", false));
  }

  private static Formation.Member renamed(Formation.Member member) {
    String name = "n" + member.name().substring(2);
    int number = Integer.parseInt(name.substring(1));
    Formation.Member there = Formations.member(number);
    return new Formation.Member(name, there.http(), there.raft(), member.incarnation());
  }

  @Test
  void theMapNamesTheSurvivorsAloneAndHasAnotherId() {
    ClusterMap before = map();

    assertThat(recover()).isEqualTo(new ClusterResult.Accepted(before.epoch() + 1, true));

    ClusterMap after = map();
    assertThat(after.clusterId()).isEqualTo(SURVIVORS.clusterId()).isNotEqualTo(before.clusterId());
    assertThat(after.nodes()).containsExactly(before.nodes().get(3), before.nodes().get(4));
    assertThat(group("meta").voters()).containsExactly("n5", "n4");
    // Wanted were n1 n2 n3 and n2 n3 n4: whoever has the log comes first.
    assertThat(group("data-0").voters()).containsExactly("n4");
    assertThat(group("data-1").voters()).containsExactly("n5", "n4");
    assertThat(group("data-1").firstSlot()).isEqualTo(512);
    assertThat(group("cache-0-e1").voters()).containsExactly("n4", "n5");
    assertThat(after.cache().members()).isEmpty();
    assertThat(after.cache().lost(after.cache().groups().get(0))).isTrue();
    assertThat(recover()).isEqualTo(new ClusterResult.Accepted(after.epoch(), false));
    assertThat(map()).isEqualTo(after);
  }

  @Test
  void whoIsGivenUpComesBackOnlyAsANewNodeWithANewDisk() {
    recover();
    String old = Formations.incarnation(1);

    assertThat(apply(new ClusterCommand.RecordStart("n1", old, 99)))
        .isEqualTo(new ClusterResult.UnknownNode("n1"));
    apply(
        new ClusterCommand.AddNode(
            "n1", new NodeAddress("127.0.0.1", 8081), new NodeAddress("127.0.0.1", 9081)));
    assertThat(apply(new ClusterCommand.RegisterIncarnation("n1", old, 99)))
        .isInstanceOf(ClusterResult.Superseded.class);
    assertThat(apply(new ClusterCommand.RegisterIncarnation("n1", Formations.incarnation(77), 0)))
        .isEqualTo(new ClusterResult.Registered(1, map().epoch()));
  }

  @Test
  void survivorsThatWereToLeaveStay() {
    for (String name : List.of("n4", "n5")) {
      apply(
          new ClusterCommand.ChangePlacement(
              List.of(new NodeMark(name, NodeStanding.DRAINING)), List.of(), 0));
    }

    recover();

    assertThat(map().nodes()).allMatch(node -> node.standing() == NodeStanding.ACTIVE);
  }

  @Test
  void nobodyIsASurvivorWhomTheMapDoesNotKnow() {
    ClusterMap before = map();
    Formation stranger = new Formation(2, List.of(Formations.member(9)));

    assertThat(apply(new ClusterCommand.RecoverCluster(stranger, List.of())))
        .isEqualTo(new ClusterResult.UnknownNode("n9"));
    assertThat(map()).isEqualTo(before);
  }

  private ClusterResult recover() {
    return apply(
        new ClusterCommand.RecoverCluster(
            SURVIVORS,
            List.of(
                new GroupPreference("meta", List.of("n5")),
                new GroupPreference("data-0", List.of("n4")),
                new GroupPreference("data-1", List.of("n5")))));
  }

  private GroupRecord group(String name) {
    return map().group(name).orElseThrow();
  }

  private ClusterMap map() {
    return ClusterMachine.decodeAnswer(
            machine.query(new QueryContext(store, 0), ClusterMachine.mapQuery().payload()))
        .orElseThrow();
  }

  private ClusterResult apply(ClusterCommand command) {
    OverlayBatch batch = new OverlayBatch(store);
    Bytes encoded = ClusterMachine.command(command, Optional.empty()).payload();
    Bytes result = machine.apply(new ApplyContext(batch, ++revision, 0), encoded);
    store.commit(batch);
    return ClusterResultCodec.decode(result);
  }
}
