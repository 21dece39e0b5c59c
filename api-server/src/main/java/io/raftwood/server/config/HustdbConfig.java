package io.raftwood.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How closely the hustdb API follows the original.
 *
 * @param strict whether the original's answers win where they differ from ours
 * @param decodeVal whether the query parameter {@code val} is percent-decoded
 * @param publicPem file with the public key for the ids of {@code set_table}
 * @param syncLagEntries a voter that is more entries behind is named by {@code Sync}
 * @param syncLagTime so is one that is longer behind, or silent
 */
public record HustdbConfig(
    boolean strict,
    boolean decodeVal,
    Optional<Path> publicPem,
    long syncLagEntries,
    Duration syncLagTime) {}
