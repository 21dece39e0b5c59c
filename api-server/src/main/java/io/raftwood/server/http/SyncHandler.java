package io.raftwood.server.http;

import io.raftwood.admin.SyncStatus;
import io.raftwood.bytes.Bytes;
import java.util.List;

/**
 * hustdb's {@code sync_status sync_alive}: what nodes were owed while they lagged behind, and what
 * of it they got. There is no server apart that could be dead. Runs on I/O threads.
 */
final class SyncHandler {
  private static final Reply ALIVE = Reply.body(Outcome.OK, Bytes.utf8("ok\n"), Reply.TEXT);

  private final SyncStatus status;

  /** Tells {@code status}. */
  SyncHandler(SyncStatus status) {
    this.status = status;
  }

  /** The endpoints. */
  List<Route> routes() {
    return List.of(
        Route.any("sync_alive", Family.SYNC, call -> call.answer(ready(ALIVE))),
        Route.any("sync_status", Family.SYNC, call -> call.answer(ready(counts()))));
  }

  private Reply ready(Reply reply) {
    return status.counts().isEmpty() ? Reply.of(Outcome.NOT_READY) : reply;
  }

  private Reply counts() {
    return Reply.body(Outcome.OK, SyncJson.of(status.counts()), Reply.TEXT);
  }
}
