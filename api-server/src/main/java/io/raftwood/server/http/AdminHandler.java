package io.raftwood.server.http;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONWriter;
import io.raftwood.admin.Alarm;
import io.raftwood.admin.ClusterAdmin;
import io.raftwood.admin.GroupCheck;
import io.raftwood.admin.NodeVitals;
import io.raftwood.admin.ReplicaReport;
import io.raftwood.bytes.Bytes;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.raft.PeerId;
import io.raftwood.raft.ReplicaStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * {@code admin/status} and {@code admin/check} as JSON, written from explicit maps: what is not
 * named here does not leave the node. Runs on I/O threads.
 */
final class AdminHandler {
  private static final String JSON_TYPE = "application/json";

  private final ClusterAdmin admin;

  /** Asks {@code admin}. */
  AdminHandler(ClusterAdmin admin) {
    this.admin = admin;
  }

  /** The endpoints. */
  List<Route> routes() {
    return List.of(
        Route.only("GET", "admin/status", Family.ADMIN, call -> call.answer(json(status()))),
        Route.only("POST", "admin/check", Family.ADMIN, this::check));
  }

  private void check(Call call) {
    call.answerWhen(
        admin.check(call.deadline()),
        checks -> json(checks.stream().map(AdminHandler::fields).toList()));
  }

  private Map<String, Object> status() {
    Map<String, Object> fields = new LinkedHashMap<>();
    admin.clusterMap().ifPresent(map -> fields.put("cluster", fields(map)));
    fields.put("alarms", admin.alarms().stream().map(AdminHandler::fields).toList());
    fields.put("replicas", admin.replicas().stream().map(AdminHandler::fields).toList());
    return fields;
  }

  private Map<String, Object> fields(ClusterMap map) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", map.clusterId());
    fields.put("epoch", map.epoch());
    Map<String, NodeVitals> vitals =
        admin.vitals().stream().collect(Collectors.toMap(NodeVitals::node, Function.identity()));
    fields.put(
        "nodes",
        map.nodes().stream()
            .map(node -> fields(node, Optional.ofNullable(vitals.get(node.name()))))
            .toList());
    fields.put("groups", map.groups().stream().map(AdminHandler::fields).toList());
    return fields;
  }

  private static Map<String, Object> fields(NodeRecord node, Optional<NodeVitals> vitals) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", node.name());
    fields.put("http", node.http().toString());
    fields.put("raft", node.raft().toString());
    fields.put("incarnation", node.incarnation());
    fields.put("index", node.index());
    fields.put("starts", node.starts());
    fields.put("standing", node.standing().word());
    vitals.ifPresent(
        known -> {
          fields.put("ageMillis", known.ageMillis());
          fields.put("version", known.figures().version());
          fields.put("diskFreeBytes", known.figures().diskFreeBytes());
          fields.put("diskTotalBytes", known.figures().diskTotalBytes());
          fields.put("diskRoom", known.figures().room().word());
        });
    return fields;
  }

  private static Map<String, Object> fields(GroupRecord group) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", group.name());
    fields.put("firstSlot", group.firstSlot());
    fields.put("endSlot", group.endSlot());
    fields.put("voters", group.voters());
    fields.put("learners", group.learners());
    return fields;
  }

  private static Map<String, Object> fields(ReplicaReport report) {
    ReplicaStatus status = report.status();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("node", report.node());
    fields.put("ageMillis", report.ageMillis());
    fields.put("group", status.group());
    fields.put("role", status.role().name());
    status.leader().ifPresent(leader -> fields.put("leader", leader));
    fields.put("term", status.term());
    fields.put("lastLogIndex", status.lastLogIndex());
    fields.put("commitIndex", status.commitIndex());
    fields.put("appliedIndex", status.appliedIndex());
    fields.put("revision", status.revision());
    fields.put("snapshotIndex", status.snapshotIndex());
    fields.put("voters", status.voters().stream().map(PeerId::toString).toList());
    fields.put("learners", status.learners().stream().map(PeerId::toString).toList());
    return fields;
  }

  private static Map<String, Object> fields(Alarm alarm) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", alarm.name());
    fields.put("detail", alarm.detail());
    return fields;
  }

  private static Map<String, Object> fields(GroupCheck check) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("group", check.group());
    fields.put("index", check.index());
    fields.put("equal", check.equal());
    fields.put("replicas", check.replicas().stream().map(AdminHandler::fields).toList());
    return fields;
  }

  private static Map<String, Object> fields(GroupCheck.ReplicaHash replica) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("node", replica.node());
    replica.hash().ifPresent(hash -> fields.put("hash", hash));
    fields.put("rows", replica.rows());
    fields.put("detail", replica.detail());
    return fields;
  }

  private static Reply json(Object value) {
    byte[] text = JSON.toJSONBytes(value, JSONWriter.Feature.PrettyFormat);
    return Reply.body(Outcome.OK, Bytes.wrap(text).concat(Bytes.utf8("\n")), JSON_TYPE);
  }
}
