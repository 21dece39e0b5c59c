package io.raftwood.server.http;

import com.alibaba.fastjson2.JSON;
import io.raftwood.backup.ArchivePage;
import io.raftwood.backup.BackupView;
import io.raftwood.backup.BackupViews;
import io.raftwood.backup.NoSuchViewException;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.raft.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * {@code admin/backup/...}: reads what this node's replicas hold, page by page from a view of one
 * moment. Requests are read on I/O threads and answered by {@link LongReads}.
 */
final class BackupHandler {
  /** What a page costs a node in memory; a reader that wants less says so. */
  private static final int PAGE_BYTES_MAX = 4 << 20;

  private final BackupViews views;
  private final LongReads reads;

  /** Reads {@code views}. */
  BackupHandler(BackupViews views, LongReads reads) {
    this.views = views;
    this.reads = reads;
  }

  /** The endpoints. */
  List<Route> routes() {
    return List.of(
        Route.only("POST", "admin/backup/begin", Family.ADMIN, this::begin),
        Route.withBody("admin/backup/page", Family.ADMIN, this::page),
        Route.only("POST", "admin/backup/end", Family.ADMIN, this::end));
  }

  private void begin(Call call) {
    String group = AdminParameters.required(call, "group");
    reads.answer(
        call,
        () ->
            views
                .begin(group, call.deadline(), reads.executor())
                .thenApply(BackupHandler::described));
  }

  private static Reply described(BackupView view) {
    Position position = view.position();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("view", view.id());
    fields.put("group", view.group());
    fields.put("index", position.index());
    fields.put("term", position.term());
    fields.put("revision", position.revision());
    fields.put("clockMillis", position.clockMillis());
    fields.put("items", view.items());
    Bytes json = Bytes.wrap(JSON.toJSONBytes(fields)).concat(Bytes.utf8("\n"));
    return Reply.body(Outcome.OK, json, "application/json");
  }

  /** The place to go on is the body: it may be too long for a request line. */
  private void page(Call call) {
    String view = AdminParameters.required(call, "view");
    int family = (int) AdminParameters.number(call, "family", 255);
    int bytes = (int) Math.max(1, AdminParameters.number(call, "bytes", PAGE_BYTES_MAX));
    Bytes after = call.body();
    reads.answer(call, () -> CompletableFuture.completedFuture(page(view, family, after, bytes)));
  }

  private Reply page(String view, int family, Bytes after, int bytes) {
    try {
      ArchivePage page = views.page(view, family, after, bytes);
      return Reply.body(Outcome.OK, page.encode(), "application/octet-stream");
    } catch (NoSuchViewException e) {
      return Reply.of(Outcome.NO_SUCH_VIEW);
    } catch (MalformedBytesException e) {
      return Reply.of(Outcome.MALFORMED_PARAMETER, "body");
    }
  }

  private void end(Call call) {
    views.end(AdminParameters.required(call, "view"));
    call.answer(Reply.of(Outcome.OK));
  }
}
