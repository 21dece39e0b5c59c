package io.raftwood.routing;

import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.raft.Bundle;
import io.raftwood.raft.BundleCodec;
import io.raftwood.raft.Command;
import io.raftwood.raft.OutcomeUnknownException;
import io.raftwood.raft.OverloadedException;
import io.raftwood.raft.ProposalQueue;
import io.raftwood.raft.Query;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.ReplicationException;
import io.raftwood.raft.RequestOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Gathers by group. A group's commands leave as few commands of {@link BundleCodec}, one after
 * another, so that none overtakes an earlier one; its queries leave at once.
 */
final class RoutedBundle implements Bundle {
  /** A bundle fills one log entry at most, unless its first command alone does. */
  private static final int BYTES_MAX = ProposalQueue.BYTES_PER_ENTRY;

  /** The group of what has none as long as this node does not know the cluster map. */
  private static final String UNKNOWN = "";

  private final RequestRouter router;
  private final Map<String, List<Asked<Command>>> commands = new LinkedHashMap<>();
  private final Map<Reading, List<Asked<Query>>> queries = new LinkedHashMap<>();

  /** What queries of one message have in common. */
  private record Reading(String group, ReadConsistency consistency, boolean staleFallback) {}

  /** A command or query that waits for its answer. */
  private record Asked<T>(
      Supplier<Optional<String>> owner,
      T what,
      RequestOptions options,
      CompletableFuture<Replicated<Bytes>> answer) {}

  /** Leaves by {@code router}. */
  RoutedBundle(RequestRouter router) {
    this.router = router;
  }

  @Override
  public CompletableFuture<Replicated<Bytes>> add(
      Supplier<Optional<String>> owner, Command command, RequestOptions options) {
    Asked<Command> asked = new Asked<>(owner, command, options.alone(), new CompletableFuture<>());
    commands.computeIfAbsent(owner.get().orElse(UNKNOWN), group -> new ArrayList<>()).add(asked);
    return asked.answer();
  }

  @Override
  public CompletableFuture<Replicated<Bytes>> add(
      Supplier<Optional<String>> owner, Query query, RequestOptions options) {
    Asked<Query> asked = new Asked<>(owner, query, options.alone(), new CompletableFuture<>());
    Reading reading =
        new Reading(owner.get().orElse(UNKNOWN), options.consistency(), options.staleFallback());
    queries.computeIfAbsent(reading, key -> new ArrayList<>()).add(asked);
    return asked.answer();
  }

  @Override
  public Optional<String> split() {
    if (commands.containsKey(UNKNOWN)) {
      return Optional.of("the groups are not known yet");
    }
    if (commands.size() > 1) {
      return Optional.of("the commands belong to " + commands.size() + " groups");
    }
    for (List<Asked<Command>> ofGroup : commands.values()) {
      if (ofGroup.size() > BundleCodec.COMMANDS_MAX) {
        return Optional.of("more than " + BundleCodec.COMMANDS_MAX + " commands");
      }
      if (ofGroup.stream().mapToLong(RoutedBundle::bytes).sum() > BYTES_MAX) {
        return Optional.of("more than " + BYTES_MAX + " bytes of keys and values");
      }
    }
    return Optional.empty();
  }

  @Override
  public void send() {
    commands.forEach(
        (group, all) ->
            sendNext(parts(all, most(group, BundleCodec.COMMANDS_MAX), RoutedBundle::bytes)));
    queries.forEach(
        (reading, all) ->
            parts(all, most(reading.group(), BundleCodec.QUERIES_MAX), asked -> 0)
                .forEach(this::ask));
  }

  /** What belongs to no group yet may belong to several. */
  private static int most(String group, int max) {
    return group.equals(UNKNOWN) ? 1 : max;
  }

  private static int bytes(Asked<Command> asked) {
    return asked.what().payload().length();
  }

  private static <T> Queue<List<Asked<T>>> parts(
      List<Asked<T>> all, int most, ToIntFunction<Asked<T>> size) {
    Queue<List<Asked<T>>> parts = new ArrayDeque<>();
    List<Asked<T>> part = new ArrayList<>();
    long bytes = 0;
    for (Asked<T> asked : all) {
      bytes += size.applyAsInt(asked);
      if (part.size() == most || !part.isEmpty() && bytes > BYTES_MAX) {
        parts.add(part);
        part = new ArrayList<>();
        bytes = size.applyAsInt(asked);
      }
      part.add(asked);
    }
    parts.add(part);
    return parts;
  }

  private void sendNext(Queue<List<Asked<Command>>> parts) {
    List<Asked<Command>> part = parts.poll();
    if (part == null) {
      return;
    }
    Asked<Command> first = part.get(0);
    router
        .write(first.owner(), together(part, BundleCodec::ofCommands), first.options())
        .whenComplete(
            (done, failure) -> {
              // The next part is under way before the answers go out.
              sendNext(parts);
              settle(part, done, failure);
            });
  }

  private void ask(List<Asked<Query>> part) {
    Asked<Query> first = part.get(0);
    router
        .read(first.owner(), together(part, BundleCodec::ofQueries), first.options())
        .whenComplete((done, failure) -> settle(part, done, failure));
  }

  private static <T> T together(List<Asked<T>> part, Function<List<T>, T> bundle) {
    return part.size() == 1
        ? part.get(0).what()
        : bundle.apply(part.stream().map(Asked::what).toList());
  }

  private static <T> void settle(List<Asked<T>> part, Replicated<Bytes> done, Throwable failure) {
    if (failure != null) {
      fail(part, ForwardService.known(failure));
    } else if (part.size() == 1) {
      part.get(0).answer().complete(done);
    } else {
      try {
        answer(part, BundleCodec.parts(done.value(), part.size()), done);
      } catch (MalformedBytesException e) {
        fail(part, new OutcomeUnknownException("bundle: " + e.getMessage()));
      }
    }
  }

  private static <T> void answer(List<Asked<T>> part, List<Bytes> results, Replicated<Bytes> done) {
    for (int i = 0; i < results.size(); i++) {
      part.get(i)
          .answer()
          .complete(new Replicated<>(results.get(i), done.appliedIndex(), done.stale()));
    }
    fail(
        part.subList(results.size(), part.size()),
        new OverloadedException("the answers before it are too long"));
  }

  private static <T> void fail(List<Asked<T>> part, ReplicationException failure) {
    part.forEach(asked -> asked.answer().completeExceptionally(failure));
  }
}
