package io.raftwood.bench.torture.cluster;

import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import java.util.Map;
import java.util.TreeMap;

/**
 * The replicas of one group, hashed at one log entry.
 *
 * @param group its name
 * @param index of the entry
 * @param hashes by node; a node that could not answer is missing
 */
public record GroupHashes(String group, long index, Map<String, String> hashes) {
  /** Copies the map. */
  public GroupHashes {
    hashes = new TreeMap<>(hashes);
  }

  /** Reads one group of the answer of {@code /admin/check}. */
  static GroupHashes parse(JSONObject group) {
    Map<String, String> hashes = new TreeMap<>();
    JSONArray replicas = group.getJSONArray("replicas");
    for (int i = 0; replicas != null && i < replicas.size(); i++) {
      JSONObject replica = replicas.getJSONObject(i);
      if (replica.containsKey("hash")) {
        hashes.put(replica.getString("node"), replica.getString("hash"));
      }
    }
    return new GroupHashes(group.getString("group"), group.getLongValue("index"), hashes);
  }

  /** Whether two replicas differ. */
  public boolean unequal() {
    return hashes.values().stream().distinct().count() > 1;
  }

  /** Whether so many replicas answered. */
  public boolean complete(int replicas) {
    return hashes.size() >= replicas;
  }
}
