package io.raftwood.bench.load;

import io.raftwood.bench.client.HttpReply;
import io.raftwood.bench.client.HustdbClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Garbage collections of all servers so far, as their {@code /metrics} tell.
 *
 * @param count how many
 * @param seconds that they took together
 */
public record GcPauses(long count, double seconds) {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Pattern LINE =
      Pattern.compile("(?m)^jvm_gc_collection_seconds_(count|sum)\\{[^}]*} ([0-9.eE+-]+)");

  /** Asks all {@code endpoints}; empty if one does not tell. */
  static Optional<GcPauses> of(List<InetSocketAddress> endpoints) {
    GcPauses all = new GcPauses(0, 0);
    for (InetSocketAddress endpoint : endpoints) {
      try (HustdbClient client = new HustdbClient(endpoint, TIMEOUT)) {
        HttpReply reply = client.request("GET", "/metrics", new byte[0]);
        Optional<GcPauses> one = read(reply.text());
        if (one.isEmpty()) {
          return Optional.empty();
        }
        all = new GcPauses(all.count + one.get().count, all.seconds + one.get().seconds);
      } catch (IOException e) {
        return Optional.empty();
      }
    }
    return Optional.of(all);
  }

  /** Those of one process; empty if its {@code metrics} say nothing of them. */
  static Optional<GcPauses> read(String metrics) {
    Matcher lines = LINE.matcher(metrics);
    boolean any = false;
    double count = 0;
    double seconds = 0;
    while (lines.find()) {
      any = true;
      double value = Double.parseDouble(lines.group(2));
      if (lines.group(1).equals("count")) {
        count += value;
      } else {
        seconds += value;
      }
    }
    return any ? Optional.of(new GcPauses((long) count, seconds)) : Optional.empty();
  }

  /** Those that came after {@code before}. */
  GcPauses since(GcPauses before) {
    return new GcPauses(count - before.count, seconds - before.seconds);
  }
}
