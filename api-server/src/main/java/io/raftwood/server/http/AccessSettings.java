package io.raftwood.server.http;

import io.raftwood.cluster.PasswordHash;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/**
 * Who may do what.
 *
 * @param authentication whether a user's name and password are asked for
 * @param iterations of the hash of new passwords
 * @param tableKey what the ids of {@code set_table} are encrypted with; absent = there are none
 */
public record AccessSettings(
    boolean authentication, int iterations, Optional<RSAPublicKey> tableKey) {
  /** No passwords, no key. */
  public static final AccessSettings OPEN = new AccessSettings(false, 600_000, Optional.empty());

  /** Checks the range. */
  public AccessSettings {
    Bounds.check(
        "iterations", iterations, PasswordHash.ITERATIONS_MIN, PasswordHash.ITERATIONS_MAX);
  }
}
