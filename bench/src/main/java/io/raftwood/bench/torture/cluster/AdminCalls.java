package io.raftwood.bench.torture.cluster;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bench.client.HttpReply;
import io.raftwood.bench.client.HustdbClient;
import io.raftwood.bench.torture.network.NodeAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One node's admin and service endpoints; a connection for each call. */
final class AdminCalls {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final Duration SNAPSHOT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(20);
  private static final byte[] NO_BODY = new byte[0];

  private final NodeAddress address;

  AdminCalls(NodeAddress address) {
    this.address = address;
  }

  /** Whether {@code /readyz} says 200. */
  boolean ready() throws IOException {
    try (HustdbClient client = new HustdbClient(address.http(), TIMEOUT)) {
      return client.request("GET", "/readyz", NO_BODY).status() == 200;
    }
  }

  /** What the node knows of all replicas. */
  List<ReplicaState> replicas() throws IOException {
    try {
      JSONArray all =
          JSON.parseObject(ask("GET", "/admin/status", TIMEOUT)).getJSONArray("replicas");
      List<ReplicaState> replicas = new ArrayList<>();
      for (int i = 0; all != null && i < all.size(); i++) {
        JSONObject one = all.getJSONObject(i);
        replicas.add(
            new ReplicaState(
                one.getString("node"),
                one.getString("group"),
                one.getString("role"),
                one.getLongValue("term"),
                one.getLongValue("appliedIndex")));
      }
      return replicas;
    } catch (JSONException e) {
      throw new IOException("/admin/status is not JSON", e);
    }
  }

  /** Has all replicas of all groups hashed at one entry each. */
  List<GroupHashes> check() throws IOException {
    try {
      JSONArray groups = JSON.parseArray(ask("POST", "/admin/check", CHECK_TIMEOUT));
      List<GroupHashes> hashes = new ArrayList<>();
      for (int i = 0; i < groups.size(); i++) {
        hashes.add(GroupHashes.parse(groups.getJSONObject(i)));
      }
      return hashes;
    } catch (JSONException e) {
      throw new IOException("/admin/check is not JSON", e);
    }
  }

  /** Where all replicas should be and are. */
  List<GroupPlacement> groups() throws IOException {
    try {
      JSONArray groups = JSON.parseArray(ask("GET", "/admin/groups", TIMEOUT));
      List<GroupPlacement> placements = new ArrayList<>();
      for (int i = 0; i < groups.size(); i++) {
        placements.add(GroupPlacement.parse(groups.getJSONObject(i)));
      }
      return placements;
    } catch (JSONException e) {
      throw new IOException("/admin/groups is not JSON", e);
    }
  }

  /** Asks for a leader; refusals and failures are failures. */
  void transfer(String group, String node) throws IOException {
    ask("POST", "/admin/leader/transfer?group=" + group + "&node=" + node, TIMEOUT);
  }

  /** Asks for voters of a group; refusals and failures are failures. */
  void place(String group, List<String> voters, boolean force) throws IOException {
    String query = "group=" + group + "&voters=" + String.join(",", voters) + "&force=" + force;
    ask("POST", "/admin/groups/place?" + query, TIMEOUT);
  }

  /** Has every replica take a snapshot. */
  void snapshot() throws IOException {
    ask("POST", "/admin/snapshot", SNAPSHOT_TIMEOUT);
  }

  private String ask(String method, String target, Duration timeout) throws IOException {
    try (HustdbClient client = new HustdbClient(address.http(), timeout)) {
      HttpReply reply = client.request(method, target, NO_BODY);
      if (reply.status() != 200) {
        throw new IOException(target + " answered " + reply.status() + " " + reply.text());
      }
      return reply.text();
    }
  }
}
