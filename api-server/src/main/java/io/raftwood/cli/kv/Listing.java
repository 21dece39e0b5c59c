package io.raftwood.cli.kv;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.CallFailureException;
import io.raftwood.cli.call.CallReply;
import io.raftwood.cli.call.CallRequest;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Walks listings page by page. Each page is a request of its own, so it may be answered by another
 * node than the last one.
 *
 * @param sender sends a request and returns the answer with status 200
 * @param sink takes the records
 * @param pageEnd runs after each page
 */
record Listing(Function<CallRequest, CallReply> sender, Consumer<Listed> sink, Runnable pageEnd) {
  /** Records in a page, at most. */
  static final int PAGE_MAX = 1000;

  /** Records in a page of values, at most: they can be large, and the first should come soon. */
  static final int VALUE_PAGE_MAX = 100;

  /** At most {@code limit} records of {@code /scan}, following its cursor. */
  void scan(CallRequest request, long limit, int pageMax) {
    long left = limit;
    String cursor = "";
    while (cursor != null && left > 0) {
      // In the body: a cursor can be longer than a request line.
      CallRequest page =
          request.with("limit", Math.min(left, pageMax)).withBody(Bytes.utf8(cursor));
      JSONObject answer = parsed(sender.apply(page), text -> JSON.parseObject(text));
      JSONArray records = answer.getJSONArray("records");
      left -= take(records);
      cursor = answer.getString("cursor");
    }
  }

  /** At most {@code limit} records of a sorted set's range from its place {@code first}. */
  void range(CallRequest request, long first, long limit) {
    long offset = first;
    long left = limit;
    int pageMax = PAGE_MAX;
    boolean more = left > 0;
    while (more) {
      int size = (int) Math.min(left, pageMax);
      CallRequest page = request.with("offset", offset).with("size", size);
      try {
        int taken = take(parsed(sender.apply(page), text -> JSON.parseArray(text)));
        offset += taken;
        left -= taken;
        more = taken == size && left > 0;
      } catch (CallFailureException e) {
        if (!e.token().equals("page-too-large") || size == 1) {
          throw e;
        }
        pageMax = size / 2;
      }
    }
  }

  private int take(JSONArray records) {
    int count = records == null ? 0 : records.size();
    for (int at = 0; at < count; at++) {
      sink.accept(Listed.of(records.getJSONObject(at)));
    }
    pageEnd.run();
    return count;
  }

  private static <T> T parsed(CallReply reply, Function<String, T> parser) {
    T value = parser.apply(reply.body().toUtf8());
    if (value == null) {
      throw new JSONException("the answer is empty");
    }
    return value;
  }
}
