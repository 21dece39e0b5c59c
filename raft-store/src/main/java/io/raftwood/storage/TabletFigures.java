package io.raftwood.storage;

/**
 * Sizes of one tablet, for metrics and status; approximate.
 *
 * @param diskBytes bytes of the live files on disk
 * @param memtableBytes bytes not yet flushed
 * @param estimatedKeys number of keys, estimated by the store
 */
public record TabletFigures(long diskBytes, long memtableBytes, long estimatedKeys) {}
