package io.raftwood.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ResponseScannerTest {
  private static final String RESPONSE =
      "HTTP/1.1 404 Not Found\r\nVersion: 0\r\ncontent-LENGTH: 12\r\n\r\nhello\r\n\r\nabc";

  @Test
  void findsTheEndWhereverTheBytesAreCut() throws IOException {
    byte[] bytes = RESPONSE.getBytes(StandardCharsets.US_ASCII);
    for (int cut = 1; cut < bytes.length; cut++) {
      ResponseScanner scanner = new ResponseScanner();
      ByteBuffer input = ByteBuffer.allocate(256).put(bytes, 0, cut).flip();
      assertThat(scanner.scan(input)).as("cut at %d", cut).isFalse();
      input.compact().put(bytes, cut, bytes.length - cut).flip();
      assertThat(scanner.scan(input)).as("cut at %d", cut).isTrue();
      assertThat(scanner.status()).isEqualTo(404);
      assertThat(scanner.close()).isFalse();
      assertThat(input.hasRemaining()).isFalse();
    }
  }

  @Test
  void noticesThatTheServerCloses() throws IOException {
    ResponseScanner scanner = new ResponseScanner();
    assertThat(scanner.scan(bytes("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"))).isTrue();
    assertThat(scanner.close()).isTrue();
  }

  @Test
  void refusesWhatItCannotFrame() {
    assertThatThrownBy(() -> new ResponseScanner().scan(bytes("SSH-2.0-OpenSSH_9\r\n")))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(
            () ->
                new ResponseScanner()
                    .scan(bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")))
        .isInstanceOf(IOException.class);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
