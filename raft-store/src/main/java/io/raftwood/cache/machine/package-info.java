/**
 * How the cache is kept in a tablet: the rows, {@link io.raftwood.cache.machine.CacheMachine},
 * which applies commands to them and answers queries from them, and {@link
 * io.raftwood.cache.machine.CacheKeeper}, which asks for purges and evictions.
 *
 * <p>What was read lately ({@link io.raftwood.cache.machine.CacheActivity}) is on the heap of each
 * node and no state: it decides what a leader proposes, never what a command does.
 */
package io.raftwood.cache.machine;
