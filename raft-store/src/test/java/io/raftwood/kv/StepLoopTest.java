package io.raftwood.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StepLoopTest {
  private final AtomicInteger steps = new AtomicInteger();

  @Test
  void aMillionStepsThatAreDoneAtOnceDoNotDeepenTheStack() {
    StepLoop.run(() -> CompletableFuture.completedFuture(steps.incrementAndGet() < 1_000_000))
        .join();
    assertThat(steps).hasValue(1_000_000);
  }

  @Test
  void stepsThatTakeTheirTimeAreTakenOneAfterAnother() {
    AtomicInteger underWay = new AtomicInteger();
    StepLoop.run(
            () -> {
              assertThat(underWay.getAndIncrement()).isZero();
              return CompletableFuture.supplyAsync(
                  () -> underWay.decrementAndGet() == 0 && steps.incrementAndGet() < 1_000,
                  ForkJoinPool.commonPool());
            })
        .join();
    assertThat(steps).hasValue(1_000);
  }

  @Test
  void theFirstFailureEndsIt() {
    IllegalStateException failure = new IllegalStateException("x");
    assertThat(
            catchThrowable(
                () -> StepLoop.run(() -> CompletableFuture.failedFuture(failure)).join()))
        .hasCause(failure);
    assertThat(
            catchThrowable(
                () ->
                    StepLoop.run(
                            () -> {
                              throw failure;
                            })
                        .join()))
        .hasCause(failure);
    assertThat(
            catchThrowable(
                () ->
                    StepLoop.run(
                            () ->
                                CompletableFuture.supplyAsync(
                                    () -> {
                                      throw failure;
                                    }))
                        .join()))
        .hasCause(failure);
  }
}
