/**
 * The storage port on RocksDB: a database for each tablet, without write-ahead log, and what the
 * tablets of a node share (block cache, write-buffer budget, threads, native library).
 *
 * <p>Belongs here: every use of {@code org.rocksdb} and the ownership of its native handles, and
 * the directories of tablets. Does not belong here: what the keys mean. No thread of our own: calls
 * run on the caller's thread, flushes and compactions on RocksDB's.
 */
package io.raftwood.storage.rocksdb;
