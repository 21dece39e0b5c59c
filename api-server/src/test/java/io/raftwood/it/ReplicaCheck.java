package io.raftwood.it;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code POST /admin/check} said of one group.
 *
 * @param group its name
 * @param index the log index that was compared at
 * @param equal whether all replicas have the same content
 * @param hashes one for each replica that answered
 * @param text the group's part of the answer
 */
record ReplicaCheck(String group, long index, boolean equal, List<Hash> hashes, String text) {
  /** Copies the list. */
  ReplicaCheck {
    hashes = List.copyOf(hashes);
  }

  /** Parses the answer: one for each group. */
  static List<ReplicaCheck> parse(String text) {
    List<ReplicaCheck> checks = new ArrayList<>();
    JSONArray groups = JSON.parseArray(text);
    for (int i = 0; i < groups.size(); i++) {
      checks.add(parse(groups.getJSONObject(i)));
    }
    return checks;
  }

  private static ReplicaCheck parse(JSONObject group) {
    List<Hash> hashes = new ArrayList<>();
    JSONArray replicas = group.getJSONArray("replicas");
    for (int i = 0; i < replicas.size(); i++) {
      JSONObject replica = replicas.getJSONObject(i);
      if (replica.containsKey("hash")) {
        hashes.add(
            new Hash(
                replica.getString("node"),
                replica.getString("hash"),
                replica.getLongValue("rows")));
      }
    }
    return new ReplicaCheck(
        group.getString("group"),
        group.getLongValue("index"),
        group.getBooleanValue("equal"),
        hashes,
        group.toString());
  }

  /** Whether {@code replicas} replicas answered and are equal. */
  boolean equalOn(int replicas) {
    return equal
        && hashes.size() == replicas
        && hashes.stream().map(Hash::hash).distinct().count() == 1;
  }

  /** One replica's state. */
  record Hash(String node, String hash, long rows) {}
}
