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
 * @param copies what is said of two copies
 * @param body all of it
 */
public record CallReply(
    String endpoint,
    int status,
    String error,
    OptionalLong version,
    boolean stale,
    Copies copies,
    Bytes body) {
  /**
   * The headers of a comparison.
   *
   * @param version1 the header {@code Version1}
   * @param version2 the header {@code Version2}
   * @param offset the header {@code Val-Offset}
   */
  public record Copies(OptionalLong version1, OptionalLong version2, OptionalLong offset) {}

  /** The {@code Error} without what it is about. */
  public String errorToken() {
    int colon = error.indexOf(':');
    return colon < 0 ? error : error.substring(0, colon);
  }

  /** Whether it shows two copies that differ. */
  public boolean diverged() {
    return status == 409 && error.equals("diverged") || copies.version1().isPresent();
  }
}
