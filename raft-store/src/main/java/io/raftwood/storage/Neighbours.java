package io.raftwood.storage;

import io.raftwood.bytes.Bytes;
import java.util.Optional;

/**
 * The keys next to a point.
 *
 * @param below the last key before the point
 * @param exact whether the point itself is a key
 * @param above the first key behind the point
 */
public record Neighbours(Optional<Bytes> below, boolean exact, Optional<Bytes> above) {}
