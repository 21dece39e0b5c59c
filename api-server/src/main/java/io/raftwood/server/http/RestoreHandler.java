package io.raftwood.server.http;

import com.alibaba.fastjson2.JSON;
import io.raftwood.backup.ArchivePage;
import io.raftwood.backup.RestoreCommand;
import io.raftwood.backup.RestoreResult;
import io.raftwood.backup.RestoreRule;
import io.raftwood.backup.RestoreStore;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.raft.EntryCodec;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.RequestOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * {@code admin/restore/...} and {@code admin/import}: put the items of backups and imports into the
 * groups of the cluster. Every call may be repeated. Answered by {@link LongReads}.
 */
final class RestoreHandler {
  private static final Bytes NO_ID = Bytes.wrap(new byte[RestoreCommand.ID_BYTES]);

  private final RestoreStore restores;
  private final LongReads reads;

  /** Puts into {@code restores}. */
  RestoreHandler(RestoreStore restores, LongReads reads) {
    this.restores = restores;
    this.reads = reads;
  }

  /** The endpoints. */
  List<Route> routes() {
    return List.of(
        Route.only("POST", "admin/restore/begin", Family.ADMIN, this::begin),
        withItems("admin/restore/put", this::put),
        Route.only("POST", "admin/restore/end", Family.ADMIN, this::end),
        withItems("admin/import", this::importItems));
  }

  private static Route withItems(String path, Consumer<Call> handler) {
    return new Route("/" + path, path, Family.ADMIN, true, "POST", handler);
  }

  private void begin(Call call) {
    Bytes id = id(call);
    long revision = AdminParameters.number(call, "revision", Long.MAX_VALUE);
    long clock = AdminParameters.number(call, "clock", EntryCodec.STAMP_MILLIS_MAX);
    answer(call, () -> restores.begin(id, revision, clock, options(call)));
  }

  private void put(Call call) {
    put(call, id(call), RestoreRule.RESTORE);
  }

  private void importItems(Call call) {
    String rule = call.query().first("rule").orElse("newer");
    if (!rule.equals("newer") && !rule.equals("overwrite")) {
      throw new RequestRefusedException(Outcome.MALFORMED_PARAMETER, "rule");
    }
    put(call, NO_ID, rule.equals("newer") ? RestoreRule.IMPORT : RestoreRule.OVERWRITE);
  }

  private void put(Call call, Bytes id, RestoreRule rule) {
    int family = (int) AdminParameters.number(call, "family", 255);
    Bytes body = call.body();
    answer(
        call, () -> restores.put(id, rule, family, ArchivePage.decodeItems(body), options(call)));
  }

  private void end(Call call) {
    Bytes id = id(call);
    answer(call, () -> restores.end(id, options(call)));
  }

  private static Bytes id(Call call) {
    String text = AdminParameters.required(call, "id");
    if (!text.matches("[0-9a-f]{" + 2 * RestoreCommand.ID_BYTES + "}")) {
      throw new RequestRefusedException(Outcome.MALFORMED_PARAMETER, "id");
    }
    return Bytes.fromHex(text);
  }

  private RequestOptions options(Call call) {
    return new RequestOptions(
        ReadConsistency.LINEARIZABLE, false, call.deadline(), Optional.empty(), reads.executor());
  }

  private void answer(Call call, Supplier<CompletableFuture<RestoreResult>> work) {
    reads.answer(call, () -> begun(work).thenApply(RestoreHandler::reply));
  }

  private static CompletableFuture<RestoreResult> begun(
      Supplier<CompletableFuture<RestoreResult>> work) {
    try {
      return work.get();
    } catch (MalformedBytesException e) {
      throw new RequestRefusedException(Outcome.MALFORMED_PARAMETER, "body");
    }
  }

  private static Reply reply(RestoreResult result) {
    switch (result.status()) {
      case NOT_EMPTY:
        return Reply.of(Outcome.NOT_EMPTY);
      case NOT_UNDER_WAY:
        return Reply.of(Outcome.NO_SUCH_RESTORE);
      default:
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("written", result.written());
        fields.put("kept", result.kept());
        fields.put("expired", result.expired());
        fields.put("refused", result.refused());
        Bytes json = Bytes.wrap(JSON.toJSONBytes(fields)).concat(Bytes.utf8("\n"));
        return Reply.body(Outcome.OK, json, "application/json");
    }
  }
}
