package io.raftwood.server.config;

/**
 * How closely the hustdb API follows the original.
 *
 * @param strict whether the original's answers win where they differ from ours
 * @param decodeVal whether the query parameter {@code val} is percent-decoded
 */
public record HustdbConfig(boolean strict, boolean decodeVal) {}
