package io.raftwood.server.config;

import java.time.Duration;
import java.util.List;

/** The rows of {@link Settings} about the HTTP port. */
public final class HttpSection {
  private static final long KIB = 1024;
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  /** See {@link HttpConfig#host()}. */
  public static final Setting<String> HOST =
      new Setting<>(
          "http.host",
          SettingTypes.text("a host name or IPv4 address", Endpoint::isHost),
          "127.0.0.1",
          "Address that the HTTP port binds to.");

  /** See {@link HttpConfig#port()}. */
  public static final Setting<Integer> PORT =
      new Setting<>("http.port", SettingTypes.integer(1, 65_535), "8082", "Port of the HTTP API.");

  /** See {@link HttpConfig#ioThreads()}. */
  public static final Setting<Integer> IO_THREADS =
      new Setting<>(
          "http.io-threads",
          SettingTypes.integer(1, 256),
          "2",
          "Threads that serve all HTTP connections.");

  /** See {@link HttpConfig#bodyMax()}. */
  public static final Setting<Long> BODY_MAX =
      new Setting<>(
          "http.body-max",
          SettingTypes.bytes(KIB, 32 * MIB - 1),
          "33554431B",
          "Longest request body; the default is the longest value (32 MiB less one byte).");

  /** See {@link HttpConfig#bytesInFlightMax()}. */
  public static final Setting<Long> BYTES_IN_FLIGHT_MAX =
      new Setting<>(
          "http.bytes-in-flight-max",
          SettingTypes.bytes(MIB, 64 * GIB),
          "128MiB",
          "Bytes that the bodies of all requests in flight may hold together; at least"
              + " http.body-max.");

  /** See {@link HttpConfig#connectionsMax()}. */
  public static final Setting<Integer> CONNECTIONS_MAX =
      new Setting<>(
          "http.connections-max",
          SettingTypes.integer(1, 1_000_000),
          "4096",
          "Open HTTP connections; more are not accepted until one closes.");

  /** See {@link HttpConfig#requestTimeout()}. */
  public static final Setting<Duration> REQUEST_TIMEOUT =
      new Setting<>(
          "http.request-timeout",
          SettingTypes.duration(Duration.ofMillis(100), Duration.ofMinutes(10)),
          "10s",
          "Deadline of a whole request, from its first byte to the answer's last.");

  /** See {@link HttpConfig#staleFallbackAfter()}. */
  public static final Setting<Duration> STALE_FALLBACK_AFTER =
      new Setting<>(
          "http.stale-fallback-after",
          SettingTypes.duration(Duration.ofMillis(10), Duration.ofMinutes(10)),
          "1s",
          "How long a plain read waits for a leader before this node's own replica answers it"
              + " with Stale: true; at most http.request-timeout.");

  /** All of them, in the order of the documentation. */
  static final List<Setting<?>> ALL =
      List.of(
          HOST,
          PORT,
          IO_THREADS,
          BODY_MAX,
          BYTES_IN_FLIGHT_MAX,
          CONNECTIONS_MAX,
          REQUEST_TIMEOUT,
          STALE_FALLBACK_AFTER);

  private HttpSection() {}
}
