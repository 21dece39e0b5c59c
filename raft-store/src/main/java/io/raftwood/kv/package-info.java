/**
 * The record domain (hustdb's data): commands, results, the machine that applies them, and {@link
 * io.raftwood.kv.KvStore}, the port that the outside calls.
 *
 * <p>Belongs here: what a record is, versions, expiry, limits, the codecs. Does not belong here:
 * HTTP, JRaft, RocksDB, threads, clocks. {@link io.raftwood.kv.KvMachine} runs on the apply thread;
 * the codecs and values are free of threads.
 */
package io.raftwood.kv;
