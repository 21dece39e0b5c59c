package io.raftwood.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.InMemoryTablet;
import io.raftwood.raft.QueryContext;
import io.raftwood.storage.StorageSnapshot;
import io.raftwood.storage.Tablet;
import io.raftwood.tree.model.Fanout;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.model.TreeQuery;
import io.raftwood.tree.model.TreeResult;
import io.raftwood.tree.structure.RowChecker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** One machine is asked about several moments of a tree whose nodes come and go. */
class TreeMomentsTest {
  private static final TreeId TREE = TreeId.of("t");
  private static final int MOMENTS = 6;

  private final TreeMachine machine = new TreeMachine();
  private final Tablet tablet = new InMemoryTablet("g");
  private final TreeReplica replica = new TreeReplica(tablet, machine);

  /** A moment, and what its rows say of its nodes. */
  private record Moment(StorageSnapshot view, RowChecker.Structure structure) {}

  @Test
  void everyMomentNamesTheLeavesItHad() {
    long seed = new SplittableRandom().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    replica.apply(new TreeCommand.Create(TREE, new Fanout(4, 4)));
    List<Moment> moments = new ArrayList<>();
    int answered = 0;
    for (int step = 0; step < 3000; step++) {
      boolean grows = (step / 500) % 2 == 0;
      change(random, grows);
      if (random.nextInt(10) == 0) {
        replica.commit();
        if (moments.size() == MOMENTS) {
          moments.remove(random.nextInt(MOMENTS)).view.close();
        }
        StorageSnapshot view = tablet.snapshot();
        moments.add(new Moment(view, RowChecker.check(view).get(TREE)));
      }
      if (!moments.isEmpty()) {
        Moment moment = moments.get(random.nextInt(moments.size()));
        Bytes key = key(random);
        TreeResult result = ask(moment, key);
        if (result instanceof TreeResult.Found found) {
          answered++;
          assertThat(found.leaf())
              .as("seed %d step %d", seed, step)
              .isEqualTo(moment.structure.leafOf(key));
        }
      }
    }
    assertThat(answered).isGreaterThan(500);
    moments.forEach(moment -> moment.view.close());
  }

  private TreeResult ask(Moment moment, Bytes key) {
    Bytes query = TreeQueryCodec.encode(new TreeQuery.Get(TREE, key));
    return TreeResultCodec.decode(machine.query(new QueryContext(moment.view, 0), query));
  }

  private void change(SplittableRandom random, boolean grows) {
    Bytes key = key(random);
    if (random.nextInt(4) == 0 ^ grows) {
      replica.apply(new TreeCommand.Insert(TREE, key, key, Optional.empty()));
    } else {
      replica.apply(new TreeCommand.Delete(TREE, key, Optional.empty()));
    }
  }

  private static Bytes key(SplittableRandom random) {
    return Bytes.utf8("k" + random.nextInt(200));
  }
}
