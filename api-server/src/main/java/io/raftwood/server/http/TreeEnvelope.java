package io.raftwood.server.http;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONWriter;
import io.raftwood.bytes.Bytes;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The answers of {@code /dt/...}: {@code {"status":...,"code":...,"data":...}} and what a call adds
 * behind; the only place that knows codes (dt-api 2.3, 2.4). Compact JSON, fields in this order.
 */
final class TreeEnvelope {
  /** The content type of every envelope. */
  static final String TYPE = "application/json; charset=utf-8";

  private static final int UNEXPECTED = 803;
  private static final Map<Outcome, Integer> CODES = codes();

  private final Map<String, Object> fields = new LinkedHashMap<>();

  private TreeEnvelope(String status, int code, Object data) {
    fields.put("status", status);
    fields.put("code", code);
    fields.put("data", data);
  }

  private static Map<Outcome, Integer> codes() {
    Map<Outcome, Integer> codes = new EnumMap<>(Outcome.class);
    codes.put(Outcome.NO_SUCH_TREE, 801);
    for (Outcome failure :
        List.of(
            Outcome.NO_QUORUM, Outcome.OVERLOADED, Outcome.DISK_FULL, Outcome.OUTCOME_UNKNOWN)) {
      codes.put(failure, 802);
    }
    codes.put(Outcome.COMPARE_FAILED, 804);
    for (Outcome refusal :
        List.of(
            Outcome.MISSING_PARAMETER,
            Outcome.MALFORMED_PARAMETER,
            Outcome.MALFORMED_ENCODING,
            Outcome.DUPLICATE_PARAMETER,
            Outcome.TOO_LONG,
            Outcome.MALFORMED_LINE)) {
      codes.put(refusal, 805);
    }
    codes.put(Outcome.NO_SUCH_NODE, 806);
    return codes;
  }

  /**
   * A success.
   *
   * @param data text, list, map, boolean, or {@code null} for JSON's
   */
  static TreeEnvelope success(Object data) {
    return new TreeEnvelope("success", 0, data);
  }

  /** What is said of an outcome that is no success. */
  static Bytes failure(Outcome outcome, String detail) {
    return new TreeEnvelope("fail", CODES.getOrDefault(outcome, UNEXPECTED), text(outcome, detail))
        .json();
  }

  /** Adds a field. */
  TreeEnvelope with(String name, Object value) {
    fields.put(name, value);
    return this;
  }

  /** The success as a reply. */
  Reply reply() {
    return Reply.body(Outcome.OK, json(), TYPE);
  }

  private Bytes json() {
    return Bytes.wrap(JSON.toJSONBytes(fields, JSONWriter.Feature.WriteNulls));
  }

  private static String text(Outcome outcome, String detail) {
    switch (outcome) {
      case NO_SUCH_TREE:
        return "no such tree";
      case NO_QUORUM:
        return "no leader or no quorum answered in time; nothing was done" + behind(detail);
      case OVERLOADED:
        return "overloaded; nothing was done" + behind(detail);
      case DISK_FULL:
        return "no room on the disks for more data; nothing was done" + behind(detail);
      case OUTCOME_UNKNOWN:
        return "no answer in time; the outcome is unknown: it may have been done, or may still be"
            + behind(detail);
      case COMPARE_FAILED:
        return "compare failed: the old value is not the actual one";
      case NO_SUCH_NODE:
        return "no such node";
      case INTERNAL_FAULT:
        return "internal failure; the server's log says more under " + detail;
      default:
        return badRequest(outcome, detail);
    }
  }

  private static String badRequest(Outcome outcome, String detail) {
    switch (outcome) {
      case MISSING_PARAMETER:
        return "bad request: " + detail + " is missing or empty";
      case MALFORMED_ENCODING:
        return "bad request: " + detail + " is not percent-encoded UTF-8";
      case DUPLICATE_PARAMETER:
        return "bad request: " + detail + " is given more than once";
      case TOO_LONG:
        return "bad request: " + detail + " is too long";
      case MALFORMED_LINE:
        return "bad request: " + detail;
      default:
        return "bad request: " + detail + " is not allowed as it is";
    }
  }

  private static String behind(String detail) {
    return detail.isEmpty() ? "" : "; " + detail;
  }
}
