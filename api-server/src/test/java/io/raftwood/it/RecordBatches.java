package io.raftwood.it;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bench.client.HttpReply;
import io.raftwood.bench.client.HustdbClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Records written and read many at a time, by {@code POST /batch}. */
final class RecordBatches {
  private static final int STATUS_OK = 200;

  private RecordBatches() {}

  /**
   * Puts {@code records}.
   *
   * @return whether all of them are acknowledged
   */
  static boolean put(HustdbClient client, List<PackageRecords.Entry> records) throws IOException {
    List<JSONObject> lines =
        records.stream()
            .map(
                record ->
                    JSONObject.of(
                        "call",
                        "put",
                        "key64",
                        base64(record.key()),
                        "body64",
                        base64(record.value())))
            .toList();
    return answers(client, lines).stream().allMatch(answer -> status(answer) == STATUS_OK);
  }

  /**
   * Reads {@code records}.
   *
   * @return those that were not read whole and right: to be asked for one by one
   */
  static List<PackageRecords.Entry> unread(HustdbClient client, List<PackageRecords.Entry> records)
      throws IOException {
    List<JSONObject> lines =
        records.stream()
            .map(record -> JSONObject.of("call", "get", "key64", base64(record.key())))
            .toList();
    List<JSONObject> answers = answers(client, lines);
    List<PackageRecords.Entry> left = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      JSONObject answer = answers.get(i);
      boolean right =
          status(answer) == STATUS_OK
              && !answer.containsKey("stale")
              && Arrays.equals(body(answer), records.get(i).value());
      if (!right) {
        left.add(records.get(i));
      }
    }
    return left;
  }

  private static List<JSONObject> answers(HustdbClient client, List<JSONObject> lines)
      throws IOException {
    String body = String.join("\n", lines.stream().map(JSONObject::toString).toList());
    HttpReply reply = client.request("POST", "/batch", body.getBytes(StandardCharsets.US_ASCII));
    if (reply.status() != STATUS_OK) {
      throw new IOException("batch: " + reply.status() + " " + reply.header("Error"));
    }
    List<JSONObject> answers = reply.text().lines().map(JSON::parseObject).toList();
    if (answers.size() != lines.size()) {
      throw new IOException(answers.size() + " answers to " + lines.size() + " lines");
    }
    return answers;
  }

  private static int status(JSONObject answer) {
    return answer.getIntValue("status");
  }

  private static byte[] body(JSONObject answer) {
    String text = answer.getString("body");
    if (text != null) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    String encoded = answer.getString("body64");
    return encoded == null ? new byte[0] : Base64.getDecoder().decode(encoded);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
