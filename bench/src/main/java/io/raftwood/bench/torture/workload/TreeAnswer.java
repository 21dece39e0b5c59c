package io.raftwood.bench.torture.workload;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bench.client.KvAnswer;
import java.util.Optional;
import java.util.Set;

/**
 * How a call of the DT API ended. {@code CONFLICT} is code 804: what is stored is not what was
 * expected; {@code ABSENT} is 801 and 806: no such tree or node.
 *
 * @param meaning what it means
 * @param envelope the answer; empty unless there is one
 * @param detail for people
 */
record TreeAnswer(KvAnswer.Meaning meaning, JSONObject envelope, String detail) {
  /** The meaning of {@code answer}, whose status says nothing of trees. */
  static TreeAnswer of(KvAnswer answer, boolean write) {
    KvAnswer.Meaning unclear = write ? KvAnswer.Meaning.UNKNOWN : KvAnswer.Meaning.FAILED;
    if (answer.meaning() != KvAnswer.Meaning.OK) {
      return new TreeAnswer(answer.meaning(), new JSONObject(), answer.detail());
    }
    try {
      JSONObject envelope = JSON.parseObject(answer.value());
      int code = envelope.getIntValue("code");
      String token = answer.reply().flatMap(reply -> reply.header("Error")).orElse("");
      boolean nothingDone = Set.of("overloaded", "no-quorum", "disk-full").contains(token);
      KvAnswer.Meaning meaning =
          switch (code) {
            case 0 -> KvAnswer.Meaning.OK;
            case 801, 806 -> KvAnswer.Meaning.ABSENT;
            case 804 -> KvAnswer.Meaning.CONFLICT;
            case 805 -> KvAnswer.Meaning.FAILED;
            default -> nothingDone ? KvAnswer.Meaning.FAILED : unclear;
          };
      return new TreeAnswer(meaning, envelope, code + " " + token);
    } catch (JSONException e) {
      return new TreeAnswer(unclear, new JSONObject(), "no JSON");
    }
  }

  /** Whether the call did what it is for. */
  boolean ok() {
    return meaning == KvAnswer.Meaning.OK;
  }

  /** {@code data} as text; empty when it is {@code null}. */
  Optional<String> data() {
    return Optional.ofNullable(envelope.getString("data"));
  }
}
