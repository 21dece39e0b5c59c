package io.raftwood.cli.tree;

import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.Cell;
import java.util.List;

/**
 * Prints a range page by page. Each page is a request of its own, so it may be answered by another
 * node than the last one.
 *
 * @param session sends and prints
 * @param request for the pages, without {@code from} and {@code limit}
 * @param encoded whether entries are printed as a load takes them
 */
record RangeWalk(TreeSession session, CallRequest request, boolean encoded) {
  private static final int PAGE_MAX = 1000;

  /** Prints at most {@code limit} entries behind {@code from}; empty = the end of the order. */
  void run(Bytes from, long limit) {
    long left = limit;
    Bytes last = from;
    boolean more = true;
    while (more && left > 0) {
      JSONObject page =
          session.send(
              request
                  .withField("from", last)
                  .withField("limit", Long.toString(Math.min(left, PAGE_MAX))));
      JSONArray entries = page.getJSONArray("data");
      for (int at = 0; at < entries.size(); at++) {
        JSONArray entry = entries.getJSONArray(at);
        last = Bytes.utf8(entry.getString(0));
        print(last, Bytes.utf8(entry.getString(1)));
      }
      session.end();
      left -= entries.size();
      more = page.getBooleanValue("more");
    }
  }

  private void print(Bytes key, Bytes value) {
    if (encoded) {
      session.line(CallRequest.encoded(key) + "\t" + CallRequest.encoded(value));
    } else {
      session.row(List.of(Cell.of("key", key), Cell.of("value", value)));
    }
  }
}
