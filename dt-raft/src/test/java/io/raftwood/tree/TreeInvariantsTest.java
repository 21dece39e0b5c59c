package io.raftwood.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.tree.TreeWalk.Seen;
import io.raftwood.tree.model.Fanout;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.model.TreeQuery;
import io.raftwood.tree.model.TreeResult;
import io.raftwood.tree.structure.RowChecker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Invariants 1 to 10 of the contract's section 6.7 (12 and 13: {@link TreeReplayTest}), each over
 * random steps of its own seeds: more than 10^6 steps in all. The rows are checked after every step
 * ({@link TreeRun}, {@link RowChecker}); what a client can see is checked now and then.
 */
class TreeInvariantsTest {
  private static final Fanout FOUR = new Fanout(4, 4);
  private static final int SMALL = 40;
  private static final int STEPS = 35_000;
  private static final int WALK_EVERY = 64;

  /** Runs random steps over a small tree and hands over what a client sees, now and then. */
  private static void walking(long seed, Consumer<TreeWalk> check) {
    TreeRun run = new TreeRun(seed, FOUR, SMALL, 1);
    int[] steps = {0};
    int[] walks = {0};
    run.take(
        STEPS,
        () -> {
          boolean now = ++steps[0] % WALK_EVERY == 0 && run.model().trees.containsKey(TreeRun.TREE);
          if (now) {
            walks[0]++;
            check.accept(TreeWalk.of(run.replica(), TreeRun.TREE));
          }
        });
    assertThat(walks[0]).as("walks").isGreaterThan(400);
    assertThat(run.dead().size()).as("nodes that died").isGreaterThan(300);
  }

  @Test
  void invariant1EveryNodeIsReachedOnceAndKnowsItsParent() {
    walking(
        1,
        walk -> {
          Set<NodeId> reached = new HashSet<>();
          for (Seen node : walk.nodes()) {
            assertThat(reached.add(node.id())).isTrue();
            assertThat(node.parent()).isEqualTo(node.above());
          }
          assertThat(walk.info().nodes()).isEqualTo(reached.size());
        });
  }

  @Test
  void invariant2AllLeavesHaveOneDepth() {
    walking(
        2,
        walk -> {
          int height = walk.info().height();
          for (Seen node : walk.nodes()) {
            assertThat(node.level()).isEqualTo(height - 1 - node.depth());
            assertThat(node.isLeaf()).isEqualTo(node.level() == 0);
          }
        });
  }

  @Test
  void invariant3NodesAreNeitherTooSmallNorTooLarge() {
    walking(
        3,
        walk -> {
          for (Seen node : walk.nodes()) {
            boolean root = node.depth() == 0;
            int least = node.isLeaf() ? (root ? 0 : FOUR.leafMin()) : 2;
            assertThat(node.count()).isBetween(least, 4);
            if (!node.isLeaf()) {
              assertThat(node.count()).isEqualTo(node.children().size());
            }
          }
        });
  }

  @Test
  void invariant4RangesOfChildrenTileTheirParents() {
    walking(
        4,
        walk -> {
          Bytes next = Bytes.EMPTY;
          Optional<Bytes> end = Optional.of(Bytes.EMPTY);
          for (Seen leaf : walk.leaves()) {
            assertThat(Optional.of(leaf.low())).isEqualTo(end);
            assertThat(leaf.low().compareTo(next)).isNotNegative();
            assertThat(leaf.high().isEmpty() || leaf.high().get().compareTo(leaf.low()) > 0)
                .isTrue();
            next = leaf.low();
            end = leaf.high();
          }
          assertThat(end).isEmpty();
          assertChildrenTile(walk);
        });
  }

  private static void assertChildrenTile(TreeWalk walk) {
    for (Seen node : walk.nodes()) {
      List<Seen> children =
          walk.nodes().stream()
              .filter(seen -> seen.above().equals(Optional.of(node.id())))
              .toList();
      Bytes low = node.low();
      for (int i = 0; i < children.size(); i++) {
        Seen child = children.get(i);
        assertThat(child.low()).isEqualTo(low);
        boolean last = i + 1 == children.size();
        assertThat(child.high())
            .isEqualTo(last ? node.high() : Optional.of(children.get(i + 1).low()));
        low = child.high().orElse(Bytes.EMPTY);
      }
    }
  }

  @Test
  void invariant5LeavesCountExactlyTheKeysOfTheirRanges() {
    walking(
        5,
        walk -> {
          long sum = 0;
          for (Seen leaf : walk.leaves()) {
            assertThat(walk.keys().stream().filter(leaf::holds)).hasSize(leaf.count());
            sum += leaf.count();
          }
          assertThat(walk.info().entries()).isEqualTo(sum).isEqualTo(walk.keys().size());
        });
  }

  @Test
  void invariant6AnInsertAnswersTheLeafThatHoldsTheKey() {
    TreeRun run = new TreeRun(6, FOUR, SMALL, 1);
    int[] placed = {0};
    run.take(
        STEPS,
        () -> {
          Bytes key = Bytes.utf8("new" + run.random().nextInt(60));
          TreeResult result = run.replica().ask(new TreeQuery.Get(TreeRun.TREE, key));
          if (run.random().nextInt(4) == 0 && result instanceof TreeResult.Absent) {
            placed[0]++;
            assertPlaced(run.replica(), key);
          }
        });
    assertThat(placed[0]).isGreaterThan(400);
  }

  /** Inserts a key that the run does not know, looks where it is, and takes it out again. */
  private static void assertPlaced(TreeReplica replica, Bytes key) {
    TreeReplica probe = replica.copy();
    TreeResult.Inserted inserted =
        (TreeResult.Inserted)
            probe.apply(new TreeCommand.Insert(TreeRun.TREE, key, key, Optional.empty()));
    Seen leaf = TreeWalk.see(probe, inserted.leaf(), Optional.empty(), 0);
    assertThat(leaf.level()).isZero();
    assertThat(leaf.holds(key)).isTrue();
    assertThat(probe.ask(new TreeQuery.Get(TreeRun.TREE, key)))
        .isEqualTo(new TreeResult.Found(key, probe.revision(), inserted.leaf()));
  }

  @Test
  void invariant7DeadIdsNeverComeBackAndFewAreMade() {
    // That few are made is checked after each step, by IdentityRule.
    TreeRun run = new TreeRun(7, FOUR, SMALL, 1);
    run.take(
        STEPS,
        () -> {
          if (run.random().nextInt(2000) == 0) {
            for (NodeId id : run.dead()) {
              assertThat(run.replica().ask(new TreeQuery.GetDownNodes(id)))
                  .isEqualTo(new TreeResult.NoSuchNode());
              assertThat(run.replica().ask(new TreeQuery.GetUpNode(id)))
                  .isEqualTo(new TreeResult.NoSuchNode());
            }
          }
        });
    assertThat(run.dead().stream().map(NodeId::tree).distinct().count())
        .as("trees dropped and created again")
        .isGreaterThan(5);
  }

  @Test
  void invariant8HeightGrowsWithTheLogarithm() {
    // The lower bound of the number of entries is checked after each step, by RowChecker.
    TreeReplica replica = new TreeReplica();
    TreeId tree = TreeRun.TREE;
    replica.apply(new TreeCommand.Create(tree, Fanout.DEFAULT));
    for (int i = 0; i < 100_000; i++) {
      Bytes key = Bytes.utf8(String.format("%08d", i));
      replica.apply(new TreeCommand.Insert(tree, key, Bytes.EMPTY, Optional.empty()));
      if (i % 4096 == 0) {
        replica.commit();
      }
    }
    RowChecker.check(replica.view());
    TreeResult.Info info = (TreeResult.Info) replica.ask(new TreeQuery.GetInfo(tree));
    assertThat(info.entries()).isEqualTo(100_000);
    assertThat(info.height()).isBetween(3, 4);
  }

  @Test
  void invariant9AnswersAreThoseOfASortedMap() {
    // Trees of all sizes, rows checked now and then; the answers are compared at each step.
    new TreeRun(90, FOUR, 400, 250).take(250_000, () -> {});
    new TreeRun(91, new Fanout(5, 7), 2000, 2000).take(250_000, () -> {});
    new TreeRun(92, Fanout.DEFAULT, 4000, 5000).take(200_000, () -> {});
    new TreeRun(93, new Fanout(7, 4), SMALL, 1).take(STEPS, () -> {});
  }

  @Test
  void invariant10PropertiesLiveAsLongAsTheirNodes() {
    // What getmetaprop answers is compared with the model at each step.
    TreeRun run = new TreeRun(10, FOUR, SMALL, 1);
    TreeId tree = TreeId.of("kept");
    Bytes name = Bytes.utf8("n");
    TreeReplica replica = run.replica();
    run.take(
        STEPS,
        () -> {
          if (run.random().nextInt(500) == 0) {
            for (NodeId id : new ArrayList<>(run.dead())) {
              assertThat(replica.ask(new TreeQuery.GetMetaProp(id, name)))
                  .isEqualTo(new TreeResult.NoSuchNode());
            }
          }
        });
    NodeId root = ((TreeResult.Created) replica.apply(new TreeCommand.Create(tree, FOUR))).root();
    TreeCommand cas = new TreeCommand.CasMetaProp(root, name, Optional.empty(), name);
    assertThat(replica.apply(cas)).isEqualTo(new TreeResult.PropertySet());
    assertThat(replica.apply(cas)).isEqualTo(new TreeResult.CompareFailed());
    for (int i = 0; i < 100; i++) {
      Bytes key = Bytes.utf8("k" + i);
      replica.apply(new TreeCommand.Insert(tree, key, key, Optional.empty()));
      assertThat(replica.bytesOf(root, "n")).contains(name);
    }
    for (int i = 0; i < 100; i++) {
      replica.apply(new TreeCommand.Delete(tree, Bytes.utf8("k" + i), Optional.empty()));
      assertThat(replica.bytesOf(root, "n")).contains(name);
    }
  }
}
