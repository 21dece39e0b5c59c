package io.raftwood.raft;

import io.raftwood.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Packs the commands that wait into few log entries: at most {@link
 * ProposalSettings#entriesInFlightMax} in flight, each with all waiting commands up to {@link
 * #COMMANDS_PER_ENTRY_MAX} or {@link #BYTES_PER_ENTRY}; a larger command goes alone. A lone command
 * goes at once; under load entries grow by themselves, and every fixed cost (log sync, message,
 * wake-up) is paid once per entry.
 *
 * <p>Thread-safe, never blocks. Whoever submits, or completes an entry, while nobody else does,
 * packs and sends.
 */
public final class ProposalQueue {
  /** Most commands in one entry. */
  public static final int COMMANDS_PER_ENTRY_MAX = 512;

  /** An entry is not filled beyond this many payload bytes. */
  public static final int BYTES_PER_ENTRY = 256 * 1024;

  /** Accounted for each command beside its payload. */
  private static final int COMMAND_OVERHEAD_BYTES = 64;

  private final String group;
  private final ProposalSettings settings;
  private final AdmissionBudget budget;
  private final ClusterClock clock;
  private final EntrySink sink;

  private final Queue<Pending> waiting = new ConcurrentLinkedQueue<>();
  private final Set<Batch> inFlightBatches = ConcurrentHashMap.newKeySet();
  private final AtomicInteger commands = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger inFlightCommands = new AtomicInteger();
  private final AtomicInteger pumpRequests = new AtomicInteger();
  private final AtomicInteger pauses = new AtomicInteger();
  private final Queue<CompletableFuture<Void>> awaitingEmptyFlight = new ConcurrentLinkedQueue<>();

  /** A queue for {@code group} that stamps entries with {@code clock} and sends to {@code sink}. */
  public ProposalQueue(
      String group,
      ProposalSettings settings,
      AdmissionBudget budget,
      ClusterClock clock,
      EntrySink sink) {
    this.group = group;
    this.settings = settings;
    this.budget = budget;
    this.clock = clock;
    this.sink = sink;
  }

  /** Proposes a command, see {@link RaftGroup#propose}. */
  public CompletableFuture<Committed> submit(Command command, Deadline deadline) {
    Pending pending = new Pending(command, deadline);
    if (commands.incrementAndGet() > settings.commandsMax()) {
      commands.decrementAndGet();
      return CompletableFuture.failedFuture(
          new OverloadedException(group + ": " + settings.commandsMax() + " commands wait"));
    }
    if (!budget.tryAcquire(pending.bytes())) {
      commands.decrementAndGet();
      return CompletableFuture.failedFuture(
          new OverloadedException("the node's proposal byte budget is spent"));
    }
    waiting.add(pending);
    pump();
    return pending.future;
  }

  /** Commands waiting or in flight. */
  public int size() {
    return commands.get();
  }

  /**
   * Sends no more entries until {@link #resume} was called as often as this; commands wait
   * meanwhile. What is in flight when leadership changes hands has an unknown outcome: before a
   * planned change there should be nothing.
   *
   * @return completes, never with a failure, once no entry is in flight; on the thread that
   *     completed the last one, so that nothing slow may depend on it
   */
  public CompletableFuture<Void> pause() {
    CompletableFuture<Void> empty = new CompletableFuture<>();
    pauses.incrementAndGet();
    awaitingEmptyFlight.add(empty);
    pump();
    return empty;
  }

  /** Takes one {@link #pause} back. */
  public void resume() {
    pauses.decrementAndGet();
    pump();
  }

  /** Fails everything that still waits; nothing of it was proposed. */
  public void failWaiting(ReplicationException failure) {
    refuse(pending -> true, failure);
  }

  /**
   * Answers commands whose deadline has passed: those that wait were certainly not applied, the
   * fate of those in flight is unknown. Called about ten times a second.
   */
  public void tick() {
    refuse(pending -> pending.deadline.passed(), tooLate());
    for (Batch flying : inFlightBatches) {
      flying.expire();
    }
  }

  /**
   * Takes commands out of the queue at once, and not when their turn comes: while no entry in
   * flight is answered it never does, and the bytes that they hold are the whole node's.
   */
  private void refuse(Predicate<Pending> which, ReplicationException failure) {
    List<Pending> refused = new ArrayList<>();
    waiting.removeIf(pending -> which.test(pending) && pending.claim() && refused.add(pending));
    for (Pending pending : refused) {
      settle(pending);
      pending.future.completeExceptionally(failure);
    }
  }

  /** Only one thread packs at a time; others leave a request behind and go on. */
  private void pump() {
    if (pumpRequests.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      sendAll();
      seen = pumpRequests.addAndGet(-seen);
    } while (seen != 0);
  }

  private void sendAll() {
    while (pauses.get() == 0 && inFlight.get() < settings.entriesInFlightMax() && worthAnEntry()) {
      List<Pending> batch = nextBatch();
      if (batch.isEmpty()) {
        return;
      }
      inFlight.incrementAndGet();
      inFlightCommands.addAndGet(batch.size());
      Batch flying = new Batch(batch);
      inFlightBatches.add(flying);
      send(flying);
    }
    // Only this thread sends, so that an empty flight stays empty while there is a pause.
    if (pauses.get() > 0 && inFlight.get() == 0) {
      announceEmptyFlight();
    }
  }

  private void announceEmptyFlight() {
    CompletableFuture<Void> waiter;
    while ((waiter = awaitingEmptyFlight.poll()) != null) {
      waiter.complete(null);
    }
  }

  /** Nothing may be thrown: the queue would never send again. */
  private void send(Batch flying) {
    Bytes entry;
    try {
      entry = EntryCodec.encode(clock.stamp(), flying.commands());
    } catch (RuntimeException e) {
      flying.failed(new GroupUnavailableException(group + ": not proposed: " + e.getMessage()));
      return;
    }
    try {
      sink.append(entry, flying);
    } catch (RuntimeException e) {
      flying.failed(new OutcomeUnknownException(group + ": while proposing: " + e));
    }
  }

  /**
   * With nothing in flight everything is: a lone command goes at once. Else what waits is packed
   * into the next entry anyway, and goes ahead of it only if it fills one.
   */
  private boolean worthAnEntry() {
    if (inFlight.get() == 0
        || commands.get() - inFlightCommands.get() >= settings.fullEntryCommands()) {
      return true;
    }
    Pending head = waiting.peek();
    return head != null && head.bytes() >= BYTES_PER_ENTRY / 4;
  }

  private List<Pending> nextBatch() {
    List<Pending> batch = new ArrayList<>();
    long bytes = 0;
    Pending head;
    while (batch.size() < COMMANDS_PER_ENTRY_MAX && (head = waiting.peek()) != null) {
      boolean fits = batch.isEmpty() || bytes + head.bytes() <= BYTES_PER_ENTRY;
      if (!fits || (head.alone() && !batch.isEmpty())) {
        break;
      }
      // Not poll: another thread may have refused the head meanwhile, and the next one is new.
      waiting.remove(head);
      if (!head.claim()) {
        continue;
      }
      if (head.deadline.passed()) {
        settle(head);
        head.future.completeExceptionally(tooLate());
        continue;
      }
      batch.add(head);
      bytes += head.bytes();
      if (head.alone()) {
        break;
      }
    }
    return batch;
  }

  private GroupUnavailableException tooLate() {
    return new GroupUnavailableException(group + ": not proposed before the deadline");
  }

  private void settle(Pending pending) {
    commands.decrementAndGet();
    budget.release(pending.bytes());
  }

  /** One command on its way. */
  private static final class Pending {
    final Command command;
    final Deadline deadline;
    final CompletableFuture<Committed> future = new CompletableFuture<>();
    private final AtomicBoolean claimed = new AtomicBoolean();

    Pending(Command command, Deadline deadline) {
      this.command = command;
      this.deadline = deadline;
    }

    /**
     * Whoever gets {@code true} decides the command's fate and gives back what it holds: the
     * packer, or who refuses it.
     */
    boolean claim() {
      return claimed.compareAndSet(false, true);
    }

    /** The kernel's own commands (barriers) never share an entry. */
    boolean alone() {
      return command.family() == 0;
    }

    long bytes() {
      return (long) command.payload().length() + COMMAND_OVERHEAD_BYTES;
    }
  }

  /** One entry on its way. */
  private final class Batch implements EntrySink.Outcome {
    private final List<Pending> batch;
    private final AtomicBoolean finished = new AtomicBoolean();

    Batch(List<Pending> batch) {
      this.batch = batch;
    }

    List<Command> commands() {
      List<Command> packed = new ArrayList<>(batch.size());
      for (Pending pending : batch) {
        packed.add(pending.command);
      }
      return packed;
    }

    @Override
    public void applied(List<Bytes> results, long index) {
      if (results.size() != batch.size()) {
        failed(new OutcomeUnknownException(group + ": entry " + index + " gave no results here"));
        return;
      }
      if (finish()) {
        for (int i = 0; i < batch.size(); i++) {
          batch.get(i).future.complete(new Committed(results.get(i), index));
        }
      }
    }

    @Override
    public void failed(ReplicationException failure) {
      if (finish()) {
        for (Pending pending : batch) {
          pending.future.completeExceptionally(failure);
        }
      }
    }

    void expire() {
      for (Pending pending : batch) {
        if (pending.deadline.passed() && !pending.future.isDone()) {
          pending.future.completeExceptionally(
              new OutcomeUnknownException(group + ": proposed, not applied before the deadline"));
        }
      }
    }

    /**
     * The next entry is sent before the answers go out: the disk need not wait for them.
     *
     * @return whether this was the entry's first outcome; later ones count for nothing
     */
    private boolean finish() {
      if (!finished.compareAndSet(false, true)) {
        return false;
      }
      for (Pending pending : batch) {
        settle(pending);
      }
      inFlightBatches.remove(this);
      inFlightCommands.addAndGet(-batch.size());
      inFlight.decrementAndGet();
      pump();
      return true;
    }
  }
}
