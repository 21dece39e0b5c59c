package io.raftwood.server.http;

import io.raftwood.admin.SyncStatus.Count;
import io.raftwood.bytes.Bytes;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What {@code sync_status} answers, as the original prints it (contract 6.1): indented by four
 * blanks, hosts in the order of their text, numbers of at most 31 bits.
 */
final class SyncJson {
  private static final String INDENT = "    ";

  private SyncJson() {}

  /** The body for {@code counts}. */
  static Bytes of(List<Count> counts) {
    String hosts =
        counts.stream()
            .sorted(Comparator.comparing(Count::http))
            .map(count -> INDENT.repeat(2) + "\"" + count.http() + "\": " + items(count, 3))
            .collect(Collectors.joining(",\n"));
    Count total = new Count("", sum(counts, Count::owed), sum(counts, Count::delivered));
    return Bytes.utf8(
        "{\n    \"total_status\": "
            + items(total, 2)
            + ",\n    \"status\": {\n"
            + hosts
            + "\n    }\n}");
  }

  private static String items(Count count, int depth) {
    String indent = "\n" + INDENT.repeat(depth);
    return "{"
        + indent
        + "\"processed_items\": "
        + number(count.owed())
        + ","
        + indent
        + "\"synced_items\": "
        + number(count.delivered())
        + "\n"
        + INDENT.repeat(depth - 1)
        + "}";
  }

  private static long sum(List<Count> counts, ToLongFunction<Count> number) {
    return counts.stream().mapToLong(number).sum();
  }

  private static long number(long count) {
    return Math.min(count, Integer.MAX_VALUE);
  }
}
