package io.raftwood.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A request of many puts, one a line. Not thread-safe. */
final class BatchRequest {
  /** Far from each other and, with most numbers of keys, all different. */
  private static final int STEP = 7919;

  private static final byte[] BEFORE = ascii("{\"call\":\"put\",\"key\":\"bench:");
  private static final byte[] BETWEEN = ascii("\",\"val\":\"");
  private static final byte[] BEHIND = ascii("\"}\n");

  private final byte[] head;
  private final byte[] letters;
  private final byte[] digits = new byte[KeyDigits.COUNT];
  private final int keys;
  private final int valueBytes;
  private final int variety;

  /**
   * Requests with these headers.
   *
   * @param letters what values are taken from
   * @param variety how many there are to begin at, a power of two
   */
  BatchRequest(String headers, LoadPlan.Workload workload, byte[] letters, int variety) {
    this.letters = letters;
    this.variety = variety;
    this.keys = workload.keys();
    this.valueBytes = workload.valueBytes();
    int line =
        BEFORE.length + KeyDigits.COUNT + BETWEEN.length + workload.valueBytes() + BEHIND.length;
    this.head =
        ascii(
            "POST /batch HTTP/1.1"
                + headers
                + "Content-Length: "
                + line * LoadOperation.BATCH_COMMANDS
                + "\r\n\r\n");
  }

  /** Bytes of a request, at most. */
  int length() {
    return head.length
        + LoadOperation.BATCH_COMMANDS
            * (BEFORE.length + KeyDigits.COUNT + BETWEEN.length + valueBytes + BEHIND.length);
  }

  /** Appends a request whose first key is number {@code key}. */
  void render(ByteBuffer target, long key, int variant) {
    target.put(head);
    for (int i = 0; i < LoadOperation.BATCH_COMMANDS; i++) {
      KeyDigits.write((key + (long) i * STEP) % keys, digits, 0);
      target.put(BEFORE).put(digits).put(BETWEEN);
      target.put(letters, variant + i * STEP & (variety - 1), valueBytes).put(BEHIND);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
