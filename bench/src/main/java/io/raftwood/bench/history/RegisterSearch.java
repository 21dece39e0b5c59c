package io.raftwood.bench.history;

import io.raftwood.bench.history.RegisterModel.State;
import io.raftwood.bench.history.RegisterModel.Step;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks for an order that explains one record's operations: Wing and Gong's search with Lowe's
 * cache of visited configurations, as in porcupine. Operations with an answer come from an {@link
 * EventList}; open writes are tried only where no answered operation fits, so that a long tail of
 * them costs nothing while the rest explains itself. Found as soon as every answer is explained:
 * the open writes that are left never happened.
 *
 * <p>Not thread-safe; one search for each instance.
 */
final class RegisterSearch {
  private static final int STEPS_PER_CLOCK_READ = 1024;

  private final List<Operation> answered;
  private final List<RecordHistory.OpenWrite> open;
  private final EventList events;
  private final long deadline;
  private final BitSet placed = new BitSet();
  private final Set<Configuration> visited = new HashSet<>();
  private final Deque<Frame> path = new ArrayDeque<>();
  private State state = RegisterModel.ABSENT;
  private EventList.Event cursor;
  private int openCursor;
  private long fingerprint;
  private long steps;

  /** What a search can end with. */
  enum Result {
    /** Every answer is explained. */
    FOUND,
    /** There is no such order. */
    IMPOSSIBLE,
    /** The deadline passed. */
    OUT_OF_TIME
  }

  /**
   * A search over {@code history}.
   *
   * @param deadline on {@link System#nanoTime()}
   */
  RegisterSearch(RecordHistory history, long deadline) {
    this.answered = history.answered();
    this.open = history.open();
    this.events = new EventList(answered);
    this.deadline = deadline;
    this.cursor = events.first();
  }

  /** Number of transitions tried. */
  long steps() {
    return steps;
  }

  /** Runs the search; once. */
  Result run() {
    while (cursor != null) {
      if (++steps % STEPS_PER_CLOCK_READ == 0 && System.nanoTime() - deadline > 0) {
        return Result.OUT_OF_TIME;
      }
      boolean moved = cursor.isReturn() ? tryNextOpen() : tryCall();
      if (!moved && !backtrack()) {
        return Result.IMPOSSIBLE;
      }
    }
    return Result.FOUND;
  }

  /** Places the operation at the cursor if its answer fits, else looks further; never stuck. */
  private boolean tryCall() {
    Operation operation = answered.get(cursor.id);
    Step step = RegisterModel.apply(state, operation.action());
    if (step.outcome().equals(operation.outcome()) && visit(cursor.id, step.next())) {
      EventList.Event call = cursor;
      path.push(new Frame(cursor.id, cursor, 0, state));
      events.lift(call);
      advance(step.next());
    } else {
      cursor = cursor.next();
      openCursor = 0;
    }
    return true;
  }

  /** At a return nothing answered fits any more: places the next open write that helps. */
  private boolean tryNextOpen() {
    while (openCursor < open.size() && open.get(openCursor).invokedAt() <= cursor.time) {
      int candidate = openCursor++;
      if (tryOpen(candidate)) {
        return true;
      }
    }
    return false;
  }

  private boolean tryOpen(int candidate) {
    RecordHistory.OpenWrite write = open.get(candidate);
    int id = answered.size() + candidate;
    boolean itsTurn = write.predecessor() < 0 || placed.get(answered.size() + write.predecessor());
    if (placed.get(id) || !itsTurn) {
      return false;
    }
    State next = RegisterModel.apply(state, write.action()).next();
    // A write without effect explains nothing and may yet have one later.
    if (next.equals(state) || !write.canMake(next) || !visit(id, next)) {
      return false;
    }
    path.push(new Frame(id, cursor, openCursor, state));
    advance(next);
    return true;
  }

  private void advance(State next) {
    state = next;
    cursor = events.first();
    openCursor = 0;
  }

  /** Marks {@code id} as placed, unless the configuration that this makes was visited before. */
  private boolean visit(int id, State next) {
    toggle(id);
    if (visited.contains(new Configuration(placed, next, fingerprint))) {
      toggle(id);
      return false;
    }
    visited.add(new Configuration((BitSet) placed.clone(), next, fingerprint));
    return true;
  }

  /** Places or takes back {@code id}; the fingerprint is the xor of one pattern for each id. */
  private void toggle(int id) {
    placed.flip(id);
    long mixed = (id + 1) * 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    fingerprint ^= mixed ^ (mixed >>> 31);
  }

  private boolean backtrack() {
    if (path.isEmpty()) {
      return false;
    }
    Frame frame = path.pop();
    toggle(frame.id());
    state = frame.before();
    openCursor = frame.openCursor();
    if (frame.id() < answered.size()) {
      events.unlift(frame.at());
      cursor = frame.at().next();
    } else {
      cursor = frame.at();
    }
    return true;
  }

  /**
   * A set of placed operations and the state that they lead to.
   *
   * @param fingerprint of the set: what its hash code would be, without walking through it
   */
  private record Configuration(BitSet placed, State state, long fingerprint) {
    @Override
    public int hashCode() {
      return Long.hashCode(fingerprint + state.version());
    }
  }

  /**
   * One decision.
   *
   * @param id what was placed: an answered operation, or behind them an open write
   * @param at where the cursor stood
   * @param openCursor the next open write to try there
   * @param before the state before it
   */
  private record Frame(int id, EventList.Event at, int openCursor, State before) {}
}
