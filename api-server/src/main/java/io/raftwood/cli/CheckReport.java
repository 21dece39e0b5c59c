package io.raftwood.cli;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code POST /admin/check} says: the hashes of all replicas.
 *
 * @param lines one for each replica, in the order of the answer
 */
record CheckReport(List<Line> lines) {
  /**
   * One replica's hash.
   *
   * @param group its group
   * @param node its node
   * @param rows rows hashed
   * @param hash hexadecimal, empty when there is none
   * @param detail why there is none
   */
  record Line(String group, String node, long rows, String hash, String detail) {}

  /**
   * Reads a body: an array of groups, or an object that holds it as {@code groups}.
   *
   * @throws CommandFailedException when it is neither
   */
  static CheckReport parse(String json) {
    try {
      Object root = JSON.parse(json);
      JSONArray groups =
          root instanceof JSONObject object ? object.getJSONArray("groups") : (JSONArray) root;
      List<Line> lines = new ArrayList<>();
      for (int i = 0; groups != null && i < groups.size(); i++) {
        addGroup(groups.getJSONObject(i), lines);
      }
      return new CheckReport(lines);
    } catch (JSONException | ClassCastException e) {
      throw new CommandFailedException(ExitCode.FAILED, "the node's answer is not JSON: " + e);
    }
  }

  /** Whether two replicas of {@code group} have different hashes. */
  boolean unequal(String group) {
    return lines.stream()
            .filter(line -> line.group().equals(group) && !line.hash().isEmpty())
            .map(Line::hash)
            .distinct()
            .count()
        > 1;
  }

  /** {@code equal}, {@code UNEQUAL}, or why nothing can be said. */
  String verdict(Line line) {
    if (line.hash().isEmpty()) {
      return "unknown: " + line.detail();
    }
    return unequal(line.group()) ? "UNEQUAL" : "equal";
  }

  /** The exit code: 1 when replicas differ, 3 when one did not answer or there is none, else 0. */
  int exitCode() {
    if (lines.stream().anyMatch(line -> unequal(line.group()))) {
      return ExitCode.FAILED;
    }
    boolean incomplete = lines.isEmpty() || lines.stream().anyMatch(line -> line.hash().isEmpty());
    return incomplete ? ExitCode.UNAVAILABLE : ExitCode.OK;
  }

  private static void addGroup(JSONObject group, List<Line> lines) {
    JSONArray replicas = group.getJSONArray("replicas");
    for (int i = 0; replicas != null && i < replicas.size(); i++) {
      JSONObject replica = replicas.getJSONObject(i);
      lines.add(
          new Line(
              text(group, "group"),
              text(replica, "node"),
              replica.getLongValue("rows"),
              text(replica, "hash"),
              text(replica, "detail")));
    }
  }

  private static String text(JSONObject object, String key) {
    String text = object.getString(key);
    return text == null ? "" : text;
  }
}
