package io.raftwood.server.http;

import io.raftwood.kv.KvLimits;

/**
 * Sizes and counts that a client cannot exceed.
 *
 * @param headBytesMax request line and headers together, 1 KiB..1 MiB
 * @param headersMax number of header lines, 1..1000
 * @param parametersMax number of query parameters, 1..1000
 * @param keyBytesMax a decoded key, 1..{@link KvLimits#KEY_BYTES_MAX}
 * @param bodyBytesMax a request body, 1..{@link KvLimits#VALUE_BYTES_MAX}
 * @param bytesInFlightMax all request bodies being held at one time, at least {@code bodyBytesMax}
 * @param connectionsMax open connections, 1..1,000,000; further ones are closed at once
 */
public record HttpLimits(
    int headBytesMax,
    int headersMax,
    int parametersMax,
    int keyBytesMax,
    int bodyBytesMax,
    long bytesInFlightMax,
    int connectionsMax) {
  /** 16 KiB of head, 100 headers, 100 parameters, the store's own limits, 64 MiB in flight. */
  public static final HttpLimits DEFAULT =
      new HttpLimits(
          16_384, 100, 100, KvLimits.KEY_BYTES_MAX, KvLimits.VALUE_BYTES_MAX, 67_108_864L, 4096);

  /** Checks the bounds. */
  public HttpLimits {
    Bounds.check("headBytesMax", headBytesMax, 1024, 1_048_576);
    Bounds.check("headersMax", headersMax, 1, 1000);
    Bounds.check("parametersMax", parametersMax, 1, 1000);
    Bounds.check("keyBytesMax", keyBytesMax, 1, KvLimits.KEY_BYTES_MAX);
    Bounds.check("bodyBytesMax", bodyBytesMax, 1, KvLimits.VALUE_BYTES_MAX);
    Bounds.check("bytesInFlightMax", bytesInFlightMax, bodyBytesMax, Long.MAX_VALUE);
    Bounds.check("connectionsMax", connectionsMax, 1, 1_000_000);
  }
}
