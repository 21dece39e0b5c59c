package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvGroups;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.PeerFigures;
import io.raftwood.kv.PeerListing;
import io.raftwood.kv.RecordKind;
import io.raftwood.kv.SlotRange;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import io.raftwood.raft.Slot;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * hustdb's {@code keys hkeys smembers stat stat_all file_count}: what one node's replicas hold. The
 * requests are read on I/O threads and answered by {@link LongReads}.
 */
final class PeerHandler {
  /** What the original calls files are fixed ranges of slots here. */
  private static final int FILES = 64;

  private static final int FILE_SLOTS = Slot.COUNT / FILES;

  private final KvGroups groups;
  private final LongReads reads;
  private final RequestParameters parameters;
  private final boolean strict;

  /** Lists what {@code groups} hold. */
  PeerHandler(KvGroups groups, LongReads reads, HustdbDialect dialect) {
    this.groups = groups;
    this.reads = reads;
    this.parameters = new RequestParameters(dialect);
    this.strict = dialect.strict();
  }

  /** The endpoints. */
  List<Route> routes() {
    return List.of(
        Route.any("keys", Family.PEER, this::keys),
        Route.any("hkeys", Family.PEER, call -> table(call, RecordKind.HASH_FIELD)),
        Route.any("smembers", Family.PEER, call -> table(call, RecordKind.SET_MEMBER)),
        Route.any("stat", Family.PEER, this::figures),
        Route.any("stat_all", Family.PEER, this::allFigures),
        Route.any("file_count", Family.PEER, this::fileCount));
  }

  private void keys(Call call) {
    String node = node(call);
    long file = parameters.requiredSigned64(call.query(), "file");
    PageWindow window = PageWindow.read(parameters, strict, call.query());
    if (file < 0 || file >= FILES) {
      throw new RequestRefusedException(Outcome.EMPTY_RANGE, "file");
    }
    int first = (int) file * FILE_SLOTS;
    SlotRange slots = window.slots().intersect(new SlotRange(first, first + FILE_SLOTS));
    KvQuery.ListRecords query =
        new KvQuery.ListRecords(slots, window.offset(), window.size(), window.withValues());
    RequestOptions options = options(call);
    answer(call, () -> PeerListing.records(groups, node, query, options), page -> page(page, true));
  }

  private void table(Call call, RecordKind kind) {
    String node = node(call);
    Bytes table = parameters.table(call.query());
    PageWindow window = PageWindow.read(parameters, strict, call.query());
    KvQuery.ListTable query =
        new KvQuery.ListTable(
            kind, table, window.slots(), window.offset(), window.size(), window.withValues());
    RequestOptions options = options(call);
    answer(call, () -> PeerListing.table(groups, node, query, options), page -> page(page, false));
  }

  private void figures(Call call) {
    String node = node(call);
    Optional<Bytes> table =
        parameters.raw(call.query(), "tb").map(text -> parameters.table(call.query()));
    RequestOptions options = options(call);
    if (table.isEmpty()) {
      answer(
          call,
          () -> PeerFigures.totals(groups, node, options),
          totals -> text(FiguresJson.of((KvResult.Totals) totals)));
    } else {
      answer(
          call,
          () -> PeerFigures.table(groups, node, table.get(), options),
          PeerHandler::tableFigures);
    }
  }

  private void allFigures(Call call) {
    String node = node(call);
    RequestOptions options = options(call);
    reads.answer(
        call,
        () ->
            PeerFigures.totals(groups, node, options)
                .thenCompose(
                    totals ->
                        PeerFigures.tables(groups, node, options)
                            .thenApply(tables -> allFigures(totals, tables))));
  }

  /** The number is always the same; but a node that does not answer has no files to be counted. */
  private void fileCount(Call call) {
    String node = node(call);
    RequestOptions options = options(call);
    reads.answer(
        call,
        () ->
            PeerFigures.totals(groups, node, options)
                .thenApply(alive -> text(Bytes.utf8(Integer.toString(FILES)))));
  }

  private String node(Call call) {
    List<String> nodes = groups.nodes();
    if (nodes.isEmpty()) {
      throw new RequestRefusedException(Outcome.NOT_READY, "");
    }
    return nodes.get((int) parameters.requiredUpTo(nodes.size() - 1L, call.query(), "peer"));
  }

  private RequestOptions options(Call call) {
    return new RequestOptions(
        ReadConsistency.LOCAL, false, call.deadline(), Optional.empty(), reads.executor());
  }

  private void answer(
      Call call,
      Supplier<CompletableFuture<Replicated<KvResult>>> read,
      Function<KvResult, Reply> toReply) {
    reads.answer(
        call, () -> read.get().thenApply(found -> fresh(toReply.apply(found.value()), found)));
  }

  /** Says how far the replica is; the original has no such header. */
  private Reply fresh(Reply reply, Replicated<?> found) {
    return strict ? reply : reply.read(found.appliedIndex(), found.stale());
  }

  private static Reply page(KvResult result, boolean allKinds) {
    if (!(result instanceof KvResult.Page)) {
      return refusal(result);
    }
    List<KvResult.Listed> records = ((KvResult.Page) result).records();
    Bytes json = allKinds ? ListingJson.ofAllKinds(records) : ListingJson.ofTable(records);
    return Reply.listing(records.size(), json);
  }

  private static Reply tableFigures(KvResult result) {
    // A name that groups know as different kinds is shown as the first of them.
    return result instanceof KvResult.Tables
        ? text(FiguresJson.of(((KvResult.Tables) result).tables().get(0)))
        : refusal(result);
  }

  private Reply allFigures(Replicated<KvResult> totals, Replicated<KvResult> tables) {
    if (!(tables.value() instanceof KvResult.Tables)) {
      return refusal(tables.value());
    }
    List<KvResult.TableFigures> all = ((KvResult.Tables) tables.value()).tables();
    return fresh(text(FiguresJson.of((KvResult.Totals) totals.value(), all)), tables);
  }

  private static Reply refusal(KvResult result) {
    if (result instanceof KvResult.Absent) {
      return Reply.of(Outcome.NOT_FOUND);
    }
    return Reply.of(
        result instanceof KvResult.WrongKind ? Outcome.WRONG_KIND : Outcome.PAGE_TOO_LARGE);
  }

  private static Reply text(Bytes body) {
    return Reply.body(Outcome.OK, body, Reply.TEXT);
  }
}
