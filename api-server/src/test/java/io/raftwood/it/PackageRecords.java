package io.raftwood.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Debian's package records as {@code apt-cache dumpavail} prints them; where there is no apt,
 * made-up records with the same distribution of sizes.
 *
 * @param origin which of the two
 * @param records one for each package
 */
record PackageRecords(String origin, List<Entry> records) {
  private static final int FEWEST_REAL = 1000;
  private static final int MADE_UP = 60_000;

  /** Sizes of the 63,436 records of Debian 12 in bytes, at {@link #QUANTILES}. */
  private static final int[] SIZES = {443, 591, 639, 711, 825, 1010, 1978, 4890, 76_338};

  private static final double[] QUANTILES = {0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 1};

  /**
   * One package.
   *
   * @param key its name
   * @param value its record
   */
  record Entry(byte[] key, byte[] value) {}

  /** The real ones if there are any, at most {@code limit}. */
  static PackageRecords load(int limit, long seed) {
    List<Entry> real = real();
    boolean enough = real.size() >= FEWEST_REAL;
    List<Entry> all = enough ? real : madeUp(seed);
    String origin = enough ? "apt-cache dumpavail" : "made up, seed " + seed;
    return new PackageRecords(origin, all.subList(0, Math.min(limit, all.size())));
  }

  private static List<Entry> real() {
    try {
      Process process =
          new ProcessBuilder("apt-cache", "dumpavail")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      // Latin-1 keeps every byte as it is.
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      Map<String, String> byName = new LinkedHashMap<>();
      for (String record : text.split("\n\n")) {
        if (record.startsWith("Package: ")) {
          byName.put(record.substring("Package: ".length()).split("\n", 2)[0], record);
        }
      }
      List<Entry> entries = new ArrayList<>();
      byName.forEach((name, record) -> entries.add(new Entry(latin1(name), latin1(record))));
      return entries;
    } catch (IOException e) {
      return List.of();
    }
  }

  private static List<Entry> madeUp(long seed) {
    Random random = new Random(seed);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < MADE_UP; i++) {
      byte[] value = new byte[size(random.nextDouble())];
      random.nextBytes(value);
      entries.add(new Entry(latin1("package-" + i), value));
    }
    return entries;
  }

  private static int size(double quantile) {
    int upper = 1;
    while (QUANTILES[upper] < quantile) {
      upper++;
    }
    double share = (quantile - QUANTILES[upper - 1]) / (QUANTILES[upper] - QUANTILES[upper - 1]);
    return (int) (SIZES[upper - 1] + share * (SIZES[upper] - SIZES[upper - 1]));
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
