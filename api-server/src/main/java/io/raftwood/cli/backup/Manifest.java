package io.raftwood.cli.backup;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import com.alibaba.fastjson2.JSONWriter;
import io.raftwood.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * What a backup says of itself.
 *
 * @param json all of it
 * @param parts where its items are, in the file's order
 */
record Manifest(JSONObject json, List<Part> parts) {
  /** The families in a backup, in the order in which they are restored. */
  static final List<Integer> FAMILIES = List.of(1, 4);

  /** Copies the list. */
  Manifest {
    parts = List.copyOf(parts);
  }

  /**
   * The items of one family of one group, which are pages one after another.
   *
   * @param group the group's name
   * @param family whose items
   * @param offset of its first byte in the file
   * @param length in bytes
   * @param pages number of pages
   * @param items number of items
   * @param sha256 of its bytes, hexadecimal
   */
  record Part(
      String group, int family, long offset, long length, long pages, long items, String sha256) {
    private static Part of(JSONObject json) {
      return new Part(
          json.getString("group"),
          json.getIntValue("family"),
          json.getLongValue("offset"),
          json.getLongValue("length"),
          json.getLongValue("pages"),
          json.getLongValue("items"),
          json.getString("sha256"));
    }

    private JSONObject toJson() {
      JSONObject json = new JSONObject();
      json.put("group", group);
      json.put("family", family);
      json.put("offset", offset);
      json.put("length", length);
      json.put("pages", pages);
      json.put("items", items);
      json.put("sha256", sha256);
      return json;
    }

    /** For people. */
    String content() {
      return family == FAMILIES.get(0) ? "records" : "trees";
    }
  }

  /**
   * Of a backup that was just made.
   *
   * @param facts everything but format and parts
   */
  static Manifest of(JSONObject facts, List<Part> parts) {
    JSONObject json = new JSONObject();
    json.put("format", BackupFile.FORMAT);
    json.putAll(facts);
    JSONArray array = new JSONArray();
    parts.forEach(part -> array.add(part.toJson()));
    json.put("parts", array);
    return new Manifest(json, parts);
  }

  /**
   * Reads a manifest.
   *
   * @throws JSONException when it is none
   */
  static Manifest parse(Bytes text) {
    JSONObject json = JSON.parseObject(text.toUtf8());
    if (json == null || json.getIntValue("format") != BackupFile.FORMAT) {
      throw new JSONException("not a manifest of format " + BackupFile.FORMAT);
    }
    List<Part> parts = new ArrayList<>();
    for (JSONObject part : json.getJSONArray("parts").toList(JSONObject.class)) {
      parts.add(Part.of(part));
    }
    return new Manifest(json, parts);
  }

  /** Its text. */
  Bytes encode() {
    return Bytes.wrap(JSON.toJSONBytes(json, JSONWriter.Feature.PrettyFormat))
        .concat(Bytes.utf8("\n"));
  }

  /** The views that it was read from, group by group. */
  List<JSONObject> views() {
    return json.getJSONArray("groups").toList(JSONObject.class);
  }

  /** The largest number that the views have under {@code name}. */
  long highest(String name) {
    return views().stream().mapToLong(view -> view.getLongValue(name)).max().orElse(0);
  }

  /** Number of items of a family. */
  long items(int family) {
    return parts.stream().filter(part -> part.family == family).mapToLong(Part::items).sum();
  }
}
