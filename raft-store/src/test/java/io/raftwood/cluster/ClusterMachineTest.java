package io.raftwood.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.cluster.ClusterCommand.ChangePlacement;
import io.raftwood.cluster.ClusterCommand.FormCluster;
import io.raftwood.cluster.ClusterCommand.RecordStart;
import io.raftwood.cluster.ClusterCommand.RegisterIncarnation;
import io.raftwood.fixtures.Formations;
import io.raftwood.fixtures.SortedMapView;
import io.raftwood.raft.ApplyContext;
import io.raftwood.raft.CorruptEntryException;
import io.raftwood.raft.QueryContext;
import io.raftwood.storage.Keyspace;
import io.raftwood.storage.OverlayBatch;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterMachineTest {
  private static final String FRESH = Formations.incarnation(99);
  private static final String FRESHER = Formations.incarnation(100);

  private final SortedMapView store = new SortedMapView();
  private final ClusterMachine machine = new ClusterMachine();
  private long revision;

  @Test
  void answersNoMapBeforeTheClusterIsFormed() {
    assertThat(map()).isEmpty();
    assertThat(apply(new RecordStart("n1", FRESH, 1))).isEqualTo(new ClusterResult.NotFormed());
    assertThat(apply(new RegisterIncarnation("n1", FRESH, 1)))
        .isEqualTo(new ClusterResult.NotFormed());
    assertThat(apply(place(0, "meta", "n1"))).isEqualTo(new ClusterResult.NotFormed());
    assertThat(store.rows()).isEmpty();
  }

  @Test
  void formsOnceAndRefusesAnotherCluster() {
    Formation formation = Formations.of(3, 2);
    assertThat(apply(new FormCluster(formation))).isEqualTo(accepted(1, true));
    assertThat(apply(new FormCluster(formation))).isEqualTo(accepted(1, false));
    assertThat(apply(new FormCluster(Formations.of(3, 1))))
        .isEqualTo(new ClusterResult.OtherCluster(formation.clusterId()));
    assertThat(map()).contains(InitialPlacement.of(formation));
  }

  @Test
  void newIncarnationGetsTheNextIndexAndRetiresTheOld() {
    form();
    assertThat(apply(new RegisterIncarnation("n2", FRESH, 4)))
        .isEqualTo(new ClusterResult.Registered(1, 2));
    NodeRecord node = map().orElseThrow().node("n2").orElseThrow();
    assertThat(node.incarnation()).isEqualTo(FRESH);
    assertThat(node.index()).isEqualTo(1);
    assertThat(node.starts()).isEqualTo(4);
    assertThat(apply(new RegisterIncarnation("n2", Formations.incarnation(2), 9)))
        .isEqualTo(new ClusterResult.Superseded(FRESH));
  }

  @Test
  void registeringTwiceChangesNothing() {
    form();
    apply(new RegisterIncarnation("n2", FRESH, 4));
    assertThat(apply(new RegisterIncarnation("n2", FRESH, 4)))
        .isEqualTo(new ClusterResult.Registered(1, 2));
    assertThat(map().orElseThrow().epoch()).isEqualTo(2);
  }

  @Test
  void everyRetiredIncarnationStaysRefused() {
    form();
    apply(new RegisterIncarnation("n2", FRESH, 1));
    apply(new RegisterIncarnation("n2", FRESHER, 1));
    for (String old : List.of(Formations.incarnation(2), FRESH)) {
      assertThat(apply(new RegisterIncarnation("n2", old, 50)))
          .isEqualTo(new ClusterResult.Superseded(FRESHER));
      assertThat(apply(new RecordStart("n2", old, 50)))
          .isEqualTo(new ClusterResult.Superseded(FRESHER));
    }
    assertThat(map().orElseThrow().node("n2").orElseThrow().index()).isEqualTo(2);
  }

  @Test
  void unknownNodesAreRefused() {
    form();
    assertThat(apply(new RegisterIncarnation("n9", FRESH, 1)))
        .isEqualTo(new ClusterResult.UnknownNode("n9"));
    assertThat(apply(new RecordStart("n9", FRESH, 1)))
        .isEqualTo(new ClusterResult.UnknownNode("n9"));
  }

  @Test
  void startsMustGrow() {
    form();
    String incarnation = Formations.incarnation(1);
    assertThat(apply(new RecordStart("n1", incarnation, 3))).isEqualTo(accepted(2, true));
    assertThat(apply(new RecordStart("n1", incarnation, 3)))
        .isEqualTo(new ClusterResult.RolledBack(3));
    assertThat(apply(new RecordStart("n1", incarnation, 2)))
        .isEqualTo(new ClusterResult.RolledBack(3));
    assertThat(apply(new RecordStart("n1", incarnation, 4))).isEqualTo(accepted(3, true));
  }

  @Test
  void placementChangesOnlyTheNamedGroup() {
    form();
    assertThat(apply(place(1, "data-1", "n3"))).isEqualTo(accepted(2, true));
    ClusterMap map = map().orElseThrow();
    assertThat(map.group("data-1"))
        .contains(new GroupRecord("data-1", 512, 1024, List.of("n3"), List.of()));
    assertThat(map.group("data-0")).isEqualTo(InitialPlacement.of(formation()).group("data-0"));
    assertThat(apply(place(0, "data-1", "n3"))).isEqualTo(accepted(2, false));
  }

  @Test
  void placementFromAnOldEpochIsRefused() {
    form();
    apply(new RecordStart("n1", Formations.incarnation(1), 1));
    assertThat(apply(place(1, "data-0", "n1"))).isEqualTo(new ClusterResult.EpochMismatch(2));
  }

  @Test
  void impossiblePlacementsAreRefused() {
    form();
    assertThat(
            List.of(
                place(0, "data-9", "n1"),
                place(0, "data-0"),
                place(0, "data-0", "n9"),
                place(0, "data-0", "n1", "n1"),
                place(0, "meta", "n1", "n2"),
                new ChangePlacement(
                    List.of(), List.of(wish("data-0", "n1"), wish("data-0", "n1")), 0)))
        .allSatisfy(
            command ->
                assertThat(apply(command)).isInstanceOf(ClusterResult.InvalidPlacement.class));
    assertThat(map()).contains(InitialPlacement.of(formation()));
  }

  @Test
  void keepsItsRowsInItsKeyspace() {
    form();
    apply(new RegisterIncarnation("n2", FRESH, 1));
    assertThat(store.rows().keySet()).allMatch(Keyspace.CLUSTER.range()::contains).hasSize(2);
  }

  @Test
  void malformedCommandIsAFaultAndMalformedQueryAnError() {
    OverlayBatch batch = new OverlayBatch(store);
    assertThatThrownBy(() -> machine.apply(new ApplyContext(batch, 1, 0), Bytes.of(1, 99)))
        .isInstanceOf(CorruptEntryException.class);
    QueryContext context = new QueryContext(store, 0);
    for (Bytes query : List.of(Bytes.EMPTY, Bytes.of(2, 1), Bytes.of(1, 2), Bytes.of(1, 1, 0))) {
      assertThatThrownBy(() -> machine.query(context, query))
          .isInstanceOf(MalformedBytesException.class);
    }
  }

  private static Formation formation() {
    return Formations.of(3, 2);
  }

  private static GroupPreference wish(String group, String... voters) {
    return new GroupPreference(group, List.of(voters));
  }

  private static ChangePlacement place(long epoch, String group, String... voters) {
    return new ChangePlacement(List.of(), List.of(wish(group, voters)), epoch);
  }

  private void form() {
    apply(new FormCluster(formation()));
  }

  private static ClusterResult accepted(long epoch, boolean changed) {
    return new ClusterResult.Accepted(epoch, changed);
  }

  private Optional<ClusterMap> map() {
    return ClusterMachine.decodeAnswer(
        machine.query(new QueryContext(store, 0), ClusterMachine.mapQuery().payload()));
  }

  private ClusterResult apply(ClusterCommand command) {
    OverlayBatch batch = new OverlayBatch(store);
    Bytes encoded = ClusterMachine.command(command, Optional.empty()).payload();
    Bytes result = machine.apply(new ApplyContext(batch, ++revision, 0), encoded);
    store.commit(batch);
    return ClusterResultCodec.decode(result);
  }
}
