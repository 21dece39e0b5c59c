package io.raftwood.bench.torture.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Everything that a report can show of one run. Thread-safe. Times are nanoseconds since the
 * timeline was made, from {@link System#nanoTime()}.
 */
public final class Timeline {
  private final long origin = System.nanoTime();
  private final List<Mark> marks = new ArrayList<>();
  private final AtomicLong answered = new AtomicLong();
  private final List<Span> faults = new ArrayList<>();
  private final List<Reign> reigns = new ArrayList<>();
  private final Map<String, Reign> present = new TreeMap<>();

  /** How an operation ended, for people. */
  public enum End {
    /** An answer that says what happened. */
    DONE,
    /** Certainly nothing happened. */
    REFUSED,
    /** Nobody knows. */
    UNKNOWN
  }

  /**
   * One request of a client.
   *
   * @param workload whose
   * @param node who was asked
   * @param start when it was sent
   * @param end when the answer was there, or given up
   * @param how it ended
   */
  public record Mark(String workload, int node, long start, long end, End how) {}

  /**
   * One fault.
   *
   * @param name its kind
   * @param detail whom it struck
   * @param start when it began
   * @param end when everything was healed
   */
  public record Span(String name, String detail, long start, long end) {}

  /**
   * A time in which one node was seen to lead a group.
   *
   * @param group the group
   * @param node its leader, empty = none was seen
   * @param term its term
   * @param start when it was first seen
   * @param end when it was last seen
   */
  public record Reign(String group, String node, long term, long start, long end) {}

  /** The time now. */
  public long now() {
    return System.nanoTime() - origin;
  }

  /** Adds an operation that ends now. */
  public synchronized void operation(String workload, int node, long start, End how) {
    marks.add(new Mark(workload, node, start, now(), how));
    if (how == End.DONE) {
      answered.incrementAndGet();
    }
  }

  /** How many operations ended with an answer that says what happened. */
  public long answered() {
    return answered.get();
  }

  /** Adds a fault that ends now. */
  public synchronized void fault(String name, String detail, long start) {
    faults.add(new Span(name, detail, start, now()));
  }

  /** Notes who is seen to lead {@code group} now. */
  public synchronized void leader(String group, String node, long term) {
    long now = now();
    Reign old = present.get(group);
    if (old != null && old.node().equals(node) && old.term() == term) {
      present.put(group, new Reign(group, node, term, old.start(), now));
      return;
    }
    if (old != null) {
      reigns.add(old);
    }
    present.put(group, new Reign(group, node, term, now, now));
  }

  /** All operations, in the order in which they ended. */
  public synchronized List<Mark> marks() {
    return List.copyOf(marks);
  }

  /** All faults that are over. */
  public synchronized List<Span> faults() {
    return List.copyOf(faults);
  }

  /** All reigns, in the order in which they began, by group. */
  public synchronized List<Reign> reigns() {
    List<Reign> all = new ArrayList<>(reigns);
    all.addAll(present.values());
    return all;
  }
}
