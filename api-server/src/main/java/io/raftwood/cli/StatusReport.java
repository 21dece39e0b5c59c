package io.raftwood.cli;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What {@code GET /admin/status} says, as far as it is shown. Unknown fields are ignored and
 * missing ones become empty, so that the command line works with nodes of other versions.
 *
 * @param clusterId empty when the node has not joined yet
 * @param epoch of the cluster map
 * @param nodes in the map's order
 * @param replicas one for each replica that the asked node knows of
 * @param alarms what the asked node has found that somebody must see to, a line each
 */
record StatusReport(
    String clusterId, long epoch, List<Node> nodes, List<Replica> replicas, List<String> alarms) {
  /**
   * A node of the map.
   *
   * @param name its name
   * @param http its address for clients
   * @param raft its address for nodes
   * @param index counts its incarnations
   * @param standing active, draining or leaving
   * @param version of its program
   * @param disk what its data directory's file system has free, of how much
   */
  record Node(
      String name,
      String http,
      String raft,
      int index,
      String standing,
      String version,
      Disk disk) {}

  /**
   * A file system.
   *
   * @param freeBytes free
   * @param totalBytes its size, 0 if unknown
   * @param room what the node makes of it: ample, short, full, exhausted; a hyphen if unknown
   */
  record Disk(long freeBytes, long totalBytes, String room) {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    private static final int STEP = 1024;

    /** {@code 12.5 GiB (31%)}, and that there is little room; a hyphen if unknown. */
    @Override
    public String toString() {
      if (totalBytes <= 0) {
        return "-";
      }
      double size = freeBytes;
      int unit = 0;
      while (size >= STEP && unit < UNITS.length - 1) {
        size /= STEP;
        unit++;
      }
      double percent = 100.0 * freeBytes / totalBytes;
      String remark = Set.of("-", "ample").contains(room) ? "" : ", " + room;
      return String.format(Locale.ROOT, "%.1f %s (%.0f%%)%s", size, UNITS[unit], percent, remark);
    }
  }

  /**
   * A replica.
   *
   * @param node the name of its node
   * @param group its group
   * @param role in lower case
   * @param leader the name of the group's leader, {@code -} if unknown
   * @param term its term
   * @param commitIndex its commit index
   * @param appliedIndex its applied index
   * @param revision its group's revision there
   * @param snapshotIndex the log index of its newest snapshot, 0 if none
   */
  record Replica(
      String node,
      String group,
      String role,
      String leader,
      long term,
      long commitIndex,
      long appliedIndex,
      long revision,
      long snapshotIndex) {}

  /**
   * Reads a body.
   *
   * @throws CommandFailedException when it is not a JSON object
   */
  static StatusReport parse(String json) {
    try {
      JSONObject root = JSON.parseObject(json);
      JSONObject nested = root == null ? null : root.getJSONObject("cluster");
      JSONObject cluster = nested == null ? orEmpty(root) : nested;
      String id = cluster.getString(nested == null ? "clusterId" : "id");
      return new StatusReport(
          id == null ? "" : id,
          cluster.getLongValue("epoch"),
          objects(cluster, "nodes").stream().map(StatusReport::node).toList(),
          objects(orEmpty(root), "replicas").stream().map(StatusReport::replica).toList(),
          objects(orEmpty(root), "alarms").stream()
              .map(alarm -> text(alarm, "name") + " " + text(alarm, "detail"))
              .toList());
    } catch (JSONException e) {
      throw new CommandFailedException(ExitCode.FAILED, "the node's status is not JSON: " + e);
    }
  }

  /** A line for each node. */
  TextTable nodeTable() {
    TextTable table =
        new TextTable("NODE", "VERSION", "HTTP", "RAFT", "INCARNATION", "STANDING", "DISK FREE");
    for (Node node : nodes) {
      table.add(
          node.name(),
          node.version(),
          node.http(),
          node.raft(),
          node.index(),
          node.standing(),
          node.disk());
    }
    return table;
  }

  /** A line for each replica. */
  TextTable replicaTable() {
    TextTable table =
        new TextTable(
            "GROUP",
            "NODE",
            "ROLE",
            "LEADER",
            "TERM",
            "COMMIT",
            "APPLIED",
            "LAG",
            "REVISION",
            "SNAPSHOT");
    for (Replica replica : replicas) {
      table.add(
          replica.group(),
          replica.node(),
          replica.role(),
          replica.leader(),
          replica.term(),
          replica.commitIndex(),
          replica.appliedIndex(),
          lag(replica),
          replica.revision(),
          replica.snapshotIndex());
    }
    return table;
  }

  /** What the node called {@code name} does: {@code leader of data-0, meta}, or its other roles. */
  String roleOf(String name) {
    List<Replica> own = replicas.stream().filter(replica -> replica.node().equals(name)).toList();
    String led =
        own.stream()
            .filter(replica -> replica.role().equals("leader"))
            .map(Replica::group)
            .sorted()
            .collect(Collectors.joining(", "));
    if (!led.isEmpty()) {
      return "leader of " + led;
    }
    String others =
        own.stream().map(Replica::role).distinct().sorted().collect(Collectors.joining(", "));
    return others.isEmpty() ? "-" : others;
  }

  /** How far {@code replica} is behind the highest commit index that a replica of its group has. */
  long lag(Replica replica) {
    long highest =
        replicas.stream()
            .filter(other -> other.group().equals(replica.group()))
            .mapToLong(Replica::commitIndex)
            .max()
            .orElse(0);
    return Math.max(0, highest - replica.appliedIndex());
  }

  private static Node node(JSONObject node) {
    return new Node(
        text(node, "name"),
        text(node, "http"),
        text(node, "raft"),
        node.getIntValue("index"),
        text(node, "standing"),
        text(node, "version"),
        new Disk(
            node.getLongValue("diskFreeBytes"),
            node.getLongValue("diskTotalBytes"),
            text(node, "diskRoom")));
  }

  private static Replica replica(JSONObject replica) {
    return new Replica(
        text(replica, "node"),
        text(replica, "group"),
        text(replica, "role").toLowerCase(Locale.ROOT),
        text(replica, "leader"),
        replica.getLongValue("term"),
        replica.getLongValue("commitIndex"),
        replica.getLongValue("appliedIndex"),
        replica.getLongValue("revision"),
        replica.getLongValue("snapshotIndex"));
  }

  private static JSONObject orEmpty(JSONObject object) {
    return object == null ? new JSONObject() : object;
  }

  private static String text(JSONObject object, String key) {
    String text = object.getString(key);
    return text == null ? "-" : text;
  }

  private static List<JSONObject> objects(JSONObject object, String key) {
    JSONArray array = object.getJSONArray(key);
    List<JSONObject> objects = new ArrayList<>();
    for (int i = 0; array != null && i < array.size(); i++) {
      objects.add(array.getJSONObject(i));
    }
    return objects;
  }
}
