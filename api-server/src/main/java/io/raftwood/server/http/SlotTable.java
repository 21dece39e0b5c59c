package io.raftwood.server.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * hustdb's load balance table (contract 3.3): which two hosts, master1 and master2, serve which
 * slots. A value; {@link SlotTableJson} reads and writes it.
 *
 * @param items in slot order
 */
record SlotTable(List<Item> items) {
  /** Number of slots. */
  static final int SLOTS = 1024;

  /** Copies the list; {@link #check} checks the rest. */
  SlotTable {
    items = List.copyOf(items);
  }

  /**
   * A range of slots and its hosts.
   *
   * @param start the first slot
   * @param end the first slot behind
   * @param first master1, {@code host:port}
   * @param second master2
   */
  record Range(int start, int end, String first, String second) {
    boolean names(String host) {
      return first.equals(host) || second.equals(host);
    }
  }

  /** Splits an item in two: each half gets a new host. */
  record Increase(Range low, Range high) {}

  /** Replaces one host of an item. */
  record Decrease(String remove, String replaceBy) {}

  /** One element; at most one of {@code increase} and {@code decrease} is meant to be there. */
  record Item(Range range, Optional<Increase> increase, Optional<Decrease> decrease) {
    /** An element that asks for no change. */
    static Item of(int start, int end, String first, String second) {
      return new Item(new Range(start, end, first, second), Optional.empty(), Optional.empty());
    }

    private Stream<Range> effective() {
      if (increase.isPresent()) {
        return Stream.of(increase.get().low(), increase.get().high());
      }
      return Stream.of(decrease.map(this::replaced).orElse(range));
    }

    private Range replaced(Decrease change) {
      String stays = range.first().equals(change.remove()) ? range.second() : range.first();
      return new Range(range.start(), range.end(), stays, change.replaceBy());
    }
  }

  /** What the table comes to: every slot in one range, in slot order. */
  List<Range> effective() {
    return items.stream().flatMap(Item::effective).toList();
  }

  /**
   * The first rule that the table breaks, in words; empty when it is valid. The original checks
   * hardly anything of a table with {@code increase}; here all rules always hold.
   */
  Optional<String> check() {
    return coverage().or(this::changes).or(this::decreases);
  }

  private Optional<String> coverage() {
    if (items.isEmpty()) {
      return Optional.of("the table is empty");
    }
    int next = 0;
    for (Item item : items) {
      Range range = item.range();
      if (range.start() != next) {
        return Optional.of("a range begins at " + range.start() + " instead of " + next);
      }
      if (range.end() <= range.start() || range.end() > SLOTS) {
        return Optional.of("range " + range.start() + ".." + range.end() + " is none");
      }
      next = range.end();
    }
    return next == SLOTS ? Optional.empty() : Optional.of("the last range ends at " + next);
  }

  private Optional<String> changes() {
    boolean increases = items.stream().anyMatch(item -> item.increase().isPresent());
    boolean decreases = items.stream().anyMatch(item -> item.decrease().isPresent());
    if (increases && decreases) {
      return Optional.of("increase and decrease in one table");
    }
    return items.stream()
        .filter(item -> item.increase().isPresent())
        .flatMap(item -> increase(item.range(), item.increase().get()).stream())
        .findFirst();
  }

  private static Optional<String> increase(Range range, Increase change) {
    Range low = change.low();
    Range high = change.high();
    boolean halves =
        low.start() == range.start()
            && low.end() == high.start()
            && high.end() == range.end()
            && low.end() > low.start()
            && high.end() > high.start();
    if (!halves) {
      return Optional.of("low and high are not the halves of " + text(range));
    }
    if (!low.first().equals(range.first()) || !high.second().equals(range.second())) {
      return Optional.of("low and high do not keep the hosts of " + text(range));
    }
    return range.names(low.second()) || range.names(high.first())
        ? Optional.of("low or high of " + text(range) + " adds no host")
        : Optional.empty();
  }

  private Optional<String> decreases() {
    Set<String> removed = new HashSet<>();
    Set<String> replacing = new HashSet<>();
    for (Item item : items) {
      Optional<Decrease> change = item.decrease();
      if (change.isPresent()) {
        String remove = change.get().remove();
        String by = change.get().replaceBy();
        if (remove.equals(by) || !item.range().names(remove)) {
          return Optional.of("decrease of " + text(item.range()) + " replaces none of its hosts");
        }
        removed.add(remove);
        replacing.add(by);
      }
    }
    removed.retainAll(replacing);
    return removed.isEmpty()
        ? Optional.empty()
        : Optional.of("a host is both removed and a replacement");
  }

  private static String text(Range range) {
    return range.start() + ".." + range.end();
  }

  /** All hosts that the table names, changes included. */
  List<String> hosts() {
    List<String> hosts = new ArrayList<>();
    Stream.concat(items.stream().map(Item::range), effective().stream())
        .forEach(
            range -> {
              hosts.add(range.first());
              hosts.add(range.second());
            });
    return hosts.stream().distinct().toList();
  }
}
