package io.raftwood.cli.transfer;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallFailureException;
import io.raftwood.cli.call.CallReply;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.CallSession;
import io.raftwood.cli.call.Refusals;
import io.raftwood.cli.call.Target;
import io.raftwood.kv.RecordId;
import io.raftwood.kv.RecordItem;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A running hustdb, or what speaks like one, through its own listings. Methods throw {@link
 * CallFailureException}. For one thread.
 */
final class HustdbSource {
  private static final Target SOURCE =
      new Target("the source", "raftwood kv stat", "raftwood kv stat --tables");

  private final CallSession session;

  /** Asks whom {@code session} asks. */
  HustdbSource(CallSession session) {
    this.session = session;
  }

  /** A node of hustdb says 404 and no more, whatever is wrong. */
  static final class SourceRefusals implements Refusals {
    @Override
    public CallFailureException of(CallRequest request, CallReply reply) {
      String why = reply.error().isEmpty() ? "" : " " + reply.error();
      return new CallFailureException(
          CallExitCode.FAILED,
          reply.errorToken(),
          reply.endpoint() + " answered HTTP " + reply.status() + why + " to " + request.uri());
    }
  }

  /**
   * The tables and figures of one node.
   *
   * @param keys number of its keys
   * @param tables letters of kinds ({@code H S Z}) by names, in byte order
   */
  record Figures(long keys, Map<String, String> tables) {}

  /** Number of nodes. */
  int peers() {
    return Math.toIntExact(number("/peer_count"));
  }

  /** Number of a node's files. */
  int files(int peer) {
    return Math.toIntExact(number("/file_count?peer=" + peer));
  }

  private long number(String uri) {
    String text = text(uri).strip();
    if (!text.matches("[0-9]{1,9}")) {
      throw new JSONException("the source answered no number to " + uri);
    }
    return Long.parseLong(text);
  }

  /** What a node counts. */
  Figures figures(int peer) {
    JSONArray all = JSON.parseArray(text("/stat_all?peer=" + peer));
    long keys = 0;
    Map<String, String> tables = new TreeMap<>();
    for (JSONObject one : all.toList(JSONObject.class)) {
      JSONObject totals = one.getJSONObject("TOTALIZE");
      if (totals != null) {
        keys = totals.getJSONObject("KVPAIR").getLongValue("count");
      } else {
        tables.put(one.getString("table"), one.getString("type"));
      }
    }
    return new Figures(keys, tables);
  }

  /** The elements of a page; {@code uri}: the listing without its window. */
  List<JSONObject> page(String uri, long offset, int size) {
    String window = "&offset=" + offset + "&size=" + size + "&noval=false";
    return JSON.parseArray(text(uri + window)).toList(JSONObject.class);
  }

  private String text(String uri) {
    int question = uri.indexOf('?');
    CallRequest request =
        new CallRequest(
            SOURCE,
            question < 0 ? uri : uri.substring(0, question),
            question < 0 ? "" : uri.substring(question + 1),
            Bytes.EMPTY,
            "text/plain",
            Optional.empty());
    return session.send(request).body().toUtf8();
  }

  /** The keys among elements of {@code /keys}, which lists records of all kinds. */
  static List<RecordItem> keys(List<JSONObject> elements) {
    List<RecordItem> items = new ArrayList<>();
    for (JSONObject element : elements) {
      if (!element.containsKey("tb")) {
        items.add(item(RecordId.key(name(element)), element, value(element)));
      }
    }
    return items;
  }

  /** The records of a table of the kind {@code letter} among {@code elements}. */
  static List<RecordItem> records(String letter, Bytes table, List<JSONObject> elements) {
    List<RecordItem> items = new ArrayList<>();
    for (JSONObject element : elements) {
      Bytes name = name(element);
      switch (letter) {
        case "H" -> items.add(item(RecordId.field(table, name), element, value(element)));
        case "S" -> items.add(item(RecordId.member(table, name), element, Bytes.EMPTY));
        default -> items.add(item(RecordId.scored(table, name), element, score(element)));
      }
    }
    return items;
  }

  private static RecordItem item(RecordId id, JSONObject element, Bytes value) {
    return new RecordItem(id, Math.max(1, element.getLongValue("ver")), 0, 0, value);
  }

  private static Bytes name(JSONObject element) {
    return decoded(element.getString("key"));
  }

  private static Bytes value(JSONObject element) {
    Bytes value = decoded(element.getString("val"));
    return element.getIntValue("gz") == 1 ? inflated(value) : value;
  }

  private static Bytes score(JSONObject element) {
    try {
      long score = Long.parseLong(String.valueOf(element.getString("val")));
      return new ByteWriter(Long.BYTES).u64(score).toBytes();
    } catch (NumberFormatException e) {
      throw new JSONException("a score is no number", e);
    }
  }

  private static Bytes decoded(String base64) {
    try {
      return Bytes.wrap(Base64.getDecoder().decode(base64 == null ? "" : base64));
    } catch (IllegalArgumentException e) {
      throw new JSONException("a name or value is not base64", e);
    }
  }

  private static Bytes inflated(Bytes deflated) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(deflated.unsafeArray());
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[1 << 16];
      while (!inflater.finished()) {
        int count = inflater.inflate(buffer);
        if (count == 0) {
          throw new DataFormatException("it ends early");
        }
        out.write(buffer, 0, count);
      }
      return Bytes.wrap(out.toByteArray());
    } catch (DataFormatException e) {
      throw new JSONException("a deflated value cannot be read: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }
}
