package io.raftwood.server.http;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONWriter;
import io.raftwood.admin.ClusterAdmin;
import io.raftwood.admin.ReplicaReport;
import io.raftwood.admin.SnapshotReport;
import io.raftwood.bytes.Bytes;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.raft.PeerId;
import io.raftwood.raft.ReplicaStatus;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * {@code admin/nodes}, {@code admin/groups}, {@code admin/table} and {@code admin/snapshot}: which
 * nodes and groups there are and where replicas are and should be. Runs on I/O threads.
 */
final class PlacementHandler {
  private static final String JSON_TYPE = "application/json";
  private static final long FRESH_MILLIS = 3_000;

  private final ClusterAdmin admin;

  /** Asks {@code admin}. */
  PlacementHandler(ClusterAdmin admin) {
    this.admin = admin;
  }

  /** The endpoints. */
  List<Route> routes() {
    return List.of(
        onMap("admin/nodes", (map, call) -> json(nodes(map))),
        onMap("admin/groups", this::groups),
        onMap(
            "admin/table",
            (map, call) -> {
              String table = SlotTableJson.render(new SlotTableMap(map).table()) + "\n";
              return Reply.body(Outcome.OK, Bytes.utf8(table), JSON_TYPE);
            }),
        Route.only("POST", "admin/snapshot", Family.ADMIN, this::snapshot));
  }

  private Route onMap(String path, BiFunction<ClusterMap, Call, Reply> answer) {
    return Route.only(
        "GET",
        path,
        Family.ADMIN,
        call ->
            call.answer(
                admin
                    .clusterMap()
                    .map(map -> answer.apply(map, call))
                    .orElseGet(() -> Reply.of(Outcome.NOT_READY))));
  }

  private List<Map<String, Object>> nodes(ClusterMap map) {
    List<ReplicaReport> replicas = admin.replicas();
    return map.nodes().stream().map(node -> fields(map, node, replicas)).toList();
  }

  private static Map<String, Object> fields(
      ClusterMap map, NodeRecord node, List<ReplicaReport> replicas) {
    List<ReplicaReport> own =
        replicas.stream()
            .filter(report -> report.node().equals(node.name()))
            .filter(report -> report.ageMillis() <= FRESH_MILLIS)
            .toList();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", node.name());
    fields.put("http", node.http().toString());
    fields.put("raft", node.raft().toString());
    fields.put("standing", node.standing().word());
    fields.put("state", node.registered() ? own.isEmpty() ? "down" : "up" : "never-started");
    fields.put("votes", names(map, group -> group.voters().contains(node.name())));
    fields.put("learns", names(map, group -> group.learners().contains(node.name())));
    fields.put(
        "leads",
        own.stream()
            .map(ReplicaReport::status)
            .filter(status -> status.role() == ReplicaStatus.Role.LEADER)
            .map(ReplicaStatus::group)
            .sorted()
            .toList());
    return fields;
  }

  private static List<String> names(ClusterMap map, Predicate<GroupRecord> which) {
    return map.groups().stream().filter(which).map(GroupRecord::name).toList();
  }

  private Reply groups(ClusterMap map, Call call) {
    Optional<String> only = AdminParameters.optional(call, "group");
    List<ReplicaReport> replicas = admin.replicas();
    List<Map<String, Object>> groups =
        map.begunGroups().stream()
            .filter(group -> only.isEmpty() || only.get().equals(group.name()))
            .map(group -> fields(map, group, replicas))
            .toList();
    return only.isPresent() && groups.isEmpty()
        ? Reply.of(Outcome.NO_SUCH_GROUP, only.get())
        : json(groups);
  }

  private Map<String, Object> fields(
      ClusterMap map, GroupRecord group, List<ReplicaReport> replicas) {
    Optional<ReplicaReport> leader =
        replicas.stream()
            .filter(report -> report.ageMillis() <= FRESH_MILLIS)
            .filter(report -> report.status().group().equals(group.name()))
            .filter(report -> report.status().role() == ReplicaStatus.Role.LEADER)
            .max(Comparator.comparingLong(report -> report.status().term()));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", group.name());
    fields.put("firstSlot", group.firstSlot());
    fields.put("endSlot", group.endSlot());
    fields.put("settled", admin.settled(group.name()));
    leader.ifPresent(report -> fields.put("leader", report.node()));
    fields.put("wanted", hosts(group.voters(), group.learners()));
    leader.ifPresent(
        report ->
            fields.put(
                "actual",
                hosts(
                    names(map, report.status().voters()), names(map, report.status().learners()))));
    return fields;
  }

  private static Map<String, Object> hosts(List<String> voters, List<String> learners) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("voters", voters);
    fields.put("learners", learners);
    return fields;
  }

  /** Nodes by name; a replica of an incarnation that is gone by its peer id. */
  private static List<String> names(ClusterMap map, List<PeerId> peers) {
    return peers.stream().map(peer -> name(map, peer)).toList();
  }

  private static String name(ClusterMap map, PeerId peer) {
    return map.nodes().stream()
        .filter(node -> node.raft().host().equals(peer.host()) && node.raft().port() == peer.port())
        .map(NodeRecord::name)
        .findFirst()
        .orElseGet(peer::toString);
  }

  private void snapshot(Call call) {
    Optional<String> group = AdminParameters.optional(call, "group");
    boolean known =
        group.isEmpty() || admin.clusterMap().flatMap(map -> map.group(group.get())).isPresent();
    if (!known) {
      call.answer(Reply.of(Outcome.NO_SUCH_GROUP, group.get()));
      return;
    }
    call.answerWhen(
        admin.snapshot(group),
        reports -> json(reports.stream().map(PlacementHandler::fields).toList()));
  }

  private static Map<String, Object> fields(SnapshotReport report) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("group", report.group());
    fields.put("node", report.node());
    fields.put("done", report.done());
    fields.put("detail", report.detail());
    return fields;
  }

  private static Reply json(Object value) {
    byte[] text = JSON.toJSONBytes(value, JSONWriter.Feature.PrettyFormat);
    return Reply.body(Outcome.OK, Bytes.wrap(text).concat(Bytes.utf8("\n")), JSON_TYPE);
  }
}
