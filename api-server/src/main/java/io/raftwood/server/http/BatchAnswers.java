package io.raftwood.server.http;

import com.alibaba.fastjson2.JSON;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * The answers to a batch: for each line an object with what the call alone would have been answered
 * with. Confined to one thread.
 */
final class BatchAnswers {
  private static final String TYPE = "application/x-ndjson";
  private static final Base64.Encoder BASE64 = Base64.getEncoder();

  private final OutcomeTable table;
  private final HttpMetrics metrics;
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
  private final ByteWriter out = new ByteWriter(1024);

  /** As {@code table} says; counted in {@code metrics}. */
  BatchAnswers(OutcomeTable table, HttpMetrics metrics) {
    this.table = table;
    this.metrics = metrics;
  }

  /** Their length so far. */
  int bytes() {
    return out.length();
  }

  /** The {@code Error} that {@code reply} of {@code route} would have. */
  String error(Route route, Reply reply) {
    return table.row(route.family(), reply.outcome()).errorToken(reply.detail());
  }

  /** Adds what {@code route} has answered. */
  void add(Route route, Reply reply) {
    metrics.batched(route.operation(), reply.outcome());
    OutcomeRow row = table.row(route.family(), reply.outcome());
    text("{\"status\":").text(Integer.toString(row.status()));
    version(row.version(), reply);
    if (!row.error().isEmpty()) {
      text(",\"error\":").quoted(row.errorToken(reply.detail()));
    }
    copies(row, reply);
    if (reply.freshness().appliedIndex() >= 0) {
      number("raft-applied", reply.freshness().appliedIndex());
    }
    if (reply.freshness().stale()) {
      text(",\"stale\":true");
    }
    body(row, reply);
    text("}\n");
  }

  /** The answer to the batch. */
  Reply reply() {
    return Reply.body(Outcome.OK, out.toBytes(), TYPE);
  }

  private void version(OutcomeRow.Version version, Reply reply) {
    switch (version) {
      case ZERO:
        number("version", 0);
        break;
      case BOTH:
        if (reply.version() == reply.copies().version2()) {
          number("version", reply.version());
        } else {
          number("version1", reply.version());
          number("version2", reply.copies().version2());
        }
        break;
      case SYNCED:
      case VALUE:
        number("version", reply.version());
        break;
      default:
        break;
    }
  }

  private void copies(OutcomeRow row, Reply reply) {
    List<String> lagging = reply.copies().lagging();
    if (!lagging.isEmpty() && row.version() == OutcomeRow.Version.FAILED) {
      text(",\"fail\":").quoted(lagging.get(0));
    }
    if (!lagging.isEmpty() && row.version() == OutcomeRow.Version.SYNCED) {
      text(",\"sync\":").text(JSON.toJSONString(lagging));
    }
    if (row.body() == OutcomeRow.Body.PAIR) {
      number("val-offset", reply.copies().offset());
    }
  }

  private void body(OutcomeRow row, Reply reply) {
    switch (row.body()) {
      case FAIL:
        text(",\"body\":");
        out.raw(TreeEnvelope.failure(reply.outcome(), reply.detail()));
        break;
      case OWN:
      case PAIR:
        own(reply);
        break;
      default:
        break;
    }
  }

  private void own(Reply reply) {
    Bytes body = reply.body();
    if (reply.contentType().equals(TreeEnvelope.TYPE)) {
      text(",\"body\":");
      out.raw(body);
    } else if (!body.isEmpty()) {
      CharBuffer characters = CharBuffer.allocate(body.length());
      utf8.reset();
      CoderResult result = utf8.decode(ByteBuffer.wrap(body.unsafeArray()), characters, true);
      if (result.isError()) {
        text(",\"body64\":\"");
        out.raw(BASE64.encode(body.unsafeArray()));
        text("\"");
      } else {
        text(",\"body\":").quoted(characters.flip().toString());
      }
    }
  }

  private void number(String name, long value) {
    text(",\"" + name + "\":").text(Long.toString(value));
  }

  private void quoted(String value) {
    out.raw(JSON.toJSONBytes(value));
  }

  private BatchAnswers text(String ascii) {
    out.raw(ascii.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }
}
