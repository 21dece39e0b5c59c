package io.raftwood.bench.client;

import java.util.Optional;
import java.util.Set;

/**
 * How a call on a record ended.
 *
 * @param meaning what it means for the record
 * @param reply the response, if one came whole
 * @param detail for people: status and {@code Error} token, or what broke
 */
public record KvAnswer(Meaning meaning, Optional<HttpReply> reply, String detail) {
  private static final Set<String> CERTAINLY_NOT_PROPOSED =
      Set.of("no-quorum", "overloaded", "disk-full");

  /** What an answer means. */
  public enum Meaning {
    /** It happened; a read found the record. */
    OK,
    /** There is no such record; nothing changed. */
    ABSENT,
    /** The expected version was not met; nothing changed. */
    CONFLICT,
    /** A write may have happened, may happen later, or never. */
    UNKNOWN,
    /** Nothing changed and nothing will; a read found out nothing. */
    FAILED
  }

  /** The meaning of a response; {@code write} tells whether the call could change anything. */
  static KvAnswer of(HttpReply reply, boolean write) {
    String token = reply.header("Error").orElse("");
    String detail = (reply.status() + " " + token).trim();
    return new KvAnswer(meaning(reply.status(), token, write), Optional.of(reply), detail);
  }

  /** A call that ended without a whole response. */
  static KvAnswer broken(Meaning meaning, Exception cause) {
    return new KvAnswer(meaning, Optional.empty(), cause.toString());
  }

  private static Meaning meaning(int status, String token, boolean write) {
    if (status == 200) {
      return Meaning.OK;
    }
    if (status == 404 && token.equals("not-found")) {
      return Meaning.ABSENT;
    }
    if (status == 409 && token.equals("version-conflict")) {
      return Meaning.CONFLICT;
    }
    if (!write || refused(status, token)) {
      return Meaning.FAILED;
    }
    return Meaning.UNKNOWN;
  }

  /** A bare 404 or 5xx says nothing of what became of a write. */
  private static boolean refused(int status, String token) {
    if (token.equals("outcome-unknown")) {
      return false;
    }
    boolean refusal = !token.isEmpty() && status < 500;
    return refusal
        || CERTAINLY_NOT_PROPOSED.contains(token)
        || (status >= 400 && status < 500 && status != 404 && status != 408);
  }

  /** The {@code Version} header; 0 when there is none. */
  public long version() {
    String text = reply.flatMap(answer -> answer.header("Version")).orElse("0");
    return text.matches("[0-9]{1,10}") ? Long.parseLong(text) : 0;
  }

  /** The value read; empty unless there is a response. */
  public byte[] value() {
    return reply.map(HttpReply::body).orElse(new byte[0]);
  }

  /** Whether the answer came from a replica that may lag: header {@code Stale: true}. */
  public boolean stale() {
    return reply.flatMap(answer -> answer.header("Stale")).orElse("").equals("true");
  }
}
