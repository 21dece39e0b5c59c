package io.raftwood.server.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How closely the hustdb API follows the original.
 *
 * @param strict whether the original's answers win where they differ from ours
 * @param decodeVal whether the query parameter {@code val} is percent-decoded
 * @param publicPem file with the public key for the ids of {@code set_table}
 */
public record HustdbConfig(boolean strict, boolean decodeVal, Optional<Path> publicPem) {}
