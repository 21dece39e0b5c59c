package io.raftwood.server.http;

import java.time.Duration;

/**
 * How the HTTP endpoint listens and what it allows.
 *
 * @param host address to bind; a host name or an IP address
 * @param port 0..65535; 0 = any free port
 * @param ioThreads number of I/O threads, 1..256
 * @param limits sizes and counts
 * @param timeouts time limits
 * @param dialect how hustdb's requests are read and answered
 * @param trees what trees are created with
 * @param access who may do what
 * @param slow requests that take this long are kept in the slow log
 */
public record HttpSettings(
    String host,
    int port,
    int ioThreads,
    HttpLimits limits,
    HttpTimeouts timeouts,
    HustdbDialect dialect,
    TreeSettings trees,
    AccessSettings access,
    Duration slow) {
  /** Checks the bounds. */
  public HttpSettings {
    if (host.isEmpty()) {
      throw new IllegalArgumentException("host is empty");
    }
    Bounds.check("port", port, 0, 65_535);
    Bounds.check("ioThreads", ioThreads, 1, 256);
    Bounds.check("slow", slow);
  }

  /**
   * The default limits, time limits, dialect and trees on {@code host:port}, with two I/O threads.
   */
  public static HttpSettings of(String host, int port) {
    return new HttpSettings(
        host,
        port,
        2,
        HttpLimits.DEFAULT,
        HttpTimeouts.DEFAULT,
        HustdbDialect.DEFAULT,
        TreeSettings.DEFAULT,
        AccessSettings.OPEN,
        Duration.ofSeconds(1));
  }

  /** These settings with other limits. */
  public HttpSettings with(HttpLimits other) {
    return new HttpSettings(host, port, ioThreads, other, timeouts, dialect, trees, access, slow);
  }

  /** These settings with other time limits. */
  public HttpSettings with(HttpTimeouts other) {
    return new HttpSettings(host, port, ioThreads, limits, other, dialect, trees, access, slow);
  }

  /** These settings with another dialect. */
  public HttpSettings with(HustdbDialect other) {
    return new HttpSettings(host, port, ioThreads, limits, timeouts, other, trees, access, slow);
  }

  /** These settings with other trees. */
  public HttpSettings with(TreeSettings other) {
    return new HttpSettings(host, port, ioThreads, limits, timeouts, dialect, other, access, slow);
  }

  /** These settings with other rules of who may do what. */
  public HttpSettings with(AccessSettings other) {
    return new HttpSettings(host, port, ioThreads, limits, timeouts, dialect, trees, other, slow);
  }

  /** These settings with another idea of what is slow. */
  public HttpSettings withSlow(Duration other) {
    return new HttpSettings(host, port, ioThreads, limits, timeouts, dialect, trees, access, other);
  }
}
