/**
 * The cache: keys and hash tables that live in memory only, replicated all the same. Commands,
 * queries and results with their codecs, and the port {@link io.raftwood.cache.CacheStore}.
 *
 * <p>Does not belong here: rows ({@code cache.machine}), HTTP, where memory is ({@code server}).
 */
package io.raftwood.cache;
