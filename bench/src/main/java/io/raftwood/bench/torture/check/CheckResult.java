package io.raftwood.bench.torture.check;

/**
 * What one check says of one run.
 *
 * @param name what was checked
 * @param status the verdict
 * @param detail for people: what was looked at, or what is wrong
 */
public record CheckResult(String name, Status status, String detail) {
  /** A verdict. */
  public enum Status {
    /** Looked at, nothing wrong. */
    PASSED,
    /** Something is wrong. */
    FAILED,
    /** Could not be decided. */
    UNKNOWN,
    /** This machine, or this choice of options, cannot do it. */
    SKIPPED
  }

  /** Nothing wrong. */
  public static CheckResult passed(String name, String detail) {
    return new CheckResult(name, Status.PASSED, detail);
  }

  /** Something is wrong. */
  public static CheckResult failed(String name, String detail) {
    return new CheckResult(name, Status.FAILED, detail);
  }

  /** Could not be decided. */
  public static CheckResult unknown(String name, String detail) {
    return new CheckResult(name, Status.UNKNOWN, detail);
  }

  /** Was not done. */
  public static CheckResult skipped(String name, String detail) {
    return new CheckResult(name, Status.SKIPPED, detail);
  }

  /** Whether a run with this result can be green. */
  public boolean green() {
    return status == Status.PASSED || status == Status.SKIPPED;
  }

  @Override
  public String toString() {
    return status + " " + name + ": " + detail;
  }
}
