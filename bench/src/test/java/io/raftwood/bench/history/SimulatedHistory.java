package io.raftwood.bench.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * Histories of a store that is linearizable by construction: overlapping operations are applied one
 * by one at a random moment of each.
 */
final class SimulatedHistory {
  private final Random random;
  private final int clients;
  private final int keys;
  private final double unknownShare;
  private final IntFunction<String> values;

  /**
   * A source of histories.
   *
   * @param values the value of the n-th put
   */
  SimulatedHistory(
      Random random, int clients, int keys, double unknownShare, IntFunction<String> values) {
    this.random = random;
    this.clients = clients;
    this.keys = keys;
    this.unknownShare = unknownShare;
    this.values = values;
  }

  /** A history of {@code count} operations in order of effect. */
  List<Operation> next(int count) {
    List<Draft> drafts = new ArrayList<>();
    long[] time = new long[clients];
    for (int i = 0; i < count; i++) {
      int client = random.nextInt(clients);
      long invoked = time[client] + random.nextInt(20);
      long point = invoked + random.nextInt(30);
      long returned = point + random.nextInt(30);
      boolean unknown = random.nextDouble() < unknownShare;
      long effect = unknown ? invoked + random.nextInt(400) : point;
      time[client] = returned + 1;
      String key = "k" + random.nextInt(keys);
      drafts.add(new Draft(client, key, action(i), invoked, effect, returned, unknown));
    }
    drafts.sort(Comparator.comparingLong(Draft::effect));
    Map<String, RegisterModel.State> states = new HashMap<>();
    List<Operation> history = new ArrayList<>();
    drafts.forEach(draft -> history.add(carryOut(draft, states)));
    return history;
  }

  private Operation carryOut(Draft draft, Map<String, RegisterModel.State> states) {
    RegisterModel.State state = states.getOrDefault(draft.key(), RegisterModel.ABSENT);
    RegisterModel.Step step = RegisterModel.apply(state, draft.action());
    if (!draft.unknown() || random.nextBoolean()) {
      states.put(draft.key(), step.next());
    }
    return new Operation(
        draft.client(),
        draft.key(),
        draft.action(),
        draft.invoked(),
        draft.unknown() ? OptionalLong.empty() : OptionalLong.of(draft.returned()),
        draft.unknown() ? new Outcome.Unknown() : step.outcome());
  }

  private Action action(int number) {
    int choice = random.nextInt(10);
    if (choice < 4) {
      return new Action.Get();
    }
    if (choice < 7) {
      return new Action.Put(values.apply(number), 0);
    }
    long expected = 1L + random.nextInt(4);
    if (choice < 9) {
      return new Action.Put(values.apply(number), expected);
    }
    return new Action.Delete(random.nextBoolean() ? 0 : expected);
  }

  private record Draft(
      int client,
      String key,
      Action action,
      long invoked,
      long effect,
      long returned,
      boolean unknown) {}
}
