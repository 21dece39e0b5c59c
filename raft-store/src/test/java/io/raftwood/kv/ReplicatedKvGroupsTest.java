package io.raftwood.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.Query;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ReplicatedKvGroupsTest {
  private static final KvQuery QUERY = new KvQuery.CountTable(Bytes.utf8("t"));
  private static final KvResult.Totals RESULT =
      new KvResult.Totals(new Figures(1, 2, 1024), Figures.ZERO);

  private final List<String> asked = new ArrayList<>();
  private CompletableFuture<Replicated<Bytes>> answer =
      CompletableFuture.completedFuture(new Replicated<>(KvResultCodec.encode(RESULT), 9, true));
  private final KvGroups groups = new ReplicatedKvGroups(new OneGroup());

  @Test
  void queriesTravelEncodedAndAnswersComeBackDecodedWithTheirFreshness() {
    assertThat(groups.query("data-0", QUERY, PeerListingTest.options()).join())
        .isEqualTo(new Replicated<>(RESULT, 9, true));
    assertThat(groups.queryReplica("n1", "data-0", QUERY, PeerListingTest.options()).join())
        .isEqualTo(new Replicated<>(RESULT, 9, true));
    assertThat(asked).containsExactly("leader data-0", "n1 data-0");
  }

  @Test
  void failuresPassThrough() {
    answer = CompletableFuture.failedFuture(new GroupUnavailableException("x"));
    assertThatThrownBy(
            () -> groups.queryReplica("n1", "data-0", QUERY, PeerListingTest.options()).join())
        .hasCauseInstanceOf(GroupUnavailableException.class);
  }

  @Test
  void theMapIsThatOfTheTransit() {
    assertThat(groups.nodes()).containsExactly("n1", "n2");
    assertThat(groups.groups()).hasSize(1);
  }

  private final class OneGroup implements ReplicatedKvGroups.Transit {
    @Override
    public List<KvGroups.Group> groups() {
      return List.of(new KvGroups.Group("data-0", SlotRange.ALL, nodes()));
    }

    @Override
    public List<String> nodes() {
      return List.of("n1", "n2");
    }

    @Override
    public CompletableFuture<Replicated<Bytes>> read(
        String group, Query query, RequestOptions options) {
      return answer("leader " + group, query);
    }

    @Override
    public CompletableFuture<Replicated<Bytes>> readReplica(
        String node, String group, Query query, RequestOptions options) {
      return answer(node + " " + group, query);
    }

    private CompletableFuture<Replicated<Bytes>> answer(String whom, Query query) {
      assertThat(query.family()).isEqualTo(KvCommand.FAMILY);
      assertThat(KvQueryCodec.decode(query.payload())).isEqualTo(QUERY);
      asked.add(whom);
      return answer;
    }
  }
}
