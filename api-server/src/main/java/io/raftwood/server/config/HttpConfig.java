package io.raftwood.server.config;

import java.time.Duration;

/**
 * The HTTP port and its limits.
 *
 * @param host address to bind to
 * @param port 1..65535
 * @param ioThreads threads that serve all connections
 * @param bodyMax longest request body, in bytes
 * @param bytesInFlightMax bytes of all request bodies in flight together
 * @param connectionsMax open connections
 * @param requestTimeout deadline of a whole request
 * @param staleFallbackAfter how long a plain read waits for a leader before the own replica answers
 */
public record HttpConfig(
    String host,
    int port,
    int ioThreads,
    long bodyMax,
    long bytesInFlightMax,
    int connectionsMax,
    Duration requestTimeout,
    Duration staleFallbackAfter) {
  /** Checks the ranges of {@link Settings} and that the limits fit each other. */
  public HttpConfig {
    HttpSection.HOST.require(host);
    HttpSection.PORT.require(port);
    HttpSection.IO_THREADS.require(ioThreads);
    HttpSection.BODY_MAX.require(bodyMax);
    HttpSection.BYTES_IN_FLIGHT_MAX.require(bytesInFlightMax);
    HttpSection.CONNECTIONS_MAX.require(connectionsMax);
    HttpSection.REQUEST_TIMEOUT.require(requestTimeout);
    HttpSection.STALE_FALLBACK_AFTER.require(staleFallbackAfter);
    if (bytesInFlightMax < bodyMax) {
      throw new ConfigException(
          "http.bytes-in-flight-max: '"
              + Units.formatBytes(bytesInFlightMax)
              + "' is below http.body-max, "
              + Units.formatBytes(bodyMax)
              + ": no body of that length could be admitted");
    }
    if (staleFallbackAfter.compareTo(requestTimeout) > 0) {
      throw new ConfigException(
          "http.stale-fallback-after: '"
              + Units.formatDuration(staleFallbackAfter)
              + "' is above http.request-timeout, "
              + Units.formatDuration(requestTimeout)
              + ": it would never happen");
    }
  }
}
