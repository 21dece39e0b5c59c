/**
 * The storage port: ordered byte keys, consistent views, atomic batches that read their own writes,
 * and tablets (one store for each group's replica) with checkpoints and generations.
 *
 * <p>Belongs here: interfaces and the values they exchange, in our own words, and what every
 * implementation shares. Does not belong here: RocksDB (see {@code storage.rocksdb}), records,
 * Raft. Machines see {@link io.raftwood.storage.StorageView} and {@link
 * io.raftwood.storage.StorageBatch} only.
 */
package io.raftwood.storage;
