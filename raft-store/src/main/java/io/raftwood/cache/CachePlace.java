package io.raftwood.cache;

/**
 * Where a record stands in the order of writes, oldest first; no two records share a place.
 *
 * @param revision of the command that put it there
 * @param part counts the records that one command put there, 0..65535
 */
public record CachePlace(long revision, int part) {}
