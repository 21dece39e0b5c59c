package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.it.TreeCalls.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Invariant 11 of trees, through three processes: of many that want the same, one gets it. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class TreeExclusionIT {
  private static final String NAME = "tree";
  private static final int CLIENTS = 8;
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir Path directory;

  @Test
  void oneInsertOfManyWinsAndNoIncrementIsLost() throws Exception {
    try (ProcessCluster cluster = ProcessCluster.start(ClusterSpec.threeNodes(), directory);
        TreeCalls calls = new TreeCalls(cluster, 0)) {
      calls.untilKnown("create", "tree_id=t", "create");
      insertAtOnce(cluster);
      increment(cluster, calls);
      cluster.awaitEqualReplicas();
    }
  }

  private static void insertAtOnce(ProcessCluster cluster) throws InterruptedException {
    int keys = 50;
    Queue<String> leaves = new ConcurrentLinkedQueue<>();
    CyclicBarrier together = new CyclicBarrier(CLIENTS);
    try (RunningClients clients =
        RunningClients.start(
            CLIENTS,
            number -> {
              try (TreeCalls calls = new TreeCalls(cluster, number)) {
                for (int i = 0; i < keys; i++) {
                  together.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
                  String form =
                      TreeCalls.form("tree_id", "t", "key", "k" + i, "value", "" + number);
                  Answer answer = calls.untilKnown("insert", form, number + "-insert-" + i);
                  assertThat(answer.code()).isZero();
                  if (answer.envelope().get("data") != null) {
                    leaves.add(i + " " + answer.data());
                  }
                }
              }
            })) {
      clients.finish(LIMIT);
    }
    assertThat(leaves).hasSize(keys);
    assertThat(leaves.stream().map(leaf -> leaf.split(" ")[0]).distinct()).hasSize(keys);
    TestSettings.say(
        NAME, keys + " keys, each inserted by " + CLIENTS + " clients at once: one id each");
  }

  private static void increment(ProcessCluster cluster, TreeCalls calls) throws Exception {
    int seconds = TestSettings.number("tree-seconds", 15);
    int kills = TestSettings.number("tree-kills", 3);
    AtomicInteger done = new AtomicInteger();
    AtomicInteger unknown = new AtomicInteger();
    calls.untilKnown("insert", "tree_id=t&key=counter&value=0", "counter");
    try (RunningClients clients = new RunningClients(CLIENTS)) {
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(
            i,
            number -> {
              try (TreeCalls own = new TreeCalls(cluster, number)) {
                for (int turn = 0; !clients.stopped(); turn++) {
                  done.addAndGet(increment(own, number + "-" + turn));
                }
                unknown.addAndGet(own.unknown());
              }
            });
      }
      killLeaders(cluster, kills, TimeUnit.SECONDS.toNanos(seconds));
      clients.stop(LIMIT);
    }
    Answer counter = calls.untilKnown("get", "tree_id=t&key=counter", "read");
    TestSettings.say(
        NAME,
        CLIENTS
            + " clients, "
            + seconds
            + " s and "
            + kills
            + " kills of the leader: "
            + done
            + " increments, "
            + unknown
            + " answers 802");
    assertThat(counter.data()).isEqualTo(done.toString());
    assertThat(done.get()).isGreaterThan(20);
  }

  /** Kills whoever leads, so many times, in {@code nanos} and the time that elections take. */
  private static void killLeaders(ProcessCluster cluster, int kills, long nanos) throws Exception {
    Await.pause(nanos / (kills + 1));
    for (int i = 0; i < kills; i++) {
      int leader = cluster.awaitLeader("data-0");
      cluster.kill(leader);
      cluster.awaitLeader("data-0");
      cluster.start(leader);
      Await.pause(nanos / (kills + 1));
    }
  }

  /** Tries once; how many increments that were: 1 or 0. */
  private static int increment(TreeCalls calls, String id) {
    String before = calls.untilKnown("get", "tree_id=t&key=counter", id + "-get").data();
    String after = Integer.toString(Integer.parseInt(before) + 1);
    String form =
        TreeCalls.form("tree_id", "t", "key", "counter", "old_value", before, "value", after);
    Answer answer = calls.untilKnown("setcas", form, id + "-set");
    assertThat(answer.code()).isIn(0, 804);
    return answer.code() == 0 ? 1 : 0;
  }
}
