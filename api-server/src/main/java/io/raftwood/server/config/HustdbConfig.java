package io.raftwood.server.config;

import java.time.Duration;

/**
 * How closely the hustdb API follows the original.
 *
 * @param strict whether the original's answers win where they differ from ours
 * @param decodeVal whether the query parameter {@code val} is percent-decoded
 * @param syncLagEntries a voter that is more entries behind is named by {@code Sync}
 * @param syncLagTime so is one that is longer behind, or silent
 */
public record HustdbConfig(
    boolean strict, boolean decodeVal, long syncLagEntries, Duration syncLagTime) {}
