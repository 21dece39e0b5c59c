package io.raftwood.raft;

import io.raftwood.bytes.Bytes;

/**
 * A question to a group's state.
 *
 * @param family the machine's tag; 255 for a bundle ({@link BundleCodec})
 * @param payload the question, encoded by its family's codec
 */
public record Query(int family, Bytes payload) {}
