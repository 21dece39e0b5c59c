package io.raftwood.bench.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Values that are only appended to. Each history below is over by time 100. */
class AppendCheckTest {
  @Test
  void everyOrderThatAgreesWithTimeIsRight() {
    assertRight(append("a;", 0, 10), append("b;", 5, 15), read("b;a;", 20, 30));
    assertRight(append("a;", 0, 10), read("", 0, 5), read("a;", 20, 30));
  }

  @Test
  void whatNobodyKnowsMayBeThereOnceOrNot() {
    Append unknown = append("u;", 0, Long.MAX_VALUE);
    assertRight(unknown, append("a;", 20, 30), read("a;", 40, 50));
    assertRight(unknown, append("a;", 20, 30), read("a;u;", 40, 50));
    assertWrong("there twice", unknown, append("a;", 20, 30), read("u;a;u;", 40, 50));
  }

  @Test
  void anAcknowledgedPieceMustBeThereOnce() {
    assertWrong("a; is missing", append("a;", 0, 10), read("", 20, 30));
    assertWrong("a; is there twice", append("a;", 0, 10), read("a;a;", 20, 30));
  }

  @Test
  void whatWasRefusedOrTornMustNotBeThere() {
    assertWrong("never sent", append("a;", 0, 10), read("a;x;", 20, 30));
    assertWrong("never sent", append("a;", 0, 10), append("b;", 0, 10), read("a;b;c", 20, 30));
  }

  @Test
  void piecesMayNotChangePlacesAgainstTime() {
    assertWrong("over before", append("a;", 0, 10), append("b;", 11, 15), read("b;a;", 20, 30));
    assertWrong(
        "over before", append("u;", 11, Long.MAX_VALUE), append("a;", 0, 10), read("u;a;", 20, 30));
  }

  @Test
  void aReadMayNotMissWhatWasThereNorShowWhatIsToCome() {
    assertWrong("over before", append("a;", 0, 10), read("", 11, 15), read("a;", 20, 30));
    assertWrong("over before", read("a;", 0, 5), append("a;", 6, 10), read("a;", 20, 30));
    assertWrong(
        "was read, then",
        append("a;", 0, 10),
        append("b;", 0, 10),
        read("b;", 20, 30),
        read("a;b;", 20, 30));
  }

  @Test
  void nothingIsSaidOfNoAnswers() {
    assertThat(check(read("", 0, 1)).status()).isEqualTo(CheckResult.Status.UNKNOWN);
  }

  private static void assertRight(Append... history) {
    CheckResult result = check(history);
    assertThat(result.status()).as(result.detail()).isEqualTo(CheckResult.Status.PASSED);
  }

  private static void assertWrong(String why, Append... history) {
    CheckResult result = check(history);
    assertThat(result.status()).isEqualTo(CheckResult.Status.FAILED);
    assertThat(result.detail()).contains(why);
  }

  private static CheckResult check(Append... history) {
    return AppendCheck.check("c", List.of(history));
  }

  private static Append append(String piece, long invoked, long returned) {
    return new Append("k", piece, true, invoked, returned);
  }

  private static Append read(String value, long invoked, long returned) {
    return new Append("k", value, false, invoked, returned);
  }
}
