package io.raftwood.bench.torture.check;

import java.util.List;

/** Records that were written once each: what was acknowledged is there. */
public final class WritesCheck {
  private WritesCheck() {}

  /**
   * Judges one look at every record.
   *
   * @param acknowledged how many writes were answered with success
   * @param unknown how many may have happened
   * @param happened how many of these did
   * @param missing how many acknowledged ones were not found
   * @param examples some of these
   */
  public static CheckResult check(
      int acknowledged, int unknown, int happened, int missing, List<String> examples) {
    String name = "writes: none missing";
    if (acknowledged == 0) {
      return CheckResult.unknown(name, "no write was answered");
    }
    if (missing > 0) {
      return CheckResult.failed(
          name, missing + " of " + acknowledged + " acknowledged writes are missing: " + examples);
    }
    return CheckResult.passed(
        name,
        acknowledged
            + " acknowledged writes, none missing; of "
            + unknown
            + " unknown ones "
            + happened
            + " happened");
  }
}
