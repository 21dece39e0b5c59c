package io.raftwood.server.http;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONWriter;
import io.raftwood.admin.ChangeAnswer;
import io.raftwood.admin.ClusterAdmin;
import io.raftwood.admin.NodeChange;
import io.raftwood.bytes.Bytes;
import io.raftwood.cluster.GroupPreference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * {@code admin/nodes/...}, {@code admin/leader/...}, {@code admin/groups/spread|place} and {@code
 * admin/table}: what operators change of nodes, placement and leadership. All may be repeated. An
 * answer says what is wished for now, not that it is done. Runs on I/O threads.
 */
final class ChangeHandler {
  private static final String JSON_TYPE = "application/json";

  private final ClusterAdmin admin;

  /** Asks {@code admin}. */
  ChangeHandler(ClusterAdmin admin) {
    this.admin = admin;
  }

  /** The endpoints. */
  List<Route> routes() {
    return List.of(
        route("admin/nodes/add", ChangeHandler::add),
        route("admin/nodes/remove", call -> new NodeChange.Remove(required(call, "node"))),
        route("admin/nodes/drain", call -> new NodeChange.Drain(required(call, "node"))),
        route("admin/nodes/undrain", call -> new NodeChange.Undrain(required(call, "node"))),
        route(
            "admin/nodes/replace",
            call -> new NodeChange.Replace(required(call, "node"), required(call, "by"))),
        route(
            "admin/leader/transfer",
            call -> new NodeChange.Lead(required(call, "group"), required(call, "node"))),
        route("admin/leader/balance", call -> new NodeChange.BalanceLeaders()),
        route("admin/groups/spread", call -> new NodeChange.Spread()),
        route("admin/groups/place", ChangeHandler::place),
        new Route(
            "/admin/table/apply", "admin/table/apply", Family.ADMIN, true, "POST", this::table));
  }

  private Route route(String path, Function<Call, NodeChange> change) {
    return Route.only("POST", path, Family.ADMIN, call -> make(call, change.apply(call)));
  }

  private void make(Call call, NodeChange change) {
    boolean force = call.query().first("force").filter("true"::equals).isPresent();
    call.answerWhen(admin.change(change, force, call.deadline()), ChangeHandler::reply);
  }

  private static NodeChange add(Call call) {
    String name = required(call, "node");
    if (!name.matches("[A-Za-z0-9_.-]{1,64}")) {
      throw new RequestRefusedException(Outcome.MALFORMED_PARAMETER, "node");
    }
    return NodeChange.Add.at(name, address(call, "http"), address(call, "raft"));
  }

  private static NodeChange place(Call call) {
    String voters = required(call, "voters");
    if (!voters.matches("[A-Za-z0-9_.,-]{1,1024}")) {
      throw new RequestRefusedException(Outcome.MALFORMED_PARAMETER, "voters");
    }
    return new NodeChange.Place(required(call, "group"), List.of(voters.split(",", -1)), false);
  }

  private static String address(Call call, String name) {
    String text = required(call, name);
    if (!NodeChange.Add.isAddress(text)) {
      throw new RequestRefusedException(Outcome.MALFORMED_PARAMETER, name);
    }
    return text;
  }

  private void table(Call call) {
    var map = admin.clusterMap();
    if (map.isEmpty()) {
      call.answer(Reply.of(Outcome.NOT_READY));
      return;
    }
    try {
      SlotTable table = SlotTableJson.parse(call.body());
      make(call, new NodeChange.Table(new SlotTableMap(map.get()).firsts(table)));
    } catch (InvalidTableException e) {
      call.answer(Reply.of(Outcome.INVALID_TABLE, e.getMessage()));
    }
  }

  private static String required(Call call, String name) {
    return AdminParameters.required(call, name);
  }

  private static Reply reply(ChangeAnswer answer) {
    switch (answer.verdict()) {
      case MADE:
        return made(answer);
      case UNDER_WAY:
        return Reply.of(Outcome.CHANGE_UNDER_WAY, answer.message());
      case NO_SUCH_NODE:
        return Reply.of(Outcome.NO_SUCH_CLUSTER_NODE, answer.message());
      default:
        return Reply.of(Outcome.CHANGE_REFUSED, answer.message());
    }
  }

  private static Reply made(ChangeAnswer answer) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("epoch", answer.epoch());
    fields.put("groups", answer.groups().stream().map(ChangeHandler::fields).toList());
    byte[] text = JSON.toJSONBytes(fields, JSONWriter.Feature.PrettyFormat);
    return Reply.body(Outcome.OK, Bytes.wrap(text).concat(Bytes.utf8("\n")), JSON_TYPE);
  }

  private static Map<String, Object> fields(GroupPreference group) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", group.group());
    fields.put("voters", group.voters());
    return fields;
  }
}
