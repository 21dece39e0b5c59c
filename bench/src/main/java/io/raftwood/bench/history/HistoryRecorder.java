package io.raftwood.bench.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Records the operations of one run. Thread-safe. Times are nanoseconds since the recorder was
 * made, from {@link System#nanoTime()}.
 */
public final class HistoryRecorder {
  private final LongSupplier clock;
  private final long origin;
  private final AtomicLong definite = new AtomicLong();
  private final Set<Call> open = new LinkedHashSet<>();
  private final List<Operation> finished = new ArrayList<>();

  /** A recorder on the machine's monotonic clock. */
  public HistoryRecorder() {
    this(System::nanoTime);
  }

  /** A recorder on {@code clock}, which must never run backwards. */
  HistoryRecorder(LongSupplier clock) {
    this.clock = clock;
    this.origin = clock.getAsLong();
  }

  /** Notes that {@code client} is about to send a request; call before the first byte. */
  public Call invoke(int client, String key, Action action) {
    Call call = new Call(client, key, action, clock.getAsLong() - origin);
    synchronized (this) {
      open.add(call);
    }
    return call;
  }

  /** Number of operations with a definite outcome so far. */
  public long definiteCount() {
    return definite.get();
  }

  /** Everything recorded so far in order of invocation; calls without an answer are unknown. */
  public synchronized List<Operation> operations() {
    List<Operation> all = new ArrayList<>(finished);
    open.forEach(call -> all.add(call.operation(OptionalLong.empty(), new Outcome.Unknown())));
    all.sort(Comparator.comparingLong(Operation::invokedAt));
    return List.copyOf(all);
  }

  /** Writes {@link #operations()} to {@code file}, one JSON object for each line. */
  public void writeTo(Path file) {
    try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
      for (Operation operation : operations()) {
        writer.append(operation.toJson()).append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the history to " + file, e);
    }
  }

  private synchronized void finish(Call call, OptionalLong returnedAt, Outcome outcome) {
    if (!open.remove(call)) {
      throw new IllegalStateException("the call was finished before");
    }
    finished.add(call.operation(returnedAt, outcome));
  }

  /** One operation under way. */
  public final class Call {
    private final int client;
    private final String key;
    private final Action action;
    private final long invokedAt;

    private Call(int client, String key, Action action, long invokedAt) {
      this.client = client;
      this.key = key;
      this.action = action;
      this.invokedAt = invokedAt;
    }

    /** Notes the outcome, once; call after the last byte of the answer. */
    public void complete(Outcome outcome) {
      long now = clock.getAsLong() - origin;
      boolean unknown = outcome instanceof Outcome.Unknown;
      finish(this, unknown ? OptionalLong.empty() : OptionalLong.of(now), outcome);
      if (outcome.definite()) {
        definite.incrementAndGet();
      }
    }

    private Operation operation(OptionalLong returnedAt, Outcome outcome) {
      return new Operation(client, key, action, invokedAt, returnedAt, outcome);
    }
  }
}
