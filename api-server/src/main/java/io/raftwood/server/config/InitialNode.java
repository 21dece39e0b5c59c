package io.raftwood.server.config;

import java.util.regex.Pattern;

/**
 * One node of a cluster at its birth.
 *
 * @param name stable, 1..64 characters of {@code [A-Za-z0-9_.-]}
 * @param http where clients reach it
 * @param raft where the other nodes reach it; it binds to exactly this address
 */
public record InitialNode(String name, Endpoint http, Endpoint raft) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  /** Checks the name. */
  public InitialNode {
    if (!isName(name)) {
      throw new ConfigException("'" + name + "' is not a name of 1..64 characters A-Za-z0-9_.-");
    }
  }

  /**
   * Parses {@code name=http-host:port/raft-host:port}.
   *
   * @throws ConfigException when {@code text} has another form
   */
  public static InitialNode parse(String text) {
    int equals = text.indexOf('=');
    int slash = text.indexOf('/', equals + 1);
    if (equals < 1 || slash < 0) {
      throw new ConfigException("'" + text + "' is not NAME=HTTP-HOST:PORT/RAFT-HOST:PORT");
    }
    return new InitialNode(
        text.substring(0, equals),
        Endpoint.parse(text.substring(equals + 1, slash)),
        Endpoint.parse(text.substring(slash + 1)));
  }

  /** Whether {@code text} can name a node. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    return name + "=" + http + "/" + raft;
  }
}
