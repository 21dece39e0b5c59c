package io.raftwood.cli.kv;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallFailureException;
import io.raftwood.cli.call.CallReply;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.Cell;
import io.raftwood.cli.call.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What every node counts, one after another. For one thread. */
final class Statistics {
  private final KvSession session;
  private boolean incomplete;

  /** Asks and prints by {@code session}. */
  Statistics(KvSession session) {
    this.session = session;
  }

  /** Prints the figures of {@code table}, or of everything; the exit code. */
  int print(Optional<String> table, boolean tables) {
    if (table.isPresent() && tables) {
      throw CallFailureException.usage("TABLE and --tables exclude each other");
    }
    Target target = table.map(KvTarget::table).orElse(KvTarget.CLUSTER);
    long nodes = KvSession.whole(session.send(CallRequest.read("/peer_count", target)));
    Optional<CallFailureException> absent = Optional.empty();
    boolean found = false;
    for (long peer = 0; peer < nodes; peer++) {
      CallRequest request =
          CallRequest.read(tables ? "/stat_all" : "/stat", target).with("peer", peer);
      try {
        CallReply reply =
            session.send(table.map(name -> request.withPlain("tb", name)).orElse(request));
        print(peer, JSON.parse(reply.body().toUtf8()));
        found = true;
      } catch (CallFailureException e) {
        if (e.exitCode() == CallExitCode.NOT_FOUND) {
          absent = Optional.of(e);
        } else {
          warn(peer, e);
        }
      }
    }
    session.end();
    if (!found && !incomplete && absent.isPresent()) {
      throw absent.get();
    }
    return incomplete ? CallExitCode.UNAVAILABLE : CallExitCode.OK;
  }

  private void warn(long peer, CallFailureException e) {
    if (!e.token().equals("node-unavailable")) {
      throw e;
    }
    incomplete = true;
    session.warn(
        "raftwood: warning: peer "
            + peer
            + " does not answer; 'raftwood admin status' shows which nodes there are");
  }

  private void print(long peer, Object answer) {
    List<Object> parts = answer instanceof JSONArray array ? List.copyOf(array) : List.of(answer);
    for (Object part : parts) {
      if (!(part instanceof JSONObject object)) {
        throw new JSONException("figures are no object");
      }
      JSONObject totals = object.getJSONObject("TOTALIZE");
      if (totals == null) {
        String kind = kind(object.getString("type"));
        session.row(row(peer, object.getString("table"), kind, object));
      } else {
        session.row(row(peer, "-", "keys", totals.getJSONObject("KVPAIR")));
        session.row(row(peer, "-", "hashes", totals.getJSONObject("HASHTABLE")));
      }
    }
  }

  private static String kind(String letter) {
    return switch (String.valueOf(letter)) {
      case "H" -> "hash";
      case "S" -> "set";
      case "Z" -> "zset";
      default -> String.valueOf(letter);
    };
  }

  private static List<Cell> row(long peer, String table, String kind, JSONObject figures) {
    if (figures == null || table == null) {
      throw new JSONException("figures are missing");
    }
    List<Cell> row = new ArrayList<>();
    row.add(Cell.of("peer", peer));
    row.add(Cell.of("table", Bytes.utf8(table)));
    row.add(Cell.of("kind", Bytes.utf8(kind)));
    row.add(Cell.of("count", figures.getLongValue("count")));
    row.add(optional(figures, "size"));
    row.add(optional(figures, "capacity"));
    return row;
  }

  /** Sets and sorted sets have no sizes. */
  private static Cell optional(JSONObject figures, String name) {
    Long number = figures.getLong(name);
    return number == null ? Cell.none(name) : Cell.of(name, number);
  }
}
