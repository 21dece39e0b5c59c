/**
 * What the inside of the server costs, by JMH: codecs, machines over RocksDB. One test runs each
 * benchmark once, so that all keep working; {@code docs/performance.md} says how to measure.
 *
 * <p>Belongs here: benchmarks of single classes. Does not belong here: anything over HTTP (see
 * {@code load}).
 */
package io.raftwood.bench.micro;
