package io.raftwood.it;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.SplittableRandom;

/** A file of records and a tree for {@code raftwood import}, from a seed. */
final class ImportedLines {
  private final SplittableRandom random;
  private final long expires;

  /** Some of the records expire at {@code expires}, in milliseconds since 1970. */
  ImportedLines(long seed, long expires) {
    this.random = new SplittableRandom(seed);
    this.expires = expires;
  }

  /** Writes records of all kinds, and a tree. */
  void write(Path file, int records, int entries) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < records; i++) {
        out.write(record(i));
        out.newLine();
      }
      if (entries > 0) {
        out.write("{\"kind\":\"tree\",\"tree\":\"words\"}\n");
      }
      for (int i = 0; i < entries; i++) {
        int word = (int) (i * 7_919L % entries);
        String line =
            "{\"kind\":\"entry\",\"tree\":\"words\",\"key\":\"word-%07d\",\"value\":\"%d\"}";
        out.write(String.format(line, word, i));
        out.newLine();
      }
    }
  }

  private String record(int i) {
    String tail =
        ",\"version\":"
            + (1 + random.nextInt(1 << random.nextInt(1, 31)))
            + (random.nextInt(5) == 0 ? ",\"expires\":" + (expires + i) : "");
    byte[] bytes = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? 400 : 90)];
    random.nextBytes(bytes);
    String value = ",\"valueBase64\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"";
    switch (i % 4) {
      case 0:
        return "{\"kind\":\"key\",\"key\":\"key-" + i + "\"" + tail + value + "}";
      case 1:
        String field = "\"table\":\"hash" + random.nextInt(50) + "\",\"field\":\"f" + i + "\"";
        return "{\"kind\":\"field\"," + field + tail + value + "}";
      case 2:
        String member = "\"table\":\"set" + random.nextInt(50) + "\",\"member\":\"m" + i + "\"";
        return "{\"kind\":\"member\"," + member + tail + "}";
      default:
        String scored = "\"table\":\"zset" + random.nextInt(50) + "\",\"member\":\"z" + i + "\"";
        return "{\"kind\":\"scored\"," + scored + tail + ",\"score\":" + random.nextLong() + "}";
    }
  }
}
