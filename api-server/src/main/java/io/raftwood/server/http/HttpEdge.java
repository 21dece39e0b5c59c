package io.raftwood.server.http;

import io.raftwood.server.http.slow.SlowLog;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What all requests of an endpoint share. Thread-safe.
 *
 * @param settings limits and time limits
 * @param routes the endpoints
 * @param table what outcomes look like
 * @param responder puts them on the wire
 * @param budget for bodies being held
 * @param metrics counts
 * @param access who may call what
 * @param slow keeps the slow requests
 * @param draining once set, every answer closes its connection
 */
record HttpEdge(
    HttpSettings settings,
    Routes routes,
    OutcomeTable table,
    Responder responder,
    ByteBudget budget,
    HttpMetrics metrics,
    AccessControl access,
    SlowLog slow,
    AtomicBoolean draining) {}
