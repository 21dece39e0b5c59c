package io.raftwood.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Finds the end of a response as cheaply as can be: status, {@code Content-Length} and {@code
 * Connection: close} are read, and whether there is an {@code Error}; everything else is skipped.
 * Not thread-safe; used again for the next response after {@link #reset()}.
 */
final class ResponseScanner {
  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CLOSE = "connection: close".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ERROR = "error:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CODING = "transfer-encoding:".getBytes(StandardCharsets.US_ASCII);
  private static final int STATUS_LINE_MIN = 12;

  private int status;
  private long bodyLeft;
  private boolean headDone;
  private boolean close;
  private boolean refused;

  /** Forgets the response. */
  void reset() {
    status = 0;
    bodyLeft = 0;
    headDone = false;
    close = false;
    refused = false;
  }

  /** The status; valid when the response is complete. */
  int status() {
    return status;
  }

  /** Whether the answer, of whatever status, has an {@code Error}. */
  boolean refused() {
    return refused;
  }

  /** Whether the server will close the connection. */
  boolean close() {
    return close;
  }

  /**
   * Takes what {@code input} (flipped) holds of the response; leaves an incomplete head line in it.
   *
   * @return whether the response is complete
   * @throws IOException if it cannot be understood
   */
  boolean scan(ByteBuffer input) throws IOException {
    while (!headDone) {
      int end = lineEnd(input);
      if (end < 0) {
        return false;
      }
      line(input, input.position(), end);
      input.position(end + 1);
    }
    int part = (int) Math.min(bodyLeft, input.remaining());
    input.position(input.position() + part);
    bodyLeft -= part;
    return bodyLeft == 0;
  }

  private static int lineEnd(ByteBuffer input) {
    for (int i = input.position(); i < input.limit(); i++) {
      if (input.get(i) == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void line(ByteBuffer input, int start, int end) throws IOException {
    if (status == 0) {
      if (end - start < STATUS_LINE_MIN || input.get(start) != 'H') {
        throw new IOException("not a status line");
      }
      status = (int) number(input, start + 9, start + STATUS_LINE_MIN);
    } else if (end - start <= 1) {
      headDone = true;
    } else if (startsWith(input, start, end, LENGTH)) {
      bodyLeft = number(input, start + LENGTH.length, end);
    } else if (startsWith(input, start, end, CLOSE)) {
      close = true;
    } else if (startsWith(input, start, end, ERROR)) {
      refused = true;
    } else if (startsWith(input, start, end, CODING)) {
      throw new IOException("a response without Content-Length");
    }
  }

  private static boolean startsWith(ByteBuffer input, int start, int end, byte[] name) {
    if (end - start < name.length) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      int next = input.get(start + i);
      int lower = next >= 'A' && next <= 'Z' ? next + 32 : next;
      if (lower != name[i]) {
        return false;
      }
    }
    return true;
  }

  private static long number(ByteBuffer input, int start, int end) {
    long number = 0;
    for (int i = start; i < end; i++) {
      int digit = input.get(i) - '0';
      if (digit >= 0 && digit <= 9) {
        number = number * 10 + digit;
      }
    }
    return number;
  }
}
