package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {
  @Test
  void admitsUpToTheLimitAndAgainWhatWasReleased() {
    ByteBudget budget = new ByteBudget(10);
    assertThat(budget.tryAcquire(7)).isTrue();
    assertThat(budget.tryAcquire(4)).isFalse();
    assertThat(budget.tryAcquire(3)).isTrue();
    assertThat(budget.tryAcquire(1)).isFalse();
    budget.release(7);
    assertThat(budget.used()).isEqualTo(3);
    assertThat(budget.tryAcquire(7)).isTrue();
    assertThatThrownBy(() -> budget.release(11)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void neverExceedsTheLimitUnderContention() throws InterruptedException {
    ByteBudget budget = new ByteBudget(100);
    AtomicLong excess = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int bytes = 20 + i * 15;
      threads.add(
          new Thread(
              () -> {
                for (int round = 0; round < 20_000; round++) {
                  if (budget.tryAcquire(bytes)) {
                    excess.accumulateAndGet(budget.used() - 100, Math::max);
                    budget.release(bytes);
                  }
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(excess.get()).isZero();
    assertThat(budget.used()).isZero();
  }
}
