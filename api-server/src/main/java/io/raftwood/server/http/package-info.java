/**
 * The HTTP edge: hustdb's dialect, service and admin endpoints, over the ports {@link
 * io.raftwood.kv.KvStore} and {@link io.raftwood.admin.ClusterAdmin}.
 *
 * <p>Belongs here: parsing, limits, time limits, the outcome table, metrics of requests; the only
 * package that imports Undertow, XNIO and fastjson2. Does not belong here: what a record is,
 * routing to a leader, wiring.
 *
 * <p>Threads: everything about a request happens on the I/O thread of its connection; no method
 * blocks. Answers of the stores come back through {@link io.raftwood.server.http.IoThreadExecutor}.
 */
package io.raftwood.server.http;
