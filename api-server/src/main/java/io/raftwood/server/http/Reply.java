package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.Replicated;
import java.util.List;

/**
 * What an endpoint wants to say; the outcome table decides how much of it is said, and how.
 *
 * @param outcome how the request ended
 * @param detail what the outcome is about; may be empty
 * @param version of the record; used where the table says {@code value}
 * @param keys the {@code Keys} header: number of elements of a listing; negative = none
 * @param freshness of what was read
 * @param copies of the record; used where the table says {@code synced}, {@code both} or {@code
 *     pair}
 * @param body used where the table says {@code own} or {@code pair}
 * @param contentType of the body
 */
record Reply(
    Outcome outcome,
    String detail,
    long version,
    int keys,
    Freshness freshness,
    Copies copies,
    Bytes body,
    String contentType) {
  /** The content type of hustdb's answers. */
  static final String TEXT = "text/plain";

  /**
   * How old an answer may be.
   *
   * @param appliedIndex the {@code Raft-Applied} header; negative = none
   * @param stale whether {@code Stale: true} is said
   */
  record Freshness(long appliedIndex, boolean stale) {
    /** Nothing is said about it. */
    static final Freshness UNSAID = new Freshness(-1, false);
  }

  /**
   * What is said about a record's copies.
   *
   * @param lagging HTTP addresses of the nodes whose copies are not up to date
   * @param version2 the version of the second of two copies
   * @param offset where the second of two values begins in the body
   */
  record Copies(List<String> lagging, long version2, int offset) {
    /** Nothing is said about them. */
    static final Copies UNSAID = new Copies(List.of(), 0, 0);
  }

  /** A bare outcome. */
  static Reply of(Outcome outcome) {
    return of(outcome, "");
  }

  /** An outcome about {@code detail}. */
  static Reply of(Outcome outcome, String detail) {
    return new Reply(outcome, detail, 0, -1, Freshness.UNSAID, Copies.UNSAID, Bytes.EMPTY, TEXT);
  }

  /** An outcome with the record's version. */
  static Reply version(Outcome outcome, long version) {
    return new Reply(outcome, "", version, -1, Freshness.UNSAID, Copies.UNSAID, Bytes.EMPTY, TEXT);
  }

  /** An outcome with a body. */
  static Reply body(Outcome outcome, Bytes body, String contentType) {
    return new Reply(outcome, "", 0, -1, Freshness.UNSAID, Copies.UNSAID, body, contentType);
  }

  /** A listing of {@code keys} elements. */
  static Reply listing(int keys, Bytes json) {
    return new Reply(Outcome.OK, "", 0, keys, Freshness.UNSAID, Copies.UNSAID, json, TEXT);
  }

  /** This with another body. */
  Reply with(Bytes value) {
    return new Reply(outcome, detail, version, keys, freshness, copies, value, contentType);
  }

  /** This with how fresh {@code found} is, where it may be older than what was written. */
  Reply freshAs(Replicated<?> found, ReadConsistency asked) {
    boolean said = asked == ReadConsistency.LOCAL || found.stale();
    return said ? read(found.appliedIndex(), found.stale()) : this;
  }

  /** This with how fresh the answer is. */
  Reply read(long index, boolean isStale) {
    Freshness said = new Freshness(index, isStale);
    return new Reply(outcome, detail, version, keys, said, copies, body, contentType);
  }

  /** Two copies that differ: their versions, 0 = there is none, and their values. */
  static Reply pair(Outcome outcome, long version1, long version2, Bytes value1, Bytes value2) {
    Copies both = new Copies(List.of(), version2, value1.length());
    Bytes values = value1.concat(value2);
    return new Reply(outcome, "", version1, -1, Freshness.UNSAID, both, values, TEXT);
  }

  /** This with the nodes whose copies are not up to date. */
  Reply lagging(List<String> nodes) {
    if (nodes.isEmpty()) {
      return this;
    }
    Copies said = new Copies(nodes, copies.version2(), copies.offset());
    return new Reply(outcome, detail, version, keys, freshness, said, body, contentType);
  }
}
