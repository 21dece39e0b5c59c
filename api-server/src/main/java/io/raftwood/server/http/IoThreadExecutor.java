package io.raftwood.server.http;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands tasks to one I/O thread in bursts: of all tasks that arrive while the thread is busy only
 * the first wakes it. Tasks run in the order of their arrival. Thread-safe; tasks must not block.
 */
final class IoThreadExecutor implements Executor {
  private static final Logger LOG = LoggerFactory.getLogger(IoThreadExecutor.class);

  private final Executor ioThread;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  /** Hands over to {@code ioThread}. */
  IoThreadExecutor(Executor ioThread) {
    this.ioThread = ioThread;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (scheduled.compareAndSet(false, true)) {
      ioThread.execute(this::drain);
    }
  }

  private void drain() {
    // Cleared first: a task added behind the last poll then schedules the next drain.
    scheduled.set(false);
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      run(task);
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("a task on an I/O thread failed", e);
    }
  }
}
