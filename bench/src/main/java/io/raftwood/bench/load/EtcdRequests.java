package io.raftwood.bench.load;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;

/**
 * Puts and gets for etcd's JSON gateway, with the keys and values that the other dialect has; both
 * are base64 there. A get is linearizable unless the workload's consistency is {@code local}
 * (etcd's {@code serializable}).
 */
final class EtcdRequests implements LoadRequests {
  private static final String KEY_START = "bench:";
  private static final int HEAD_MAX = 1024;
  private static final int VARIETY = 4096;

  /** Base64 makes four characters of three bytes: where a value may begin. */
  private static final int CHARACTERS = 4;

  private static final int BYTES = 3;

  private static final byte[] VALUE = ascii("\",\"value\":\"");
  private static final byte[] END = ascii("\"}");

  private final byte[] key =
      (KEY_START + "0".repeat(KeyDigits.COUNT)).getBytes(StandardCharsets.US_ASCII);
  private final byte[] encodedKey = new byte[encodedLength(key.length)];
  private final byte[] noise;
  private final byte[] padding;
  private final int valueCharacters;
  private final byte[] putHead;
  private final byte[] getHead;
  private final byte[] getTail;

  EtcdRequests(InetSocketAddress endpoint, LoadPlan.Workload workload) {
    byte[] bytes = new byte[workload.valueBytes() + VARIETY * BYTES];
    new Random(workload.seed()).nextBytes(bytes);
    noise = Base64.getEncoder().encode(bytes);
    int rest = workload.valueBytes() % BYTES;
    // What is cut out of the middle of base64 has no padding: the last characters are fixed ones.
    padding = ascii(rest == 0 ? "" : rest == 1 ? "QQ==" : "QUE=");
    valueCharacters = encodedLength(workload.valueBytes());
    String local =
        workload.consistency().equals(Optional.of("local")) ? ",\"serializable\":true" : "";
    getTail = ascii("\"" + local + "}");
    int keyPart = "{\"key\":\"".length() + encodedKey.length;
    putHead = head(endpoint, "put", keyPart + "\",\"value\":\"\"}".length() + valueCharacters);
    getHead = head(endpoint, "range", keyPart + getTail.length);
  }

  private static byte[] head(InetSocketAddress endpoint, String call, int length) {
    return ascii(
        "POST /v3/kv/"
            + call
            + " HTTP/1.1\r\nHost: "
            + endpoint.getHostString()
            + ":"
            + endpoint.getPort()
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + length
            + "\r\n\r\n{\"key\":\"");
  }

  @Override
  public int requestBytesMax() {
    return HEAD_MAX + valueCharacters;
  }

  @Override
  public void render(ByteBuffer target, LoadOperation operation, long number, int variant) {
    boolean put = operation == LoadOperation.PUT;
    if (!put && operation != LoadOperation.GET) {
      throw new IllegalArgumentException("etcd has no " + operation);
    }
    KeyDigits.write(number, key, KEY_START.length());
    Base64.getEncoder().encode(key, encodedKey);
    target.put(put ? putHead : getHead).put(encodedKey);
    if (!put) {
      target.put(getTail);
      return;
    }
    target.put(VALUE);
    int from = (variant & (VARIETY - 1)) * CHARACTERS;
    target.put(noise, from, valueCharacters - padding.length).put(padding).put(END);
  }

  private static int encodedLength(int bytes) {
    return (bytes + BYTES - 1) / BYTES * CHARACTERS;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
