package io.raftwood.bench.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The checks without a model of their own: members, versions, leaders. */
class InvariantChecksTest {
  @Test
  void aSetMayLackUnknownMembersOnly() {
    assertThat(members(List.of("a", "b"))).isEqualTo(CheckResult.Status.PASSED);
    assertThat(members(List.of("a", "b", "u"))).isEqualTo(CheckResult.Status.PASSED);
    assertThat(members(List.of("a"))).isEqualTo(CheckResult.Status.FAILED);
  }

  @Test
  void aSetMayHoldNothingThatWasRefusedAndNothingTwice() {
    assertThat(members(List.of("a", "b", "refused"))).isEqualTo(CheckResult.Status.FAILED);
    assertThat(members(List.of("a", "b", "b"))).isEqualTo(CheckResult.Status.FAILED);
  }

  @Test
  void onEveryNodeAMemberIsMissedIfOneCopyIsMissing() {
    List<List<String>> nodes = List.of(List.of("a"), List.of("a"), List.of());
    assertThat(MembersCheck.check("m", Set.of("a"), Set.of(), nodes, 2).green()).isTrue();
    assertThat(MembersCheck.check("m", Set.of("a"), Set.of(), nodes, 3).status())
        .isEqualTo(CheckResult.Status.FAILED);
  }

  @Test
  void aVersionMayStayButNotGoBack() {
    Observation first = Observation.of("k", false, 0, 1, 5);
    assertThat(monotonic(first, Observation.of("k", false, 2, 3, 5)))
        .isEqualTo(CheckResult.Status.PASSED);
    assertThat(monotonic(first, Observation.of("other", false, 2, 3, 4)))
        .isEqualTo(CheckResult.Status.PASSED);
    assertThat(monotonic(first, Observation.of("k", false, 1, 3, 4)))
        .as("concurrent")
        .isEqualTo(CheckResult.Status.PASSED);
    assertThat(monotonic(first, Observation.of("k", false, 2, 3, 4)))
        .isEqualTo(CheckResult.Status.FAILED);
  }

  @Test
  void twoLeadersOfOneTermAreFound() {
    LeadersCheck check = new LeadersCheck();
    check.saw("data-0", 1, "n1");
    check.saw("data-0", 1, "n1");
    check.saw("data-0", 2, "n2");
    check.saw("data-1", 1, "n2");
    assertThat(check.result().green()).isTrue();
    check.saw("data-0", 2, "n3");
    assertThat(check.result().status()).isEqualTo(CheckResult.Status.FAILED);
    assertThat(check.result().detail()).contains("n2", "n3", "data-0", "term 2");
  }

  private static CheckResult.Status members(List<String> found) {
    List<List<String>> nodes = List.of(List.of("a", "b"), found, List.of());
    return MembersCheck.check("m", Set.of("a", "b"), Set.of("u", "v"), nodes, 2).status();
  }

  private static CheckResult.Status monotonic(Observation... history) {
    return MonotonicCheck.check("v", List.of(history)).status();
  }
}
