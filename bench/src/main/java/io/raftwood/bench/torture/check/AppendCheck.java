package io.raftwood.bench.torture.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Values that begin empty and to which unique pieces are only ever appended. The longest value that
 * was read gives the order of all that happened before it; a history is linearizable if and only if
 * every value is a beginning of the longest one, that consists of pieces that were sent, each once,
 * no acknowledged piece is missing, and the order agrees with time. So this is exact, and needs no
 * search, if the last thing in the history is a read.
 */
public final class AppendCheck {
  /** Ends every piece. */
  public static final char END = ';';

  private AppendCheck() {}

  /** Checks every key of {@code history}; the order of the list does not matter. */
  public static CheckResult check(String name, List<Append> history) {
    Map<String, List<Append>> keys = new TreeMap<>();
    history.forEach(one -> keys.computeIfAbsent(one.key(), any -> new ArrayList<>()).add(one));
    for (Map.Entry<String, List<Append>> key : keys.entrySet()) {
      Optional<String> wrong = wrong(key.getValue());
      if (wrong.isPresent()) {
        return CheckResult.failed(name, key.getKey() + ": " + wrong.get());
      }
    }
    long appends = history.stream().filter(one -> one.change() && one.known()).count();
    long unknown = history.stream().filter(one -> !one.known()).count();
    if (appends == 0) {
      return CheckResult.unknown(name, "no append was answered");
    }
    return CheckResult.passed(
        name,
        String.format(
            "%d values, %d appends, %d of unknown outcome, %d reads",
            keys.size(), appends, unknown, history.size() - appends - unknown));
  }

  private static Optional<String> wrong(List<Append> key) {
    List<Append> reads = key.stream().filter(one -> !one.change()).toList();
    String longest =
        reads.stream().map(Append::piece).max(Comparator.comparingInt(String::length)).orElse("");
    Map<String, Integer> places = new HashMap<>();
    Map<Integer, Integer> pieces = new HashMap<>();
    pieces.put(0, 0);
    int start = 0;
    while (start < longest.length()) {
      int end = longest.indexOf(END, start) + 1;
      String piece = end == 0 ? longest.substring(start) : longest.substring(start, end);
      if (places.put(piece, places.size()) != null) {
        return Optional.of(piece + " is there twice");
      }
      start = end == 0 ? longest.length() : end;
      pieces.put(start, places.size());
    }
    return pieces(key, places).or(() -> order(key, places, pieces, longest));
  }

  private static Optional<String> pieces(List<Append> key, Map<String, Integer> places) {
    Set<String> sent = new HashSet<>();
    for (Append one : key) {
      if (one.change()) {
        sent.add(one.piece());
        if (one.known() && !places.containsKey(one.piece())) {
          return Optional.of("the acknowledged piece " + one.piece() + " is missing");
        }
      }
    }
    return places.keySet().stream()
        .filter(piece -> !sent.contains(piece))
        .findFirst()
        .map(piece -> piece + " is there, which was never sent or was refused");
  }

  /** Whatever had returned before something else was sent is not behind it. */
  private static Optional<String> order(
      List<Append> key, Map<String, Integer> places, Map<Integer, Integer> pieces, String longest) {
    List<Placed> all = new ArrayList<>();
    for (Append one : key) {
      if (one.change() && places.containsKey(one.piece())) {
        all.add(new Placed(2 * places.get(one.piece()) + 1, one));
      }
      if (!one.change()) {
        boolean beginning = longest.startsWith(one.piece());
        if (!beginning || !pieces.containsKey(one.piece().length())) {
          return Optional.of("'" + one.piece() + "' was read, then '" + longest + "'");
        }
        all.add(new Placed(2 * pieces.get(one.piece().length()), one));
      }
    }
    all.sort(
        Comparator.comparingInt(Placed::place)
            .thenComparingLong(placed -> placed.what().invokedAt()));
    Append latest = null;
    for (Placed next : all) {
      if (latest != null && next.what().returnedAt() < latest.invokedAt()) {
        return Optional.of(next.what().toJson() + " was over before " + latest.toJson());
      }
      if (latest == null || next.what().invokedAt() > latest.invokedAt()) {
        latest = next.what();
      }
    }
    return Optional.empty();
  }

  /** Where something belongs: pieces at odd places, reads between them. */
  private record Placed(int place, Append what) {}
}
