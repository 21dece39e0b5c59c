package io.raftwood.it;

/**
 * Sizes of the cluster tests, from system properties {@code raftwood.it.*}: {@code seed} (1),
 * {@code seconds} of a register workload (40), {@code compare-seconds} of the hammered record (20),
 * {@code records} of the package test (all), {@code rounds} of the crash test (3), {@code
 * restart-records} (1,000,000), {@code tree-seconds} (15) and {@code tree-kills} (3) of the
 * exclusion test, {@code word-seeks} of the word list test (20,000; 0 = each word both ways),
 * {@code torture-seconds} (40) and {@code torture-seed} (a new one), {@code backup-records} (8,000)
 * and {@code backup-entries} (35 % of them), {@code import-records} (12,000), {@code lib} with the
 * jars to run (those of this JVM), {@code jvm-options} of the servers ({@code -XX:+UseG1GC
 * -Xmx512m}).
 */
final class TestSettings {
  private static final String PREFIX = "raftwood.it.";

  private TestSettings() {}

  /** A whole number. */
  static int number(String name, int fallback) {
    return Integer.getInteger(PREFIX + name, fallback);
  }

  /** A text. */
  static String text(String name, String fallback) {
    return System.getProperty(PREFIX + name, fallback);
  }

  /** The seed of all choices of {@code test}; printed, so that a failure can be repeated. */
  static long seed(String test) {
    long seed = Long.getLong(PREFIX + "seed", 1);
    say(test, "-D" + PREFIX + "seed=" + seed);
    return seed;
  }

  /** Prints one line about a running test. */
  static void say(String test, String line) {
    System.out.println("[" + test + "] " + line);
  }
}
