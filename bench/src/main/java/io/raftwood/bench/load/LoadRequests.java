package io.raftwood.bench.load;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Renders requests to one endpoint from parts made beforehand. Not thread-safe. */
final class LoadRequests {
  private static final int KEY_DIGITS = 10;
  private static final int HEAD_MAX = 1024;
  private static final int VARIETY = 4096;

  private final byte[] putStart = ascii("PUT /put?key=bench:");
  private final byte[] getStart = ascii("GET /get?key=bench:");
  private final byte[] putEnd;
  private final byte[] getEnd;
  private final byte[] noise;
  private final int valueBytes;

  LoadRequests(InetSocketAddress endpoint, LoadPlan.Workload workload) {
    String host = "\r\nHost: " + endpoint.getHostString() + ":" + endpoint.getPort() + "\r\n";
    String level = workload.consistency().map(name -> "&consistency=" + name).orElse("");
    this.valueBytes = workload.valueBytes();
    this.putEnd = ascii(" HTTP/1.1" + host + "Content-Length: " + valueBytes + "\r\n\r\n");
    this.getEnd = ascii(level + " HTTP/1.1" + host + "\r\n");
    this.noise = new byte[valueBytes + VARIETY];
    new Random(workload.seed()).nextBytes(noise);
  }

  /** How large a buffer every request fits into. */
  int requestBytesMax() {
    return HEAD_MAX + valueBytes;
  }

  /** Appends a put; {@code variant} decides which bytes the value has. */
  void put(ByteBuffer target, int key, int variant) {
    target.put(putStart);
    digits(target, key);
    target.put(putEnd).put(noise, variant & (VARIETY - 1), valueBytes);
  }

  /** Appends a get. */
  void get(ByteBuffer target, int key) {
    target.put(getStart);
    digits(target, key);
    target.put(getEnd);
  }

  private static void digits(ByteBuffer target, int number) {
    int start = target.position();
    int rest = number;
    for (int i = KEY_DIGITS - 1; i >= 0; i--) {
      target.put(start + i, (byte) ('0' + rest % 10));
      rest /= 10;
    }
    target.position(start + KEY_DIGITS);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
