package io.raftwood.bench.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * One HTTP response.
 *
 * @param status e.g. 200
 * @param headers in the order received
 * @param body decoded from chunks if it came in chunks; not to be changed
 */
public record HttpReply(int status, List<Header> headers, byte[] body) {
  /** Copies the list of headers. */
  public HttpReply {
    headers = List.copyOf(headers);
  }

  /** The first header called {@code name}, in any case. */
  public Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  /** The body as UTF-8. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * One header.
   *
   * @param name as received
   * @param value without surrounding blanks
   */
  public record Header(String name, String value) {}
}
