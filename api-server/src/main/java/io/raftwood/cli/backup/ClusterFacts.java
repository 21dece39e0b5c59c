package io.raftwood.cli.backup;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallFailureException;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.CallSession;
import io.raftwood.cli.call.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a cluster says of itself in {@code /admin/status}.
 *
 * @param id of the cluster
 * @param map the cluster map as it is shown
 * @param groups those with slots, by their first one
 * @param addresses HTTP addresses by the nodes' names
 */
public record ClusterFacts(
    String id, JSONObject map, List<Group> groups, Map<String, String> addresses) {
  private static final String STATUS = "raftwood admin status";

  /** The cluster, for messages. */
  public static final Target CLUSTER = new Target("the cluster", STATUS, STATUS);

  /**
   * A group.
   *
   * @param hosts names of the nodes to read it from, the best first: voters that follow, then the
   *     leader
   */
  public record Group(String name, List<String> hosts) {
    /** Copies the list. */
    public Group {
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * Asks the cluster.
   *
   * @throws CallFailureException when it does not answer, or is not formed yet
   */
  public static ClusterFacts ask(CallSession session) {
    CallRequest request = CallRequest.read("/admin/status", CLUSTER);
    Bytes body = session.send(request).body();
    JSONObject status = JSON.parseObject(body.toUtf8());
    JSONObject map = status == null ? null : status.getJSONObject("cluster");
    if (map == null) {
      throw new CallFailureException(
          CallExitCode.UNAVAILABLE, "the cluster is not formed yet; '" + STATUS + "' shows it");
    }
    return of(status, map);
  }

  private static ClusterFacts of(JSONObject status, JSONObject map) {
    Map<String, String> addresses = new LinkedHashMap<>();
    for (JSONObject node : objects(map, "nodes")) {
      addresses.put(node.getString("name"), node.getString("http"));
    }
    Set<String> leads = new HashSet<>();
    for (JSONObject replica : objects(status, "replicas")) {
      if ("LEADER".equals(replica.getString("role"))) {
        leads.add(replica.getString("group") + "@" + replica.getString("node"));
      }
    }
    List<Group> groups = new ArrayList<>();
    objects(map, "groups").stream()
        .filter(group -> group.getIntValue("endSlot") > group.getIntValue("firstSlot"))
        .filter(group -> !group.getString("name").startsWith("cache-"))
        .sorted((a, b) -> a.getIntValue("firstSlot") - b.getIntValue("firstSlot"))
        .forEach(group -> groups.add(group(group, leads)));
    return new ClusterFacts(map.getString("id"), map, List.copyOf(groups), addresses);
  }

  private static Group group(JSONObject group, Set<String> leads) {
    String name = group.getString("name");
    List<String> hosts = new ArrayList<>();
    List<String> leaders = new ArrayList<>();
    for (String voter : group.getList("voters", String.class)) {
      (leads.contains(name + "@" + voter) ? leaders : hosts).add(voter);
    }
    hosts.addAll(leaders);
    return new Group(name, hosts);
  }

  private static List<JSONObject> objects(JSONObject parent, String name) {
    JSONArray array = parent.getJSONArray(name);
    if (array == null) {
      throw new JSONException("the status has no " + name);
    }
    return array.toList(JSONObject.class);
  }
}
