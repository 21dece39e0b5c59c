package io.raftwood.bench.torture.cluster;

import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import java.util.List;
import java.util.Set;

/**
 * Where the replicas of a group should be and are.
 *
 * @param group its name
 * @param settled whether they are where they should be
 * @param wanted voters, the first of which is to lead
 * @param actual voters, as the leader knows them; empty if no leader is known
 */
public record GroupPlacement(
    String group, boolean settled, List<String> wanted, List<String> actual) {
  /** Copies the lists. */
  public GroupPlacement {
    wanted = List.copyOf(wanted);
    actual = List.copyOf(actual);
  }

  /** Reads one group of the answer of {@code /admin/groups}. */
  static GroupPlacement parse(JSONObject group) {
    return new GroupPlacement(
        group.getString("name"),
        group.getBooleanValue("settled"),
        voters(group.getJSONObject("wanted")),
        voters(group.getJSONObject("actual")));
  }

  private static List<String> voters(JSONObject hosts) {
    JSONArray voters = hosts == null ? null : hosts.getJSONArray("voters");
    return voters == null ? List.of() : voters.toList(String.class);
  }

  /** Whether every voter that is wanted is one, and nobody else. */
  public boolean done() {
    return settled && Set.copyOf(wanted).equals(Set.copyOf(actual));
  }
}
