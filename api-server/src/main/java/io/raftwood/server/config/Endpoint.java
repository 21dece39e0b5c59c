package io.raftwood.server.config;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Host and port of a listener as an operator writes it.
 *
 * @param host host name or IPv4 address
 * @param port 1..65535
 */
public record Endpoint(String host, int port) {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,252})");
  private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.[0-9]{1,3}){3}");

  /** Checks both parts. */
  public Endpoint {
    if (!isHost(host) || port < 1 || port > 65_535) {
      throw new ConfigException("'" + host + ":" + port + "' is not host:port");
    }
  }

  /**
   * Parses {@code host:port}.
   *
   * @throws ConfigException when {@code text} has another form
   */
  public static Endpoint parse(String text) {
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    if (colon < 1 || !port.matches("[0-9]{1,5}")) {
      throw new ConfigException("'" + text + "' is not host:port");
    }
    return new Endpoint(text.substring(0, colon), Integer.parseInt(port));
  }

  /** Whether {@code text} has the form of a host name or an IPv4 address. */
  static boolean isHost(String text) {
    return HOST.matcher(text).matches();
  }

  /**
   * Whether {@code host} names this machine alone, judged by its spelling: a lookup could change
   * its answer between this check and the bind.
   */
  public static boolean isLoopback(String host) {
    return host.toLowerCase(Locale.ROOT).equals("localhost") || LOOPBACK_V4.matcher(host).matches();
  }

  /** {@code host:port}. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
