package io.raftwood.kv;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvResult.TableFigures;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One group that always has another page of tables. */
final class EndlessTables implements KvGroups {
  private long at;

  @Override
  public List<Group> groups() {
    return List.of(new Group("data-0", SlotRange.ALL, nodes()));
  }

  @Override
  public List<String> nodes() {
    return List.of("n1");
  }

  @Override
  public CompletableFuture<Replicated<KvResult>> query(
      String group, KvQuery query, RequestOptions options) {
    throw new AssertionError("not asked of a leader");
  }

  @Override
  public CompletableFuture<Replicated<KvResult>> queryReplica(
      String node, String group, KvQuery query, RequestOptions options) {
    List<TableFigures> page = new ArrayList<>();
    for (int size = ((KvQuery.CountTables) query).size(); size > 0; size--) {
      Bytes table = Bytes.utf8(String.format("%09d", at++));
      page.add(new TableFigures(RecordKind.SET_MEMBER, table, new Figures(1, 0, 0)));
    }
    return CompletableFuture.completedFuture(
        new Replicated<>(new KvResult.Tables(page, false), 1, false));
  }
}
