package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;

/**
 * Puts a reply on the wire as its row of the outcome table says: the only class that sets a status.
 * Every answer has {@code Content-Type} and {@code Content-Length}; none is chunked. Thread-safe;
 * methods run on the exchange's I/O thread.
 */
final class Responder {
  private static final HttpString VERSION = HttpString.tryFromString("Version");
  private static final HttpString FAIL = HttpString.tryFromString("Fail");
  private static final HttpString KEYS = HttpString.tryFromString("Keys");
  private static final HttpString ERROR = HttpString.tryFromString("Error");
  private static final HttpString RAFT_APPLIED = HttpString.tryFromString("Raft-Applied");
  private static final HttpString STALE = HttpString.tryFromString("Stale");
  private static final String HTML = "text/html";

  private final String serverName;

  /** Answers in the name that the dialect wants. */
  Responder(HustdbDialect dialect) {
    this.serverName = dialect.strict() ? "nginx/1.12.0" : "raftwood";
  }

  /** Sends {@code reply}; afterwards the connection closes if the exchange is not persistent. */
  void send(HttpServerExchange exchange, OutcomeRow row, Reply reply) {
    exchange.setStatusCode(row.status());
    if (!row.reason().equals(StatusCodes.getReason(row.status()))) {
      exchange.setReasonPhrase(row.reason());
    }
    Bytes body = body(row, reply);
    HeaderMap headers = exchange.getResponseHeaders();
    headers.put(Headers.SERVER, serverName);
    headers.put(Headers.CONTENT_TYPE, contentType(row, reply));
    headers.put(Headers.CONTENT_LENGTH, Integer.toString(body.length()));
    describe(headers, row, reply);
    if (exchange.getRequestMethod().equals(Methods.HEAD)) {
      write(exchange, Bytes.EMPTY);
    } else {
      write(exchange, body);
    }
  }

  private static void describe(HeaderMap headers, OutcomeRow row, Reply reply) {
    if (row.version() == OutcomeRow.Version.ZERO) {
      headers.put(VERSION, "0");
    } else if (row.version() == OutcomeRow.Version.VALUE) {
      headers.put(VERSION, Long.toString(reply.version()));
    }
    if (row.version() == OutcomeRow.Version.FAILED && !reply.copies().lagging().isEmpty()) {
      headers.put(FAIL, reply.copies().lagging().get(0));
    }
    if (reply.keys() >= 0) {
      headers.put(KEYS, Integer.toString(reply.keys()));
    }
    if (reply.freshness().appliedIndex() >= 0) {
      headers.put(RAFT_APPLIED, Long.toString(reply.freshness().appliedIndex()));
    }
    if (reply.freshness().stale()) {
      headers.put(STALE, "true");
    }
    if (!row.error().isEmpty()) {
      headers.put(ERROR, row.errorToken(reply.detail()));
    }
    if (reply.outcome() == Outcome.METHOD_NOT_ALLOWED && !reply.detail().isEmpty()) {
      headers.put(Headers.ALLOW, reply.detail());
    }
  }

  private static String contentType(OutcomeRow row, Reply reply) {
    switch (row.body()) {
      case OWN:
        return reply.contentType();
      case FAIL:
        return TreeEnvelope.TYPE;
      case HTML:
        return HTML;
      default:
        return Reply.TEXT;
    }
  }

  private Bytes body(OutcomeRow row, Reply reply) {
    switch (row.body()) {
      case OWN:
        return reply.body();
      case FAIL:
        return TreeEnvelope.failure(reply.outcome(), reply.detail());
      case HTML:
        return page(row);
      default:
        return Bytes.EMPTY;
    }
  }

  /** The original's page (contract 2.1). */
  private Bytes page(OutcomeRow row) {
    String title = row.status() + " " + row.reason();
    return Bytes.utf8(
        "<html>\r\n<head><title>"
            + title
            + "</title></head>\r\n<body bgcolor=\"white\">\r\n"
            + "<center><h1>"
            + title
            + "</h1></center>\r\n<hr><center>"
            + serverName
            + "</center>\r\n</body>\r\n</html>\r\n");
  }

  private static void write(HttpServerExchange exchange, Bytes body) {
    if (body.isEmpty() && exchange.isRequestComplete()) {
      exchange.endExchange();
    } else if (body.length() <= ResponseWriter.CHUNK_BYTES && exchange.isRequestComplete()) {
      exchange.getResponseSender().send(ByteBuffer.wrap(body.unsafeArray()));
    } else {
      new ResponseWriter(exchange, body).start();
    }
  }
}
