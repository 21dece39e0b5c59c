package io.raftwood.it;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What {@code GET /admin/status} said. */
final class ClusterStatus {
  private final JSONObject json;

  private ClusterStatus(JSONObject json) {
    this.json = json;
  }

  /** Parses the answer. */
  static ClusterStatus parse(String text) {
    return new ClusterStatus(JSON.parseObject(text));
  }

  /** The cluster's id. */
  String clusterId() {
    return json.getJSONObject("cluster").getString("id");
  }

  /** The replicas of {@code group}, as far as the node that was asked knows them. */
  List<Replica> replicas(String group) {
    List<Replica> replicas = new ArrayList<>();
    JSONArray all = json.getJSONArray("replicas");
    for (int i = 0; i < all.size(); i++) {
      JSONObject one = all.getJSONObject(i);
      if (one.getString("group").equals(group)) {
        replicas.add(replica(one));
      }
    }
    return replicas;
  }

  /** The replica of {@code group} on {@code node}. */
  Optional<Replica> replica(String group, String node) {
    return replicas(group).stream().filter(replica -> replica.node().equals(node)).findFirst();
  }

  /** The name of the node whose replica leads {@code group}, the newest term counts. */
  Optional<String> leader(String group) {
    return replicas(group).stream()
        .filter(replica -> replica.role().equals("LEADER"))
        .max(Comparator.comparingLong(Replica::term))
        .map(Replica::node);
  }

  /** What the cluster map says of {@code node}. */
  Member member(String node) {
    JSONArray nodes = json.getJSONObject("cluster").getJSONArray("nodes");
    for (int i = 0; i < nodes.size(); i++) {
      JSONObject one = nodes.getJSONObject(i);
      if (one.getString("name").equals(node)) {
        return new Member(one.getIntValue("index"), one.getString("incarnation"));
      }
    }
    throw new AssertionError("the cluster map does not know " + node + ": " + json);
  }

  @Override
  public String toString() {
    return json.toString();
  }

  private static Replica replica(JSONObject one) {
    return new Replica(
        one.getString("node"),
        one.getString("role"),
        one.getLongValue("term"),
        new Indexes(
            one.getLongValue("lastLogIndex"),
            one.getLongValue("appliedIndex"),
            one.getLongValue("snapshotIndex")),
        one.getList("voters", String.class),
        one.getList("learners", String.class));
  }

  /**
   * A node in the cluster map.
   *
   * @param index counts its incarnations
   * @param incarnation its id
   */
  record Member(int index, String incarnation) {}

  /**
   * How far a replica is.
   *
   * @param last of the log
   * @param applied by the machine
   * @param snapshot covered by the newest snapshot
   */
  record Indexes(long last, long applied, long snapshot) {}

  /** One replica. */
  record Replica(
      String node,
      String role,
      long term,
      Indexes indexes,
      List<String> voters,
      List<String> learners) {}
}
