package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.kv.KvGroups;
import io.raftwood.kv.KvLimits;
import io.raftwood.kv.ScanCursor;
import io.raftwood.kv.ScanWalk;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * {@code scan}: the records of the whole cluster, page by page. Ours, not hustdb's, so parameters
 * are read alike in both modes. Requests are read on I/O threads and answered by {@link LongReads}.
 */
final class ScanHandler {
  private static final String JSON_TYPE = "application/json";
  private static final int LIMIT_DEFAULT = 100;
  private static final Bytes RECORDS = Bytes.utf8("{\"records\":");

  private final KvGroups groups;
  private final LongReads reads;
  private final RequestParameters parameters = new RequestParameters(HustdbDialect.DEFAULT);
  private final boolean staleFallback;
  private final int keyBytesMax;

  /** Scans {@code groups}. */
  ScanHandler(KvGroups groups, LongReads reads, HttpSettings settings) {
    this.groups = groups;
    this.reads = reads;
    this.staleFallback = settings.dialect().staleFallback();
    this.keyBytesMax = settings.limits().keyBytesMax();
  }

  /** The endpoints. */
  List<Route> routes() {
    return List.of(Route.withBody("scan", Family.SCAN, this::scan));
  }

  private void scan(Call call) {
    ScanWalk.Request request = request(call);
    Optional<ReadConsistency> asked = parameters.consistency(call.query());
    RequestOptions options =
        new RequestOptions(
            asked.orElse(ReadConsistency.LEASE),
            asked.isEmpty() && staleFallback,
            call.deadline(),
            Optional.empty(),
            reads.executor());
    reads.answer(
        call,
        () ->
            ScanWalk.page(groups, request, options)
                .thenApply(
                    page -> reply(request, page.value()).freshAs(page, options.consistency())));
  }

  private ScanWalk.Request request(Call call) {
    RawQuery query = call.query();
    Bytes table =
        parameters.raw(query, "tb").map(text -> parameters.table(query)).orElse(Bytes.EMPTY);
    Bytes prefix = parameters.decoded(query, "prefix", keyBytesMax).orElse(Bytes.EMPTY);
    long limit = parameters.signed64(query, "limit").orElse(LIMIT_DEFAULT);
    if (limit < 1 || limit > KvLimits.PAGE_RECORDS_MAX) {
      throw new RequestRefusedException(Outcome.MALFORMED_PARAMETER, "limit");
    }
    boolean withValues = !parameters.flag(query, "noval", true);
    Optional<ScanCursor> cursor = cursorText(call).map(text -> cursor(text, table, prefix));
    return new ScanWalk.Request(table, prefix, cursor, (int) limit, withValues);
  }

  /** A cursor is as long as a name, so it may be too long for the request line: then the body. */
  private Optional<String> cursorText(Call call) {
    if (call.body().isEmpty()) {
      return parameters.raw(call.query(), "cursor");
    }
    return Optional.of(new String(call.body().unsafeArray(), StandardCharsets.ISO_8859_1).strip());
  }

  private static ScanCursor cursor(String text, Bytes table, Bytes prefix) {
    try {
      Bytes bytes = Bytes.wrap(Base64.getUrlDecoder().decode(text));
      return ScanCursor.decode(bytes, table, prefix);
    } catch (IllegalArgumentException | MalformedBytesException e) {
      throw new RequestRefusedException(Outcome.MALFORMED_PARAMETER, "cursor");
    }
  }

  private static Reply reply(ScanWalk.Request request, ScanWalk.Page page) {
    String cursor =
        page.next()
            .map(next -> next.encode(request.table(), request.prefix()).unsafeArray())
            .map(bytes -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))
            .map(text -> '"' + text + '"')
            .orElse("null");
    Bytes json =
        RECORDS
            .concat(ListingJson.ofTable(page.records()))
            .concat(Bytes.utf8(",\"cursor\":" + cursor + "}"));
    return Reply.body(Outcome.OK, json, JSON_TYPE);
  }
}
