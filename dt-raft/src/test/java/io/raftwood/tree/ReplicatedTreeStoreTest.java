package io.raftwood.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.InMemoryTablet;
import io.raftwood.raft.ApplyContext;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.Query;
import io.raftwood.raft.QueryContext;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import io.raftwood.raft.Slot;
import io.raftwood.raft.Transit;
import io.raftwood.storage.StorageBatch;
import io.raftwood.tree.model.Fanout;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.model.TreeQuery;
import io.raftwood.tree.model.TreeResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ReplicatedTreeStoreTest {
  private static final TreeId TREE = TreeId.of("fruit");
  private static final int SLOT = Slot.of(TREE.name());
  private static final Bytes KEY = Bytes.utf8("k");
  private static final RequestOptions OPTIONS =
      new RequestOptions(
          ReadConsistency.LINEARIZABLE,
          false,
          Deadline.after(Duration.ofMinutes(1)),
          Optional.empty(),
          Runnable::run);

  private final OneGroup group = new OneGroup();
  private final TreeStore store = new ReplicatedTreeStore(group);

  /** A group without Raft that writes down which slots it was asked for. */
  private static final class OneGroup implements Transit {
    private final TreeMachine machine = new TreeMachine();
    private final StorageBatch batch = new InMemoryTablet("g").newBatch();
    private final List<Integer> slots = new ArrayList<>();
    private long revision;

    @Override
    public CompletableFuture<Replicated<Bytes>> write(
        int slot, int family, Bytes command, RequestOptions options) {
      assertThat(family).isEqualTo(TreeMachine.FAMILY);
      slots.add(slot);
      revision++;
      return answer(machine.apply(new ApplyContext(batch, revision, 0), command));
    }

    @Override
    public CompletableFuture<Replicated<Bytes>> read(
        int slot, Query query, RequestOptions options) {
      assertThat(query.family()).isEqualTo(TreeMachine.FAMILY);
      slots.add(slot);
      return answer(machine.query(new QueryContext(batch, 0), query.payload()));
    }

    private CompletableFuture<Replicated<Bytes>> answer(Bytes result) {
      return CompletableFuture.completedFuture(new Replicated<>(result, revision, false));
    }
  }

  private TreeResult execute(TreeCommand command) {
    Replicated<TreeResult> answer = store.execute(command, OPTIONS).join();
    assertThat(answer.appliedIndex()).isEqualTo(group.revision);
    return answer.value();
  }

  private TreeResult query(TreeQuery query) {
    return store.query(query, OPTIONS).join().value();
  }

  @Test
  void everyCallAboutATreeOrItsNodesGoesToTheTreesSlot() {
    TreeResult.Created created =
        (TreeResult.Created) execute(new TreeCommand.Create(TREE, Fanout.DEFAULT));
    NodeId root = created.root();
    execute(new TreeCommand.Insert(TREE, KEY, KEY, Optional.empty()));
    execute(new TreeCommand.SetCas(TREE, KEY, Optional.of(KEY), KEY, Optional.empty()));
    execute(new TreeCommand.CasMetaProp(root, KEY, Optional.empty(), KEY));
    assertThat(query(new TreeQuery.Get(TREE, KEY))).isEqualTo(new TreeResult.Found(KEY, 3, root));
    assertThat(query(new TreeQuery.GetMetaProp(root, KEY)))
        .isEqualTo(new TreeResult.Property(Optional.of(KEY)));
    for (TreeQuery query :
        List.of(
            new TreeQuery.Seek(TREE, KEY),
            new TreeQuery.Range(TREE, KEY, KEY, 1, true),
            new TreeQuery.GetInfo(TREE),
            new TreeQuery.GetRoot(TREE),
            new TreeQuery.GetDownNodes(root),
            new TreeQuery.GetUpNode(root))) {
      assertThat(query(query)).isNotInstanceOf(TreeResult.NoSuchTree.class);
    }
    execute(new TreeCommand.Delete(TREE, KEY, Optional.empty()));
    execute(new TreeCommand.Drop(TREE));
    assertThat(group.slots).containsOnly(SLOT);
  }

  @Test
  void listingsGoWhereTheCallerSays() {
    execute(new TreeCommand.Create(TREE, Fanout.DEFAULT));
    group.slots.clear();
    TreeQuery.ListTrees list = new TreeQuery.ListTrees(Bytes.EMPTY, 5);
    assertThat(store.list(512, list, OPTIONS).join().value().trees()).containsExactly(TREE);
    assertThat(group.slots).containsExactly(512);
    assertThatIllegalArgumentException().isThrownBy(() -> store.query(list, OPTIONS));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.execute(new TreeCommand.Purge(1), OPTIONS));
  }
}
