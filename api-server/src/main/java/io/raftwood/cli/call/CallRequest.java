package io.raftwood.cli.call;

import io.raftwood.bytes.Bytes;
import java.util.Optional;

/**
 * A request to any node. It is a {@code POST} if it has a body or an idempotency key.
 *
 * @param target what it is about
 * @param path with the slash, without the query
 * @param query percent-encoded, without the question mark
 * @param body may be empty
 * @param type the content type of the body
 * @param idempotencyKey of every write, and of no read
 */
public record CallRequest(
    Target target,
    String path,
    String query,
    Bytes body,
    String type,
    Optional<String> idempotencyKey) {
  private static final String BYTES = "application/octet-stream";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  private static final String DIGITS = "0123456789ABCDEF";

  /** Reads by {@code path}. */
  public static CallRequest read(String path, Target target) {
    return new CallRequest(target, path, "", Bytes.EMPTY, BYTES, Optional.empty());
  }

  /** Writes by {@code path}; carried out once, however often it is sent. */
  public static CallRequest write(String path, Target target, String idempotencyKey) {
    return new CallRequest(target, path, "", Bytes.EMPTY, BYTES, Optional.of(idempotencyKey));
  }

  /** With a parameter. */
  public CallRequest with(String name, Bytes value) {
    return withPlain(name, encoded(value));
  }

  /** With a parameter. */
  public CallRequest with(String name, String value) {
    return with(name, Bytes.utf8(value));
  }

  /** With a parameter. */
  public CallRequest with(String name, long value) {
    return with(name, Long.toString(value));
  }

  /** With a parameter of which a node decodes nothing: all its characters are safe in a URL. */
  public CallRequest withPlain(String name, String value) {
    String more = joined(query, name, value);
    return new CallRequest(target, path, more, body, type, idempotencyKey);
  }

  /** With a body. */
  public CallRequest withBody(Bytes content) {
    return new CallRequest(target, path, query, content, type, idempotencyKey);
  }

  /** With a field of the form that the body then is; no other body may be there. */
  public CallRequest withField(String name, Bytes value) {
    Bytes form = Bytes.utf8(joined(body.toUtf8(), name, encoded(value)));
    return new CallRequest(target, path, query, form, FORM, idempotencyKey);
  }

  /** As {@link #withField(String, Bytes)}. */
  public CallRequest withField(String name, String value) {
    return withField(name, Bytes.utf8(value));
  }

  private static String joined(String pairs, String name, String value) {
    return (pairs.isEmpty() ? "" : pairs + "&") + name + "=" + value;
  }

  /** Path and query. */
  public String uri() {
    return query.isEmpty() ? path : path + "?" + query;
  }

  /** {@code value} percent-encoded. */
  public static String encoded(Bytes value) {
    StringBuilder text = new StringBuilder(value.length());
    for (byte unit : value.unsafeArray()) {
      if (UNRESERVED.indexOf(unit & 0xff) >= 0) {
        text.append((char) unit);
      } else {
        text.append('%').append(DIGITS.charAt(unit >> 4 & 0xf)).append(DIGITS.charAt(unit & 0xf));
      }
    }
    return text.toString();
  }
}
