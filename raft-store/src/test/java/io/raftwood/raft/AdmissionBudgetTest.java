package io.raftwood.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdmissionBudgetTest {
  private final AdmissionBudget budget = new AdmissionBudget(100);

  @Test
  void takesWhatFitsToTheLastByteAndRefusesMore() {
    assertThat(budget.tryAcquire(60)).isTrue();
    assertThat(budget.tryAcquire(41)).isFalse();
    assertThat(budget.tryAcquire(40)).isTrue();
    assertThat(budget.tryAcquire(1)).isFalse();
    assertThat(budget.used()).isEqualTo(100);
    budget.release(60);
    assertThat(budget.tryAcquire(60)).isTrue();
  }

  @Test
  void somethingLargerThanTheWholeIsLetInAlone() {
    assertThat(budget.tryAcquire(1)).isTrue();
    assertThat(budget.tryAcquire(1_000)).isFalse();
    budget.release(1);
    assertThat(budget.tryAcquire(1_000)).isTrue();
    assertThat(budget.tryAcquire(1)).isFalse();
    budget.release(1_000);
    assertThat(budget.used()).isZero();
  }

  @Test
  void aBudgetOfNothingIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new AdmissionBudget(0));
  }

  @Test
  void manyThreadsNeverTakeMoreThanThereIs() {
    AtomicLong held = new AtomicLong();
    AtomicLong most = new AtomicLong();
    IntStream.range(0, 200_000)
        .parallel()
        .forEach(
            i -> {
              int bytes = 1 + i % 37;
              if (budget.tryAcquire(bytes)) {
                most.accumulateAndGet(held.addAndGet(bytes), Math::max);
                held.addAndGet(-bytes);
                budget.release(bytes);
              }
            });
    assertThat(most.get()).isBetween(1L, 100L);
    assertThat(budget.used()).isZero();
  }
}
