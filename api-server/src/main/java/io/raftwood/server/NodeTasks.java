package io.raftwood.server;

import io.raftwood.raft.jraft.JRaftRuntime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Tasks of one part of a node, until it is closed: one that fails ends the node. Thread-safe. */
final class NodeTasks implements AutoCloseable {
  private final String part;
  private final JRaftRuntime runtime;
  private final NodeEndings endings;
  private final List<ScheduledFuture<?>> periodic = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /**
   * Tasks of {@code part}, which a fault names.
   *
   * @param runtime whose ticker runs what is periodic
   */
  NodeTasks(String part, JRaftRuntime runtime, NodeEndings endings) {
    this.part = part;
    this.runtime = runtime;
    this.endings = endings;
  }

  /** Has {@code task} done now and {@code millis} after each end; it must not block. */
  void every(long millis, Runnable task) {
    periodic.add(
        runtime.ticker().scheduleWithFixedDelay(() -> run(task), 0, millis, TimeUnit.MILLISECONDS));
  }

  /** Does {@code task} on this thread, or nothing after the close. */
  void run(Runnable task) {
    if (closed) {
      return;
    }
    try {
      task.run();
    } catch (RuntimeException e) {
      if (!closed) {
        endings.fault(part, e);
      }
    }
  }

  /** Has {@code executor} do {@code task}, or nobody when it takes no more: the node stops then. */
  void run(Executor executor, Runnable task) {
    try {
      executor.execute(() -> run(task));
    } catch (RejectedExecutionException e) {
      // The node stops.
    }
  }

  /** No more tasks; one that runs may go on. */
  @Override
  public void close() {
    closed = true;
    periodic.forEach(task -> task.cancel(false));
  }
}
