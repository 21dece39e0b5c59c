package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Puts a reply on the wire as its row of the outcome table says: the only class that sets a status.
 * Every answer has {@code Content-Type} and {@code Content-Length}; none is chunked. Thread-safe;
 * methods run on the exchange's I/O thread.
 */
final class Responder {
  private static final HttpString VERSION = HttpString.tryFromString("Version");
  private static final HttpString VERSION1 = HttpString.tryFromString("Version1");
  private static final HttpString VERSION2 = HttpString.tryFromString("Version2");
  private static final HttpString VAL_OFFSET = HttpString.tryFromString("Val-Offset");
  private static final HttpString SYNC = HttpString.tryFromString("Sync");
  private static final HttpString SYNC_ALL = HttpString.tryFromString("Sync-All");
  private static final HttpString FAIL = HttpString.tryFromString("Fail");
  private static final HttpString KEYS = HttpString.tryFromString("Keys");
  private static final HttpString ERROR = HttpString.tryFromString("Error");
  private static final HttpString RAFT_APPLIED = HttpString.tryFromString("Raft-Applied");
  private static final HttpString STALE = HttpString.tryFromString("Stale");
  private static final String HTML = "text/html";

  /** The one page whose title is not the reason phrase. */
  private static final int UNAUTHORIZED = 401;

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
    describeVersion(headers, row.version(), reply);
    if (row.body() == OutcomeRow.Body.PAIR) {
      headers.put(VAL_OFFSET, Integer.toString(reply.copies().offset()));
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
    if (!row.header().isEmpty()) {
      String[] sides = row.header().split(": ", 2);
      headers.put(HttpString.tryFromString(sides[0]), sides[1]);
    }
    if (reply.outcome() == Outcome.METHOD_NOT_ALLOWED && !reply.detail().isEmpty()) {
      headers.put(Headers.ALLOW, reply.detail());
    }
  }

  private static void describeVersion(HeaderMap headers, OutcomeRow.Version version, Reply reply) {
    switch (version) {
      case ZERO:
        headers.put(VERSION, "0");
        break;
      case BOTH:
        describeBoth(headers, reply);
        break;
      case SYNCED:
        describeLagging(headers, reply.copies().lagging());
        headers.put(VERSION, Long.toString(reply.version()));
        break;
      case VALUE:
        headers.put(VERSION, Long.toString(reply.version()));
        break;
      default:
        break;
    }
  }

  private static void describeBoth(HeaderMap headers, Reply reply) {
    if (reply.version() == reply.copies().version2()) {
      headers.put(VERSION, Long.toString(reply.version()));
    } else {
      headers.put(VERSION1, Long.toString(reply.version()));
      headers.put(VERSION2, Long.toString(reply.copies().version2()));
    }
  }

  /** The original's clients expect one node in {@code Sync}. */
  private static void describeLagging(HeaderMap headers, List<String> lagging) {
    if (!lagging.isEmpty()) {
      headers.put(SYNC, lagging.get(0));
    }
    if (lagging.size() > 1) {
      headers.put(SYNC_ALL, String.join(",", lagging));
    }
  }

  private static String contentType(OutcomeRow row, Reply reply) {
    switch (row.body()) {
      case OWN:
      case PAIR:
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
      case PAIR:
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
    String words = row.status() == UNAUTHORIZED ? "Authorization Required" : row.reason();
    String title = row.status() + " " + words;
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
