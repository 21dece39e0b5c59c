package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IoThreadExecutorTest {
  private final Queue<Runnable> wakeUps = new ArrayDeque<>();
  private final List<Integer> ran = new ArrayList<>();
  private final IoThreadExecutor executor = new IoThreadExecutor(wakeUps::add);

  @Test
  void burstWakesTheThreadOnceAndKeepsItsOrder() {
    for (int i = 0; i < 100; i++) {
      int number = i;
      executor.execute(() -> ran.add(number));
    }
    assertThat(wakeUps).hasSize(1);
    assertThat(ran).isEmpty();
    wakeUps.remove().run();
    assertThat(ran).hasSize(100).isSorted();
    executor.execute(() -> ran.add(100));
    assertThat(wakeUps).hasSize(1);
  }

  @Test
  void taskThatFailsDoesNotStopTheOthers() {
    executor.execute(
        () -> {
          throw new IllegalStateException("this log is expected");
        });
    executor.execute(() -> ran.add(1));
    wakeUps.remove().run();
    assertThat(ran).containsExactly(1);
  }

  @Test
  void noTaskIsLostBetweenThreads() throws InterruptedException {
    Queue<Runnable> shared = new java.util.concurrent.ConcurrentLinkedQueue<>();
    IoThreadExecutor contended = new IoThreadExecutor(shared::add);
    AtomicInteger count = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      threads.add(
          new Thread(
              () -> {
                for (int round = 0; round < 20_000; round++) {
                  contended.execute(count::incrementAndGet);
                }
              }));
    }
    threads.forEach(Thread::start);
    TestServer.await(
        "all tasks ran",
        () -> {
          Runnable wakeUp = shared.poll();
          if (wakeUp != null) {
            wakeUp.run();
          }
          return count.get() == 60_000;
        });
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
