package io.raftwood.bench.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The calls and returns of operations in order of time, as a doubly linked list from which an
 * operation can be lifted and put back in the reverse order (Lowe's form of Wing and Gong's list).
 */
final class EventList {
  private final Event head = new Event(-1, true, Long.MIN_VALUE);

  /** Lists {@code operations}, all of which have returned; ids are their positions. */
  EventList(List<Operation> operations) {
    List<Event> events = new ArrayList<>();
    for (int id = 0; id < operations.size(); id++) {
      Operation operation = operations.get(id);
      Event call = new Event(id, true, operation.invokedAt());
      call.match = new Event(id, false, operation.returnedAt().orElseThrow());
      events.add(call);
      events.add(call.match);
    }
    // At equal times calls come first: the operations then count as concurrent.
    events.sort(
        Comparator.<Event>comparingLong(event -> event.time).thenComparing(Event::isReturn));
    Event last = head;
    for (Event event : events) {
      last.next = event;
      event.previous = last;
      last = event;
    }
  }

  /** The earliest event still in the list; {@code null} when there is none. */
  Event first() {
    return head.next;
  }

  /** Takes the operation of {@code call} out. */
  void lift(Event call) {
    unlink(call);
    unlink(call.match);
  }

  /** Puts it back; calls must be put back in the reverse order of lifting. */
  void unlift(Event call) {
    relink(call.match);
    relink(call);
  }

  private static void unlink(Event event) {
    event.previous.next = event.next;
    if (event.next != null) {
      event.next.previous = event.previous;
    }
  }

  private static void relink(Event event) {
    event.previous.next = event;
    if (event.next != null) {
      event.next.previous = event;
    }
  }

  /** A call or a return. The links are {@code null} at the ends of the list. */
  static final class Event {
    final int id;
    final long time;
    private final boolean call;
    private Event match;
    private Event previous;
    private Event next;

    private Event(int id, boolean call, long time) {
      this.id = id;
      this.call = call;
      this.time = time;
    }

    /** Whether this is a return. */
    boolean isReturn() {
      return !call;
    }

    /** The next event in the list; never {@code null} behind a call. */
    Event next() {
      return next;
    }
  }
}
