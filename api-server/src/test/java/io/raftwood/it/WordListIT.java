package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSONArray;
import io.raftwood.cli.CliContext;
import io.raftwood.cli.NodeLaunch;
import io.raftwood.cli.RaftwoodMain;
import io.raftwood.cli.call.CallStreams;
import io.raftwood.it.TreeCalls.Answer;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real input through three processes: a word list is loaded by {@code raftwood tree load}, walked
 * by range and by seek both ways, and its structure by the low-level calls.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class WordListIT {
  private static final String NAME = "words";
  private static final int CLIENTS = 8;

  /** For all words: reads that wait together share their confirmation by a majority. */
  private static final int CLIENTS_OF_ALL = 64;

  private static final int HEIGHT_MAX = 4;
  private static final Duration LIMIT = Duration.ofMinutes(15);

  @TempDir Path directory;

  @Test
  void wordsAreInByteOrderBothWaysAndTheStructureHolds() throws Exception {
    WordList words = WordList.find(directory, NAME);
    try (ProcessCluster cluster = ProcessCluster.start(ClusterSpec.threeNodes(), directory)) {
      timed("loaded by 'tree load'", () -> load(cluster, words));
      timed("ranges forward and backward", () -> ranges(cluster, words));
      timed("seeks", () -> seeks(cluster, words));
      timed("structure", () -> structure(cluster, words));
      cluster.awaitEqualReplicas();
    }
  }

  private interface Part {
    String run() throws Exception;
  }

  private static void timed(String what, Part part) throws Exception {
    long begin = System.nanoTime();
    String result = part.run();
    double seconds = (System.nanoTime() - begin) / 1e9;
    TestSettings.say(NAME, String.format("%s: %s (%.1f s)", what, result, seconds));
  }

  private static String load(ProcessCluster cluster, WordList words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    CliContext context =
        new CliContext(
            config -> 1,
            () -> new NodeLaunch(List.of(), "", ""),
            Map.of(),
            new CallStreams(InputStream.nullInputStream(), out, () -> false, () -> false));
    List<String> endpoints = new ArrayList<>();
    for (int i = 0; i < cluster.size(); i++) {
      var address = cluster.node(i).http();
      endpoints.add(address.getHostString() + ":" + address.getPort());
    }
    int exitCode =
        new RaftwoodMain(context)
            .execute(
                new PrintWriter(out, true, StandardCharsets.UTF_8),
                new PrintWriter(err, true),
                "tree",
                "load",
                NAME,
                words.file().toString(),
                "--create",
                "--plain",
                "-e",
                String.join(",", endpoints));
    assertThat(exitCode).as(err.toString()).isZero();
    String[] counts = out.toString(StandardCharsets.UTF_8).strip().split("\t");
    assertThat(Long.parseLong(counts[1])).isEqualTo(words.size());
    return String.join(" ", counts) + " lines, inserted, existing";
  }

  private static String ranges(ProcessCluster cluster, WordList words) {
    List<String> reversed = new ArrayList<>(words.sorted());
    Collections.reverse(reversed);
    try (TreeCalls calls = new TreeCalls(cluster, 0)) {
      assertThat(range(calls, false).equals(words.sorted())).as("forward").isTrue();
      assertThat(range(calls, true).equals(reversed)).as("backward").isTrue();
    }
    return "equal to the sorted list";
  }

  private static List<String> range(TreeCalls calls, boolean reverse) {
    List<String> keys = new ArrayList<>();
    boolean more = true;
    while (more) {
      String from = keys.isEmpty() ? "" : keys.get(keys.size() - 1);
      String form =
          TreeCalls.form(
              "tree_id",
              NAME,
              "from",
              from,
              "limit",
              "10000",
              "reverse",
              Boolean.toString(reverse));
      Answer page = calls.untilKnown("range", form, "range");
      JSONArray entries = page.envelope().getJSONArray("data");
      for (int i = 0; i < entries.size(); i++) {
        keys.add(entries.getJSONArray(i).getString(0));
      }
      more = page.envelope().getBooleanValue("more");
    }
    return keys;
  }

  /** Walks stretches of equal length, the first from the beginning, the last to the end. */
  private static String seeks(ProcessCluster cluster, WordList words) throws InterruptedException {
    int wanted = TestSettings.number("word-seeks", 20_000);
    int count = wanted == 0 ? CLIENTS_OF_ALL : CLIENTS;
    int all = (words.size() + count - 1) / count;
    int length = wanted == 0 ? all : Math.min(all, wanted / 2 / count);
    try (RunningClients clients =
        RunningClients.start(
            count,
            number -> {
              int first = (int) ((long) number * (words.size() - length) / (count - 1));
              try (TreeCalls calls = new TreeCalls(cluster, number)) {
                walk(calls, words, first - 1, length, 1);
                walk(calls, words, first + length, length, -1);
              }
            })) {
      clients.finish(LIMIT);
    }
    return count
        + " stretches of "
        + length
        + " words, each forward and backward"
        + (length == all ? ": all words" : "");
  }

  /** From neighbour to neighbour, so that a wrong one is followed by wrong ones. */
  private static void walk(TreeCalls calls, WordList words, int before, int length, int step) {
    String key = words.at(before);
    if (before == words.size()) {
      key = "\udbff\udfff"; // behind all words
    }
    for (int i = 0; i <= length; i++) {
      int place = before + i * step;
      Answer answer = calls.untilKnown("seek", TreeCalls.form("tree_id", NAME, "key", key), "seek");
      JSONArray neighbours = answer.envelope().getJSONArray("data");
      assertThat(neighbours.toList(String.class))
          .as("beside %s", key)
          .containsExactly(words.at(place - 1), words.at(place + 1));
      assertThat(answer.envelope().getBooleanValue("exact"))
          .as(key)
          .isEqualTo(!words.at(place).isEmpty());
      key = neighbours.getString(step > 0 ? 1 : 0);
    }
  }

  private static String structure(ProcessCluster cluster, WordList words)
      throws InterruptedException {
    String found = new TreeStructure(cluster, NAME).check(words.sorted());
    int height = Integer.parseInt(found.split("[ ,]+")[1]);
    assertThat(height).isLessThanOrEqualTo(HEIGHT_MAX);
    return found;
  }
}
