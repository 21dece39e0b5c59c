/**
 * The record domain (hustdb's data): commands, queries, results, and {@link io.raftwood.kv.KvStore}
 * and {@link io.raftwood.kv.KvGroups}, the ports that the outside calls. The machine that applies
 * the commands is in {@code kv.machine}.
 *
 * <p>Belongs here: what a record is, versions, expiry, limits, the codecs. Does not belong here:
 * HTTP, JRaft, RocksDB, rows of the tablet, threads, clocks. Codecs and values are free of threads.
 */
package io.raftwood.kv;
