package io.raftwood.server.http;

import io.raftwood.admin.ClusterAdmin;
import io.raftwood.bytes.Bytes;
import java.util.List;

/** hustdb's endpoints that say something about the server itself. Runs on I/O threads. */
final class InfoHandler {
  private static final Reply VERSION =
      Reply.body(Outcome.OK, Bytes.utf8("hustdbha 1.7\n"), Reply.TEXT);
  private static final Reply STATUS = Reply.body(Outcome.OK, Bytes.utf8("ok\n"), "text/html");

  private final ClusterAdmin admin;

  /** Asks {@code admin} for the nodes. */
  InfoHandler(ClusterAdmin admin) {
    this.admin = admin;
  }

  /** The endpoints. */
  List<Route> routes() {
    return List.of(
        Route.any("version", Family.INFO, call -> call.answer(VERSION)).with(Access.FREE),
        Route.any("status.html", Family.INFO, call -> call.answer(STATUS)).with(Access.FREE),
        Route.any("peer_count", Family.INFO, call -> call.answer(peerCount())));
  }

  private Reply peerCount() {
    return admin
        .clusterMap()
        .map(map -> Bytes.utf8(Integer.toString(map.nodes().size())))
        .map(count -> Reply.body(Outcome.OK, count, Reply.TEXT))
        .orElseGet(() -> Reply.of(Outcome.NOT_READY));
  }
}
