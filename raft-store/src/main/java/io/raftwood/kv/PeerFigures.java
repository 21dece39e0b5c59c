package io.raftwood.kv;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvResult.TableFigures;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The figures of the replicas on one node, added up over its groups (contract 6.1). Which groups
 * count, how futures complete and fail, and what {@link Replicated#appliedIndex} says: as for
 * {@link PeerListing}. The groups are asked one after another, so the sums of a node that is being
 * written to are of no single moment.
 */
public final class PeerFigures {
  /** Most tables of a node that are listed. */
  public static final int TABLES_MAX = 100_000;

  private final NodeReplicas replicas;
  private final Map<Bytes, Map<RecordKind, Figures>> tables = new TreeMap<>();
  private Figures keys = Figures.ZERO;
  private Figures hashes = Figures.ZERO;
  private int tableCount;
  private KvGroups.Group listed;
  private Bytes last = Bytes.EMPTY;
  private boolean groupListed = true;

  private PeerFigures(NodeReplicas replicas) {
    this.replicas = replicas;
  }

  /** The sums over all groups: {@link KvResult.Totals}. */
  public static CompletableFuture<Replicated<KvResult>> totals(
      KvGroups groups, String node, RequestOptions options) {
    PeerFigures figures = new PeerFigures(new NodeReplicas(groups, node, options));
    return figures
        .eachGroup(new KvQuery.CountAll())
        .thenApply(
            done -> figures.replicas.together(new KvResult.Totals(figures.keys, figures.hashes)));
  }

  /**
   * One table: {@link KvResult.Tables}, with more than one element if groups know it as different
   * kinds, then by number of the kind; {@link KvResult.Absent} if none knows it.
   */
  public static CompletableFuture<Replicated<KvResult>> table(
      KvGroups groups, String node, Bytes table, RequestOptions options) {
    PeerFigures figures = new PeerFigures(new NodeReplicas(groups, node, options));
    return figures
        .eachGroup(new KvQuery.CountTable(table))
        .thenApply(
            done ->
                figures.replicas.together(
                    figures.tables.isEmpty() ? new KvResult.Absent() : figures.merged()));
  }

  /**
   * All tables, in byte order of their names, then by number of the kind: {@link KvResult.Tables};
   * {@link KvResult.PageTooLarge} if there are more than {@link #TABLES_MAX}.
   */
  public static CompletableFuture<Replicated<KvResult>> tables(
      KvGroups groups, String node, RequestOptions options) {
    PeerFigures figures = new PeerFigures(new NodeReplicas(groups, node, options));
    return StepLoop.run(figures::nextTables)
        .thenApply(
            done ->
                figures.replicas.together(
                    figures.tableCount > TABLES_MAX
                        ? new KvResult.PageTooLarge()
                        : figures.merged()));
  }

  private CompletableFuture<Void> eachGroup(KvQuery query) {
    return StepLoop.run(
        () ->
            replicas.hasNext()
                ? replicas.ask(replicas.next(), query).thenApply(this::add)
                : CompletableFuture.completedFuture(false));
  }

  private CompletableFuture<Boolean> nextTables() {
    if (groupListed) {
      if (!replicas.hasNext()) {
        return CompletableFuture.completedFuture(false);
      }
      listed = replicas.next();
      last = Bytes.EMPTY;
    }
    KvQuery query = new KvQuery.CountTables(last, KvLimits.PAGE_RECORDS_MAX);
    return replicas.ask(listed, query).thenApply(this::add);
  }

  /** Adds one answer; whether to go on. */
  private boolean add(KvResult answer) {
    if (answer instanceof KvResult.Totals) {
      keys = keys.plus(((KvResult.Totals) answer).keys());
      hashes = hashes.plus(((KvResult.Totals) answer).hashes());
    } else if (answer instanceof KvResult.Tables) {
      KvResult.Tables page = (KvResult.Tables) answer;
      page.tables().forEach(this::add);
      groupListed = page.end() || page.tables().isEmpty();
    }
    return tableCount <= TABLES_MAX;
  }

  private void add(TableFigures table) {
    last = table.table();
    Map<RecordKind, Figures> kinds =
        tables.computeIfAbsent(last, name -> new EnumMap<>(RecordKind.class));
    tableCount += kinds.containsKey(table.kind()) ? 0 : 1;
    kinds.merge(table.kind(), table.figures(), Figures::plus);
  }

  private KvResult.Tables merged() {
    List<TableFigures> all = new ArrayList<>(tableCount);
    tables.forEach(
        (name, kinds) ->
            kinds.forEach((kind, figures) -> all.add(new TableFigures(kind, name, figures))));
    return new KvResult.Tables(all, true);
  }
}
