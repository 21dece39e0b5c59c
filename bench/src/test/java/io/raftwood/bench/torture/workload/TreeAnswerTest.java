package io.raftwood.bench.torture.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bench.client.HttpReply;
import io.raftwood.bench.client.KvAnswer;
import io.raftwood.bench.client.KvAnswer.Meaning;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What answers of the DT API say of what was done, as docs/api/dt.md has it. */
class TreeAnswerTest {
  @Test
  void codesThatSayWhatHappened() {
    assertThat(meaning(0, "", true)).isEqualTo(Meaning.OK);
    assertThat(meaning(804, "", true)).isEqualTo(Meaning.CONFLICT);
    assertThat(meaning(801, "", true)).isEqualTo(Meaning.ABSENT);
    assertThat(meaning(806, "", true)).isEqualTo(Meaning.ABSENT);
    assertThat(meaning(805, "", true)).isEqualTo(Meaning.FAILED);
  }

  @Test
  void code802IsUnknownUnlessTheTokenSaysThatNothingWasDone() {
    assertThat(meaning(802, "outcome-unknown", true)).isEqualTo(Meaning.UNKNOWN);
    assertThat(meaning(802, "", true)).isEqualTo(Meaning.UNKNOWN);
    assertThat(meaning(802, "no-quorum", true)).isEqualTo(Meaning.FAILED);
    assertThat(meaning(802, "overloaded", true)).isEqualTo(Meaning.FAILED);
    assertThat(meaning(802, "outcome-unknown", false)).isEqualTo(Meaning.FAILED);
    assertThat(meaning(803, "internal-fault", true)).isEqualTo(Meaning.UNKNOWN);
  }

  @Test
  void whatIsNoEnvelopeSaysNothing() {
    assertThat(TreeAnswer.of(answer("", "<html>"), true).meaning()).isEqualTo(Meaning.UNKNOWN);
    assertThat(TreeAnswer.of(answer("", "<html>"), false).meaning()).isEqualTo(Meaning.FAILED);
  }

  @Test
  void aConnectionThatBrokeIsWhatTheClientSaysItIs() {
    KvAnswer broken = new KvAnswer(Meaning.UNKNOWN, Optional.empty(), "reset");
    assertThat(TreeAnswer.of(broken, true).meaning()).isEqualTo(Meaning.UNKNOWN);
  }

  private static Meaning meaning(int code, String token, boolean write) {
    String status = code == 0 ? "success" : "fail";
    String json = "{\"status\":\"" + status + "\",\"code\":" + code + ",\"data\":null}";
    return TreeAnswer.of(answer(token, json), write).meaning();
  }

  private static KvAnswer answer(String token, String body) {
    List<HttpReply.Header> headers =
        token.isEmpty() ? List.of() : List.of(new HttpReply.Header("Error", token));
    HttpReply reply = new HttpReply(200, headers, body.getBytes(StandardCharsets.US_ASCII));
    return new KvAnswer(Meaning.OK, Optional.of(reply), "200");
  }
}
