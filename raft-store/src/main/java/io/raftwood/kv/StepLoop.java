package io.raftwood.kv;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Runs steps one after another, each when the one before has completed. The stack stays flat
 * however many steps complete at once. Runs on the threads that complete the steps.
 */
final class StepLoop {
  private final Supplier<CompletableFuture<Boolean>> step;
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  private StepLoop(Supplier<CompletableFuture<Boolean>> step) {
    this.step = step;
  }

  /** Repeats {@code step} until it says {@code false}; fails as the first step that fails. */
  static CompletableFuture<Void> run(Supplier<CompletableFuture<Boolean>> step) {
    StepLoop loop = new StepLoop(step);
    loop.goOn(CompletableFuture.completedFuture(true));
    return loop.end;
  }

  private void goOn(CompletableFuture<Boolean> last) {
    CompletableFuture<Boolean> taken = last;
    try {
      while (taken.isDone()) {
        if (!taken.join()) {
          end.complete(null);
          return;
        }
        taken = step.get();
      }
    } catch (CompletionException e) {
      end.completeExceptionally(e.getCause() == null ? e : e.getCause());
      return;
    } catch (RuntimeException e) {
      end.completeExceptionally(e);
      return;
    }
    CompletableFuture<Boolean> waited = taken;
    waited.whenComplete((more, failure) -> goOn(waited));
  }
}
