package io.raftwood.server.http;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONWriter;
import io.raftwood.admin.NodeControls;
import io.raftwood.bytes.Bytes;
import io.raftwood.server.http.slow.SlowLog;
import io.raftwood.server.http.slow.SlowRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code admin/slowlog}: of the node that is asked, never of another. Runs on I/O threads. */
final class SlowLogHandler {
  private static final String JSON_TYPE = "application/json";

  private final NodeControls controls;
  private final SlowLog slow;

  /** Shows what {@code slow} has kept. */
  SlowLogHandler(NodeControls controls, SlowLog slow) {
    this.controls = controls;
    this.slow = slow;
  }

  /** The endpoint. */
  List<Route> routes() {
    return List.of(
        Route.only("GET", "admin/slowlog", Family.ADMIN, call -> call.answer(requests())));
  }

  private Reply requests() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("node", controls.node());
    fields.put("thresholdMillis", slow.threshold().toMillis());
    fields.put("total", slow.total());
    fields.put("requests", slow.newestFirst().stream().map(SlowLogHandler::fields).toList());
    byte[] text = JSON.toJSONBytes(fields, JSONWriter.Feature.PrettyFormat);
    return Reply.body(Outcome.OK, Bytes.wrap(text).concat(Bytes.utf8("\n")), JSON_TYPE);
  }

  private static Map<String, Object> fields(SlowRequest request) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("began", request.began().toString());
    fields.put("id", request.id());
    fields.put("operation", request.operation());
    fields.put("target", request.target());
    fields.put("client", request.client());
    fields.put("outcome", request.outcome());
    fields.put("answerMillis", request.answerMillis());
    fields.put("totalMillis", request.totalMillis());
    return fields;
  }
}
