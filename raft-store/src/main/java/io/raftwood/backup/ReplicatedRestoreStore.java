package io.raftwood.backup;

import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.raft.Command;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.KernelCommand;
import io.raftwood.raft.RequestOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The restore port over replicated groups: splits by slot, encodes, sends to groups. */
public final class ReplicatedRestoreStore implements RestoreStore {
  /** A command ends behind the item that reaches this: log entries stay short. */
  private static final int COMMAND_BYTES = 128 * 1024;

  private static final int COMMAND_ITEMS = 1000;
  private static final Bytes NO_ID = Bytes.wrap(new byte[RestoreCommand.ID_BYTES]);

  private final Transit transit;
  private final List<Archive> archives;

  /** Restores what {@code archives} know into the groups behind {@code transit}. */
  public ReplicatedRestoreStore(Transit transit, List<Archive> archives) {
    this.transit = transit;
    this.archives = List.copyOf(archives);
  }

  /** The way to groups. Thread-safe; nothing blocks. */
  public interface Transit {
    /** The names of all groups with slots; empty while the cluster map is not known. */
    List<String> groups();

    /** The group that owns {@code slot}; one of {@link #groups}. */
    String groupOf(int slot);

    /** Carries out {@code command} in {@code group}. */
    CompletableFuture<Bytes> write(String group, Command command, RequestOptions options);
  }

  @Override
  public CompletableFuture<RestoreResult> begin(
      Bytes id, long revision, long clockMillis, RequestOptions options) {
    Command begin = command(new RestoreCommand.Begin(id));
    Command raise = new KernelCommand.Raise(revision, clockMillis).toCommand();
    return inAllGroups(group -> send(group, begin, options))
        .thenCompose(
            begun ->
                begun.status() == RestoreResult.Status.DONE
                    ? inAllGroups(group -> raised(group, raise, options))
                    : end(id, options).thenApply(ended -> begun));
  }

  @Override
  public CompletableFuture<RestoreResult> put(
      Bytes id, RestoreRule rule, int family, List<Bytes> items, RequestOptions options) {
    Archive archive = archive(family);
    if (!archive.allows(rule)) {
      throw new MalformedBytesException("items of family " + family + " by " + rule);
    }
    Map<String, Packer> packers = new LinkedHashMap<>();
    boolean known = !transit.groups().isEmpty();
    Bytes commandId = rule == RestoreRule.RESTORE ? id : NO_ID;
    for (Bytes item : items) {
      int slot = archive.slotOf(item);
      if (known) {
        packers
            .computeIfAbsent(
                transit.groupOf(slot), group -> new Packer(new Chunk(commandId, rule, family)))
            .add(item);
      }
    }
    if (!known) {
      return unknownMap();
    }
    List<CompletableFuture<RestoreResult>> sent = new ArrayList<>();
    packers.forEach((group, packer) -> sent.add(inTurn(group, packer.commands(), options)));
    return sum(sent);
  }

  /** One after the other: the end of a tree must not come before its parts. */
  private CompletableFuture<RestoreResult> inTurn(
      String group, List<Command> commands, RequestOptions options) {
    CompletableFuture<RestoreResult> all =
        CompletableFuture.completedFuture(RestoreResult.of(RestoreResult.Status.DONE));
    for (Command command : commands) {
      all =
          all.thenCompose(
              before ->
                  before.status() == RestoreResult.Status.DONE
                      ? send(group, command, options).thenApply(before::plus)
                      : CompletableFuture.completedFuture(before));
    }
    return all;
  }

  @Override
  public CompletableFuture<RestoreResult> end(Bytes id, RequestOptions options) {
    Command end = command(new RestoreCommand.End(id));
    return inAllGroups(group -> send(group, end, options));
  }

  private Archive archive(int family) {
    return archives.stream()
        .filter(one -> one.family() == family)
        .findFirst()
        .orElseThrow(() -> new MalformedBytesException("no items of family " + family));
  }

  private static Command command(RestoreCommand command) {
    return Command.of(RestoreCommand.FAMILY, command.encode());
  }

  private CompletableFuture<RestoreResult> inAllGroups(
      Function<String, CompletableFuture<RestoreResult>> send) {
    List<String> groups = transit.groups();
    return groups.isEmpty() ? unknownMap() : sum(groups.stream().map(send).toList());
  }

  private static CompletableFuture<RestoreResult> unknownMap() {
    return CompletableFuture.failedFuture(
        new GroupUnavailableException("this node does not know the cluster map yet"));
  }

  private CompletableFuture<RestoreResult> send(
      String group, Command command, RequestOptions options) {
    return transit.write(group, command, options).thenApply(RestoreResult::decode);
  }

  private CompletableFuture<RestoreResult> raised(
      String group, Command raise, RequestOptions options) {
    return transit
        .write(group, raise, options)
        .thenApply(done -> RestoreResult.of(RestoreResult.Status.DONE));
  }

  private static CompletableFuture<RestoreResult> sum(List<CompletableFuture<RestoreResult>> all) {
    CompletableFuture<RestoreResult> sum =
        CompletableFuture.completedFuture(RestoreResult.of(RestoreResult.Status.DONE));
    for (CompletableFuture<RestoreResult> one : all) {
      sum = sum.thenCombine(one, RestoreResult::plus);
    }
    return sum;
  }

  /** What the commands of one call have in common. */
  private record Chunk(Bytes id, RestoreRule rule, int family) {
    Command of(List<Bytes> items) {
      return command(new RestoreCommand.Put(id, rule, family, items));
    }
  }

  /** Packs the items of one group into commands. */
  private static final class Packer {
    private final Chunk chunk;
    private final List<Command> commands = new ArrayList<>();
    private final List<Bytes> items = new ArrayList<>();
    private long bytes;

    Packer(Chunk chunk) {
      this.chunk = chunk;
    }

    void add(Bytes item) {
      items.add(item);
      bytes += item.length();
      if (bytes >= COMMAND_BYTES || items.size() == COMMAND_ITEMS) {
        flush();
      }
    }

    List<Command> commands() {
      if (!items.isEmpty()) {
        flush();
      }
      return commands;
    }

    private void flush() {
      commands.add(chunk.of(items));
      items.clear();
      bytes = 0;
    }
  }
}
