package io.raftwood.server.config;

/**
 * Users of the HTTP port.
 *
 * @param enabled whether a name and a password are asked for
 * @param iterations of the hash of passwords that are set through this node
 */
public record AuthConfig(boolean enabled, int iterations) {
  /** Checks the range of {@link Settings}. */
  public AuthConfig {
    AuthSection.ITERATIONS.require(iterations);
  }
}
