package io.raftwood.server.http;

import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The name of one request in its answer, in the log and in the slow log: what the client gave it,
 * else one that is made when it is first asked for. For one thread at a time.
 */
final class RequestId {
  /** Of requests and answers. */
  static final HttpString HEADER = HttpString.tryFromString("X-Request-Id");

  private static final String FORM = "[A-Za-z0-9._:-]{1,64}";

  private final String given;
  private String made = "";

  private RequestId(String given) {
    this.given = given;
  }

  /** Of a request with {@code headers}; an id in another form than ours counts as none. */
  static RequestId of(HeaderMap headers) {
    String value = headers.getFirst(HEADER);
    return new RequestId(value != null && value.matches(FORM) ? value : "");
  }

  /** Of something that no client can have named. */
  static RequestId unnamed() {
    return new RequestId("");
  }

  /** Whether the client gave it. */
  boolean isGiven() {
    return !given.isEmpty();
  }

  /** The id. */
  String text() {
    if (isGiven()) {
      return given;
    }
    if (made.isEmpty()) {
      made = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
    return made;
  }
}
