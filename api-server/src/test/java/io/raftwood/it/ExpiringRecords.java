package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bench.client.CallOptions;
import io.raftwood.bench.client.HustdbClient;
import io.raftwood.bench.client.KvAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Records with a time to live, and what a client may see of them by its own monotonic clock.
 *
 * <p>Early is what is gone before 99 % of its time: replicated time runs at most 0.5 % fast, and a
 * change of leaders never moves it on. Late is what is there although a write was answered that had
 * begun after 101 % of its time and {@link #FAILOVER} more: replicated time runs at most 0.5 %
 * slow, moves with every write, and loses at a change of leaders what the new one was behind. The
 * write makes the bound independent of how busy the machine is.
 */
final class ExpiringRecords {
  private static final Duration FAILOVER = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final long PAUSE_NANOS = 20_000_000;
  private static final byte[] VALUE = "value".getBytes(StandardCharsets.US_ASCII);

  private final ProcessCluster cluster;
  private final int count;
  private final int ttlSecondsMin;
  private final int ttlSecondsMax;
  private final long[] begun;
  private final long[] acknowledged;
  private final int[] ttlSeconds;
  private final boolean[] gone;
  private final AtomicLong lastWrite = new AtomicLong(System.nanoTime());

  ExpiringRecords(ProcessCluster cluster, int count, int ttlSecondsMin, int ttlSecondsMax) {
    this.cluster = cluster;
    this.count = count;
    this.ttlSecondsMin = ttlSecondsMin;
    this.ttlSecondsMax = ttlSecondsMax;
    this.begun = new long[count];
    this.acknowledged = new long[count];
    this.ttlSeconds = new int[count];
    this.gone = new boolean[count];
  }

  /**
   * Writes every {@code step}th record from {@code first} on, then reads them until all are gone.
   */
  void run(int first, int step, long seed) {
    List<HustdbClient> nodes = new ArrayList<>();
    for (int i = 0; i < cluster.size(); i++) {
      nodes.add(cluster.client(i, Duration.ofSeconds(12)));
    }
    SplittableRandom random = new SplittableRandom(seed * 1000 + first);
    try {
      for (int i = first; i < count; i += step) {
        write(nodes, random, i);
      }
      int left = 1;
      while (left > 0) {
        left = readAll(nodes, random, first, step);
        beat(nodes, random);
      }
      // Once more: what is gone stays gone.
      readAll(nodes, random, first, step);
    } finally {
      nodes.forEach(HustdbClient::close);
    }
  }

  private void write(List<HustdbClient> nodes, SplittableRandom random, int i) {
    ttlSeconds[i] = random.nextInt(ttlSecondsMin, ttlSecondsMax + 1);
    CallOptions options =
        CallOptions.NONE.withTtlSeconds(ttlSeconds[i]).withIdempotencyKey("expiring-" + i);
    begun[i] = System.nanoTime();
    long end = begun[i] + PATIENCE.toNanos();
    KvAnswer answer = any(nodes, random).put(key(i), VALUE, options);
    while (answer.meaning() != KvAnswer.Meaning.OK) {
      assertThat(System.nanoTime() - end).as("record %d: %s", i, answer).isNegative();
      Await.pause(PAUSE_NANOS);
      answer = any(nodes, random).put(key(i), VALUE, options);
    }
    acknowledged[i] = System.nanoTime();
  }

  private int readAll(List<HustdbClient> nodes, SplittableRandom random, int first, int step) {
    int left = 0;
    for (int i = first; i < count; i += step) {
      long known = lastWrite.get();
      KvAnswer answer = any(nodes, random).get(key(i), CallOptions.NONE);
      long now = System.nanoTime();
      if (!answer.stale() && answer.meaning() == KvAnswer.Meaning.OK) {
        checkNotLate(i, known);
        left++;
      } else if (!answer.stale() && answer.meaning() == KvAnswer.Meaning.ABSENT) {
        checkNotEarly(i, now);
        gone[i] = true;
      } else {
        left++;
        Await.pause(PAUSE_NANOS);
      }
    }
    return left;
  }

  private void checkNotLate(int i, long write) {
    assertThat(gone[i]).as("record %d is back", i).isFalse();
    long due = acknowledged[i] + nanos(ttlSeconds[i]) / 100 * 101 + FAILOVER.toNanos();
    assertThat(write - due)
        .as("record %d of %d s is late by that many ns", i, ttlSeconds[i])
        .isNegative();
  }

  private void checkNotEarly(int i, long now) {
    long due = begun[i] + nanos(ttlSeconds[i]) / 100 * 99;
    assertThat(now - due)
        .as("record %d of %d s is early by that many ns", i, ttlSeconds[i])
        .isNotNegative();
  }

  /** A write that moves replicated time. */
  private void beat(List<HustdbClient> nodes, SplittableRandom random) {
    long start = System.nanoTime();
    byte[] key = "beat".getBytes(StandardCharsets.US_ASCII);
    if (any(nodes, random).put(key, VALUE, CallOptions.NONE).meaning() == KvAnswer.Meaning.OK) {
      lastWrite.accumulateAndGet(start, Math::max);
    }
  }

  private static HustdbClient any(List<HustdbClient> nodes, SplittableRandom random) {
    return nodes.get(random.nextInt(nodes.size()));
  }

  private static byte[] key(int i) {
    return ("expiring" + i).getBytes(StandardCharsets.US_ASCII);
  }

  private static long nanos(int seconds) {
    return seconds * 1_000_000_000L;
  }
}
