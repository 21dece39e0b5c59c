package io.raftwood.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.cluster.ClusterCommand.AddNode;
import io.raftwood.cluster.ClusterCommand.ChangePlacement;
import io.raftwood.cluster.ClusterCommand.ForgetNode;
import io.raftwood.cluster.ClusterCommand.RegisterCache;
import io.raftwood.cluster.ClusterCommand.RegisterIncarnation;
import io.raftwood.cluster.ClusterCommand.RemoveNode;
import io.raftwood.fixtures.Formations;
import io.raftwood.fixtures.SortedMapView;
import io.raftwood.peer.NodeAddress;
import io.raftwood.raft.ApplyContext;
import io.raftwood.raft.QueryContext;
import io.raftwood.storage.OverlayBatch;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How nodes come and go on the cluster map: three nodes, two data groups. */
class NodesTest {
  private final SortedMapView store = new SortedMapView();
  private final ClusterMachine machine = new ClusterMachine();
  private long revision;

  NodesTest() {
    apply(new ClusterCommand.FormCluster(Formations.of(3, 2)));
  }

  @Test
  void aNodeLearnsWhenAddedAndVotesInMetaWhenRegistered() {
    assertThat(add(4)).isEqualTo(accepted(true));
    assertThat(add(4)).isEqualTo(accepted(false));
    assertThat(node("n4").registered()).isFalse();
    assertThat(meta().voters()).containsExactly("n1", "n2", "n3");
    assertThat(meta().learners()).containsExactly("n4");
    assertThat(map().peerOf("meta", "n4")).isEmpty();
    assertThat(register(4)).isEqualTo(new ClusterResult.Registered(0, 3));
    assertThat(meta().voters()).containsExactly("n1", "n2", "n3", "n4");
    assertThat(meta().learners()).isEmpty();
    assertThat(map().group("data-0").orElseThrow().hostedBy("n4")).isFalse();
  }

  @Test
  void metaHasFiveVotersAtMostAndTheOthersLearn() {
    IntStream.rangeClosed(4, 7).forEach(this::join);
    assertThat(meta().voters()).containsExactly("n1", "n2", "n3", "n4", "n5");
    assertThat(meta().learners()).containsExactly("n6", "n7");
    place(List.of(new NodeMark("n6", NodeStanding.DRAINING)), "data-0", "n4", "n5", "n7");
    place(List.of(), "data-1", "n4", "n5", "n7");
    move("cache-0", "n4", "n5", "n7");
    assertThat(apply(new RemoveNode("n2"))).isEqualTo(accepted(true));
    assertThat(meta().voters()).containsExactly("n1", "n3", "n4", "n5", "n7");
    assertThat(meta().learners()).containsExactly("n6");
  }

  @Test
  void whatCannotBeAddedIsRefused() {
    assertThat(List.of(addAt("n1", 9, 9), addAt("n9", 1, 9), addAt("n9", 9, 1)))
        .allMatch(ClusterResult.InvalidPlacement.class::isInstance);
  }

  @Test
  void aNodeThatShouldHostAnythingIsNotRemoved() {
    join(4);
    assertThat(apply(new RemoveNode("n3")))
        .isEqualTo(
            new ClusterResult.InvalidPlacement("node n3 should host data-0, data-1, cache-0"));
    assertThat(apply(new RemoveNode("n9"))).isEqualTo(new ClusterResult.UnknownNode("n9"));
  }

  @Test
  void aNodeLeavesInTwoSteps() {
    join(4);
    assertThat(apply(new ForgetNode("n4"))).isInstanceOf(ClusterResult.InvalidPlacement.class);
    assertThat(apply(new RemoveNode("n4"))).isEqualTo(accepted(true));
    assertThat(apply(new RemoveNode("n4"))).isEqualTo(accepted(false));
    assertThat(node("n4").standing()).isEqualTo(NodeStanding.LEAVING);
    assertThat(meta().hostedBy("n4")).isFalse();
    assertThat(add(4)).isInstanceOf(ClusterResult.InvalidPlacement.class);
    assertThat(place(List.of(), "data-0", "n1", "n2", "n4"))
        .isInstanceOf(ClusterResult.InvalidPlacement.class);
    assertThat(apply(new ForgetNode("n4"))).isEqualTo(accepted(true));
    assertThat(map().node("n4")).isEmpty();
    assertThat(apply(new ClusterCommand.RecordStart("n4", Formations.incarnation(4), 9)))
        .isEqualTo(new ClusterResult.UnknownNode("n4"));
  }

  @Test
  void aPeerIdNeverComesBackUnderWhateverName() {
    join(4);
    apply(new RegisterIncarnation("n4", Formations.incarnation(40), 1));
    apply(new RegisterCache("n4", Formations.incarnation(40), Formations.incarnation(41)));
    leave("n4");
    assertThat(map().cache().member("n4")).isEmpty();
    addAt("other", 14, 4);
    assertThat(apply(new RegisterIncarnation("other", Formations.incarnation(40), 1)))
        .isInstanceOf(ClusterResult.Superseded.class);
    assertThat(apply(new RegisterIncarnation("other", Formations.incarnation(42), 1)))
        .isEqualTo(new ClusterResult.Registered(2, map().epoch()));
    assertThat(
            apply(
                new RegisterCache("other", Formations.incarnation(42), Formations.incarnation(43))))
        .isEqualTo(new ClusterResult.Registered(2, map().epoch()));
    addAt("n4", 15, 15);
    assertThat(apply(new RegisterIncarnation("n4", Formations.incarnation(44), 1)))
        .isEqualTo(new ClusterResult.Registered(2, map().epoch()));
  }

  @Test
  void replicasGoOnlyToActiveNodesThatHaveBeenStarted() {
    add(4);
    assertThat(place(List.of(), "data-0", "n1", "n2", "n4"))
        .isEqualTo(
            new ClusterResult.InvalidPlacement("node n4 was added but has never been started"));
    register(4);
    assertThat(place(List.of(new NodeMark("n4", NodeStanding.DRAINING)), "data-0", "n1", "n4"))
        .isEqualTo(new ClusterResult.InvalidPlacement("node n4 is draining"));
    assertThat(place(List.of(new NodeMark("n3", NodeStanding.DRAINING)), "data-0", "n4", "n1"))
        .isEqualTo(accepted(true));
    assertThat(node("n3").standing()).isEqualTo(NodeStanding.DRAINING);
    assertThat(map().group("data-0").orElseThrow().voters()).containsExactly("n4", "n1");
    assertThat(place(List.of(), "data-1", "n3", "n2", "n1")).isEqualTo(accepted(true));
  }

  @Test
  void metaVotersCanOnlyBeReordered() {
    assertThat(place(List.of(), "meta", "n3", "n1", "n2")).isEqualTo(accepted(true));
    assertThat(meta().voters()).containsExactly("n3", "n1", "n2");
    assertThat(place(List.of(), "meta", "n3", "n1"))
        .isInstanceOf(ClusterResult.InvalidPlacement.class);
  }

  @Test
  void whateverHappensMetaIsOnEveryNodeThatStays() {
    Random random = new Random(6);
    int next = 4;
    for (int step = 0; step < 400; step++) {
      List<NodeRecord> nodes = map().nodes();
      String name = nodes.get(random.nextInt(nodes.size())).name();
      switch (random.nextInt(5)) {
        case 0 -> add(next++);
        case 1 -> apply(new RegisterIncarnation(name, Formations.incarnation(1_000 + step), 1));
        case 2 -> apply(new RemoveNode(name));
        case 3 -> apply(new ForgetNode(name));
        default ->
            place(
                List.of(new NodeMark(name, NodeStanding.values()[random.nextInt(2)])),
                "data-" + random.nextInt(2),
                name);
      }
      checkMeta(step);
    }
  }

  private void checkMeta(int step) {
    List<String> staying =
        map().nodes().stream()
            .filter(node -> node.standing() != NodeStanding.LEAVING)
            .map(NodeRecord::name)
            .toList();
    List<String> registered = staying.stream().filter(name -> node(name).registered()).toList();
    assertThat(meta().voters()).as("step %d", step).hasSize(Math.min(5, registered.size()));
    assertThat(registered).as("step %d", step).containsAll(meta().voters());
    assertThat(meta().voters().size() + meta().learners().size()).isEqualTo(staying.size());
    assertThat(staying).allMatch(meta()::hostedBy);
  }

  private void join(int number) {
    add(number);
    register(number);
  }

  private void leave(String name) {
    apply(new RemoveNode(name));
    apply(new ForgetNode(name));
  }

  private ClusterResult add(int number) {
    return addAt("n" + number, number, number);
  }

  private ClusterResult addAt(String name, int http, int raft) {
    return apply(
        new AddNode(
            name,
            new NodeAddress("127.0.0.1", 8080 + http),
            new NodeAddress("127.0.0.1", 9080 + raft)));
  }

  private ClusterResult register(int number) {
    return apply(new RegisterIncarnation("n" + number, Formations.incarnation(number), 1));
  }

  private ClusterResult move(String group, String... voters) {
    return place(List.of(), group, voters);
  }

  private ClusterResult place(List<NodeMark> marks, String group, String... voters) {
    return apply(
        new ChangePlacement(marks, List.of(new GroupPreference(group, List.of(voters))), 0));
  }

  private ClusterResult accepted(boolean changed) {
    return new ClusterResult.Accepted(map().epoch(), changed);
  }

  private NodeRecord node(String name) {
    return map().node(name).orElseThrow();
  }

  private GroupRecord meta() {
    return map().group("meta").orElseThrow();
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
