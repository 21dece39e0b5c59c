package io.raftwood.cli.call;

import io.raftwood.bytes.Bytes;
import java.util.OptionalLong;

/**
 * A node's answer.
 *
 * @param endpoint who answered
 * @param status the HTTP status
 * @param error the header {@code Error}, or empty
 * @param version the header {@code Version}
 * @param stale whether it may miss recent writes without having been asked for that
 * @param body all of it
 */
public record CallReply(
    String endpoint, int status, String error, OptionalLong version, boolean stale, Bytes body) {}
