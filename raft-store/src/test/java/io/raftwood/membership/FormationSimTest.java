package io.raftwood.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterMachine;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.ClusterResult;
import io.raftwood.cluster.ClusterResultCodec;
import io.raftwood.cluster.Formation;
import io.raftwood.cluster.FormationPlan;
import io.raftwood.fixtures.Formations;
import io.raftwood.fixtures.SortedMapView;
import io.raftwood.peer.PeerMessageKind;
import io.raftwood.raft.ApplyContext;
import io.raftwood.raft.QueryContext;
import io.raftwood.storage.OverlayBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Formation under message loss, restarts and wiped disks, in virtual time. */
class FormationSimTest {
  private static final int SEEDS = 60;

  @Test
  void allAgreeOnOneFormationDespiteLossAndRestarts() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      World world = new World(seed, 1 + (int) (seed % 5));
      world.disturb(0.4, 4, 0);
      world.settle();
      assertThat(world.joinedClusters()).as("seed %d", seed).hasSize(1);
      assertThat(world.nodes).as("seed %d", seed).allMatch(Node::joined);
      assertThat(world.nodes)
          .as("seed %d", seed)
          .allMatch(node -> node.store.current().index() == 0);
    }
  }

  @Test
  void aWipedNodeNeverUsesIndexZeroOfAFormedCluster() {
    int complete = 0;
    long replaced = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      World world = new World(seed, 3 + (int) (seed % 3));
      world.disturb(0.2, 2, 1);
      world.settle();
      assertThat(world.joinedClusters().size()).as("seed %d", seed).isLessThanOrEqualTo(1);
      complete += world.nodes.stream().allMatch(Node::joined) ? 1 : 0;
      replaced += world.nodes.stream().filter(node -> node.store.current().index() > 0).count();
    }
    // One wiped node of three leaves a majority: everyone gets in.
    assertThat(complete).isEqualTo(SEEDS);
    assertThat(replaced).isPositive();
  }

  @Test
  void manyWipedNodesNeverBreakTheInvariants() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      World world = new World(seed, 2 + (int) (seed % 4));
      world.disturb(0.2, 4, 6);
      world.settle();
      assertThat(world.refusals).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void anOldCopyOfADiskIsRefused() {
    int refused = 0;
    for (long seed = 1; seed <= 100; seed++) {
      World world = new World(seed, 3);
      Node node = world.nodes.get(1);
      NodeIdentity copy = node.store.current();
      world.settle();
      node.stop();
      node.store = new MemoryIdentities(copy.startedAgain(), world.random);
      node.start();
      world.settle();
      refused += world.refusals.size();
      assertThat(node.joined()).as("seed %d", seed).isFalse();
    }
    assertThat(refused).isEqualTo(100);
  }

  /** The nodes of one run and what must always hold. */
  private static final class World {
    private final long seed;
    private final Random random;
    private final VirtualNetwork network;
    private final FormationPlan plan;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Meta> metas = new HashMap<>();
    private final Map<String, String> agreedOf = new HashMap<>();
    private final List<JoinOutcome.Refused> refusals = new ArrayList<>();

    World(long seed, int count) {
      this.seed = seed;
      random = new Random(seed);
      network = new VirtualNetwork(random);
      plan = Formations.of(count, 2).plan();
      plan.nodes().forEach(planned -> nodes.add(new Node(this, planned)));
      nodes.forEach(
          node -> network.after(Duration.ofMillis(random.nextInt(1500)), node::start));
    }

    void disturb(double loss, int restarts, int wipes) {
      network.setLoss(loss);
      for (int i = 0; i < restarts + wipes; i++) {
        boolean wipe = i < wipes;
        Node node = nodes.get(random.nextInt(nodes.size()));
        network.after(
            Duration.ofMillis(random.nextInt(4000)),
            () -> {
              node.stop();
              if (wipe) {
                node.wipe();
              }
              network.after(Duration.ofMillis(random.nextInt(500)), node::start);
            });
      }
      network.run(Duration.ofSeconds(6));
    }

    void settle() {
      network.setLoss(0);
      for (int i = 0; i < 20 && !nodes.stream().allMatch(Node::done); i++) {
        network.run(Duration.ofSeconds(1));
      }
    }

    Set<String> joinedClusters() {
      return nodes.stream()
          .filter(Node::joined)
          .map(node -> node.store.current().clusterId().orElseThrow())
          .collect(Collectors.toSet());
    }

    Meta meta(Formation formation) {
      return metas.computeIfAbsent(formation.clusterId(), unused -> new Meta(this, formation));
    }

    void joined(Node node) {
      NodeIdentity identity = node.store.current();
      Formation formation = identity.formation().orElseThrow();
      String listed =
          formation.member(identity.name()).map(Formation.Member::incarnation).orElse("");
      assertThat(identity.index() == 0)
          .as("seed %d: %s has index 0 only if it was listed", seed, identity)
          .isEqualTo(listed.equals(identity.incarnation()));
      String cluster = formation.clusterId();
      for (Formation.Member member : formation.members()) {
        assertThat(agreedOf.computeIfAbsent(member.incarnation(), unused -> cluster))
            .as("seed %d: %s belongs to one cluster only", seed, member)
            .isEqualTo(cluster);
      }
    }
  }

  /** The meta group of one cluster: works while a majority of its first members serves. */
  private static final class Meta {
    private final World world;
    private final Formation formation;
    private final SortedMapView rows = new SortedMapView();
    private final ClusterMachine machine = new ClusterMachine();
    private long revision;

    Meta(World world, Formation formation) {
      this.world = world;
      this.formation = formation;
      apply(new ClusterCommand.FormCluster(formation));
    }

    boolean available() {
      Set<String> serving = new HashSet<>();
      for (Node node : world.nodes) {
        NodeIdentity identity = node.store.current();
        if (node.joined()
            && identity.index() == 0
            && identity.clusterId().equals(Optional.of(formation.clusterId()))) {
          serving.add(identity.name());
        }
      }
      return 2 * serving.size() > formation.members().size();
    }

    ClusterResult apply(ClusterCommand command) {
      OverlayBatch batch = new OverlayBatch(rows);
      Bytes encoded = ClusterMachine.command(command, Optional.empty()).payload();
      Bytes result = machine.apply(new ApplyContext(batch, ++revision, 0), encoded);
      rows.commit(batch);
      return ClusterResultCodec.decode(result);
    }

    ClusterMap map() {
      Bytes query = ClusterMachine.mapQuery().payload();
      return ClusterMachine.decodeAnswer(machine.query(new QueryContext(rows, 0), query))
          .orElseThrow();
    }
  }

  /** One node: a disk that outlives its processes. */
  private static final class Node {
    private final World world;
    private final FormationPlan.Node planned;
    private MemoryIdentities store;
    private Optional<Process> process = Optional.empty();

    Node(World world, FormationPlan.Node planned) {
      this.world = world;
      this.planned = planned;
      wipe();
      store.save(NodeIdentity.fresh(planned.name(), store.newIncarnation(), 1));
    }

    void wipe() {
      MemoryIdentities empty = new MemoryIdentities(world.random);
      empty.save(NodeIdentity.fresh(planned.name(), empty.newIncarnation(), 1));
      store = empty;
    }

    void start() {
      if (process.isEmpty()) {
        store.save(store.current().startedAgain());
        process = Optional.of(new Process(this));
      }
    }

    void stop() {
      process = Optional.empty();
      world.network.close(planned.raft());
    }

    boolean joined() {
      return process.isPresent() && process.get().serving;
    }

    boolean done() {
      return joined() && process.get().recorded;
    }
  }

  /** One life of a node. */
  private static final class Process {
    private final Node node;
    private final ClusterDirectory directory = new ClusterDirectory();
    private final ClusterHandshake handshake;
    private boolean serving;
    private boolean recorded;

    Process(Node node) {
      this.node = node;
      VirtualNetwork network = node.world.network;
      StatusBoard board = new StatusBoard(network::nanos);
      HelloService hello =
          new HelloService(node.store, node.world.plan, directory, board, () -> serving);
      network.listen(node.planned.raft(), PeerMessageKind.HELLO, hello);
      network.listen(node.planned.raft(), PeerMessageKind.CLUSTER_COMMAND, this::command);
      handshake =
          new ClusterHandshake(
              node.store,
              node.world.plan,
              network.transport(node.planned.raft()),
              Map::of,
              network::nanos);
      network.after(Duration.ZERO, this::tick);
    }

    private void tick() {
      if (node.process.filter(live -> live == this).isEmpty()) {
        return;
      }
      handshake.tick();
      if (handshake.outcome().isDone()) {
        ended(handshake.outcome().join());
      }
      long jitter = node.world.random.nextInt(serving ? 1000 : 50);
      node.world.network.after(ClusterHandshake.TICK.plusMillis(jitter), this::tick);
    }

    private void ended(JoinOutcome outcome) {
      if (outcome instanceof JoinOutcome.Refused refused) {
        node.world.refusals.add(refused);
        node.stop();
        return;
      }
      if (!serving) {
        serving = true;
        node.world.joined(node);
      }
      work();
    }

    private void work() {
      Meta meta = meta();
      if (!meta.available()) {
        return;
      }
      NodeIdentity self = node.store.current();
      if (!recorded) {
        recorded = true;
        ClusterResult result =
            meta.apply(
                new ClusterCommand.RecordStart(self.name(), self.incarnation(), self.starts()));
        assertThat(result)
            .as("seed %d: %s", node.world.seed, self)
            .isInstanceOf(ClusterResult.Accepted.class);
      }
      // Replication may be behind.
      if (node.world.random.nextInt(5) == 0) {
        directory.offer(meta.map());
      }
    }

    private Meta meta() {
      return node.world.meta(node.store.current().formation().orElseThrow());
    }

    private CompletableFuture<Bytes> command(Bytes bytes) {
      ClusterCommandRequest request = ClusterCommandRequest.decode(bytes);
      ClusterCommandReply reply = new ClusterCommandReply.Elsewhere(Optional.empty());
      if (serving && meta().available()) {
        assertThat(request.clusterId()).isEqualTo(meta().formation.clusterId());
        ClusterResult result = meta().apply(request.command());
        reply = new ClusterCommandReply.Decided(result, Optional.of(meta().map()));
      }
      return CompletableFuture.completedFuture(ClusterCommandReply.Codec.encode(reply));
    }
  }

  /** A disk on the heap, with incarnations from the run's seed. */
  private static final class MemoryIdentities implements IdentityStore {
    private final Random random;
    private Optional<NodeIdentity> identity = Optional.empty();

    MemoryIdentities(Random random) {
      this.random = random;
    }

    MemoryIdentities(NodeIdentity identity, Random random) {
      this.random = random;
      this.identity = Optional.of(identity);
    }

    @Override
    public NodeIdentity current() {
      return identity.orElseThrow();
    }

    @Override
    public void save(NodeIdentity changed) {
      identity = Optional.of(changed);
    }

    @Override
    public String newIncarnation() {
      return String.format("%016x%016x", random.nextLong(), random.nextLong());
    }
  }
}
