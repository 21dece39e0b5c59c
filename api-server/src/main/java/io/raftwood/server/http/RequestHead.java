package io.raftwood.server.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.Protocols;
import java.util.Optional;

/** What is refused by the head of a request alone, beyond what Undertow's parser refuses. */
final class RequestHead {
  private static final HttpString TRACE = Methods.TRACE;
  private static final String CONTINUE = "100-continue";
  private static final String CHUNKED = "chunked";

  private RequestHead() {}

  /** Why the request is refused, or empty. */
  static Optional<Outcome> refusal(HttpServerExchange exchange) {
    HttpString protocol = exchange.getProtocol();
    if (!protocol.equals(Protocols.HTTP_1_1) && !protocol.equals(Protocols.HTTP_1_0)) {
      return Optional.of(Outcome.UNSUPPORTED_VERSION);
    }
    HeaderMap headers = exchange.getRequestHeaders();
    HeaderValues encodings = headers.get(Headers.TRANSFER_ENCODING);
    if (encodings != null && (encodings.size() != 1 || !isChunked(encodings.getFirst()))) {
      // Any other framing is a guess, and a proxy in front of us may guess otherwise.
      return Optional.of(Outcome.UNSUPPORTED_ENCODING);
    }
    if (encodings != null && headers.contains(Headers.CONTENT_LENGTH)) {
      return Optional.of(Outcome.MALFORMED_REQUEST);
    }
    HeaderValues expectations = headers.get(Headers.EXPECT);
    if (expectations != null && !isContinue(expectations)) {
      return Optional.of(Outcome.UNMET_EXPECTATION);
    }
    return Optional.empty();
  }

  /** Whether the method is refused everywhere. */
  static boolean refusesMethod(HttpServerExchange exchange) {
    return exchange.getRequestMethod().equals(TRACE)
        || exchange.getRequestMethod().equals(Methods.CONNECT);
  }

  private static boolean isChunked(String encoding) {
    return encoding.trim().equalsIgnoreCase(CHUNKED);
  }

  private static boolean isContinue(HeaderValues expectations) {
    return expectations.size() == 1 && expectations.getFirst().trim().equalsIgnoreCase(CONTINUE);
  }
}
