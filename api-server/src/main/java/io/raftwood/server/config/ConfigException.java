package io.raftwood.server.config;

/**
 * A configuration that cannot be used. The message is one line for the operator: the key, the value
 * and what is allowed, with the origin of the value when it is known.
 */
public final class ConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** With {@code message} as the whole explanation. */
  public ConfigException(String message) {
    super(message);
  }

  /** With {@code message} as the whole explanation, caused by {@code cause}. */
  public ConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
