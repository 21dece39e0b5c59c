package io.raftwood.cli.kv;

import io.raftwood.bytes.Bytes;
import java.util.Optional;

/**
 * A request to any node.
 *
 * @param target what it is about
 * @param path with the slash, without the query
 * @param query percent-encoded, without the question mark
 * @param body may be empty
 * @param idempotencyKey of every write, and of no read
 */
record KvRequest(
    Target target, String path, String query, Bytes body, Optional<String> idempotencyKey) {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  /** Reads by {@code path}. */
  static KvRequest read(String path, Target target) {
    return new KvRequest(target, path, "", Bytes.EMPTY, Optional.empty());
  }

  /** Writes by {@code path}; carried out once, however often it is sent. */
  static KvRequest write(String path, Target target, String idempotencyKey) {
    return new KvRequest(target, path, "", Bytes.EMPTY, Optional.of(idempotencyKey));
  }

  /** With a parameter. */
  KvRequest with(String name, Bytes value) {
    String more = (query.isEmpty() ? "" : query + "&") + name + "=" + encoded(value);
    return new KvRequest(target, path, more, body, idempotencyKey);
  }

  /** With a parameter. */
  KvRequest with(String name, String value) {
    return with(name, Bytes.utf8(value));
  }

  /** With a parameter. */
  KvRequest with(String name, long value) {
    return with(name, Long.toString(value));
  }

  /** With a table: its characters are safe in a URL, and the node does not decode them. */
  KvRequest withTable(String table) {
    String more = (query.isEmpty() ? "" : query + "&") + "tb=" + table;
    return new KvRequest(target, path, more, body, idempotencyKey);
  }

  /** With a body. */
  KvRequest withBody(Bytes content) {
    return new KvRequest(target, path, query, content, idempotencyKey);
  }

  /** Path and query. */
  String uri() {
    return query.isEmpty() ? path : path + "?" + query;
  }

  /** {@code value} as it stands in a query. */
  static String encoded(Bytes value) {
    StringBuilder text = new StringBuilder();
    for (byte unit : value.unsafeArray()) {
      if (UNRESERVED.indexOf(unit & 0xff) >= 0) {
        text.append((char) unit);
      } else {
        text.append(String.format("%%%02X", unit & 0xff));
      }
    }
    return text.toString();
  }
}
