package io.raftwood.raft;

import io.raftwood.bytes.Bytes;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The deterministic kernel of a group: turns committed entries into changes of a batch. Equal
 * entries in equal order give equal rows and results on every replica, however they are split into
 * batches and wherever a restart falls.
 *
 * <p>Used by one thread at a time, the group's apply thread. Batches are committed in the order in
 * which they were filled. When {@link #apply} throws, or a batch is not committed, the node stops;
 * a test goes on with {@link #load}.
 */
public final class EntryApplier {
  /** How long a result is remembered by its idempotency key, in milliseconds of replicated time. */
  public static final long IDEMPOTENCY_MILLIS = 600_000;

  /** Longest result of a command, in bytes. */
  public static final int RESULT_BYTES_MAX = 65_536;

  /**
   * Most results forgotten by one entry beyond the number of its own commands: enough for the table
   * to shrink whatever the packing, little enough for an entry after a pause to stay short.
   */
  static final int PURGE_SURPLUS = 16;

  private static final int INDEX_APART_EVERY = 64;

  private final MachineTable machines;
  private final IdempotencyTable idempotency = new IdempotencyTable();
  private Position position = Position.ZERO;

  /**
   * An applier of an empty group.
   *
   * @throws IllegalArgumentException when two machines have the same family, or one has family 0
   */
  public EntryApplier(List<Machine> machines) {
    this.machines = new MachineTable(machines);
  }

  /**
   * Takes over the state of {@code view}: at start and after a snapshot was installed.
   *
   * @throws CorruptEntryException when it is written in a format that this version does not know
   */
  public void load(StorageView view) {
    position = Position.read(view);
    idempotency.load(view);
  }

  /**
   * Where the last applied entry left the group; ahead of the tablet until the batch is committed.
   */
  public Position position() {
    return position;
  }

  /**
   * Applies one entry; its changes and the new position go into {@code batch}. An entry whose index
   * is not beyond the position's is answered with {@link AppliedEntry#SKIPPED}.
   *
   * @param index the entry's log index
   * @param term the entry's term
   * @throws CorruptEntryException when the entry or a command cannot be decoded or has no machine
   * @throws IllegalStateException when a machine breaks its contract
   */
  public AppliedEntry apply(StorageBatch batch, long index, long term, Bytes bytes) {
    if (index <= position.index()) {
      return AppliedEntry.SKIPPED;
    }
    Entry entry = EntryCodec.decode(bytes);
    Position next =
        new Position(
            index,
            term,
            position.revision(),
            TestFault.machineTime(Math.max(position.clockMillis(), entry.stampMillis())));
    if (entry.commands().get(0).family() == KernelCommand.FAMILY) {
      return applyKernel(batch, entry.commands().get(0), next);
    }
    return applyAll(batch, entry.commands(), next);
  }

  private AppliedEntry applyKernel(StorageBatch batch, Command command, Position next) {
    return KernelCommand.decode(command.payload()).dispatch(new KernelChange(batch, next));
  }

  private AppliedEntry applyAll(StorageBatch batch, List<Command> commands, Position start) {
    Round round = new Round(batch, start);
    List<Bytes> results = new ArrayList<>(commands.size());
    for (Command command : commands) {
      results.add(round.apply(command));
    }
    idempotency.purge(batch, start.clockMillis(), round.commands + PURGE_SURPLUS);
    advance(batch, new Position(start.index(), start.term(), round.revision, start.clockMillis()));
    return new AppliedEntry(results, OptionalLong.empty());
  }

  private void advance(StorageBatch batch, Position next) {
    if (!TestFault.APPLIED_INDEX_APART.active() || next.index() % INDEX_APART_EVERY == 0) {
      next.write(batch);
    }
    position = next;
  }

  /** The commands of one entry, one after another. */
  private final class Round {
    private final StorageBatch batch;
    private final Position start;
    private long revision;
    private int commands;

    Round(StorageBatch batch, Position start) {
      this.batch = batch;
      this.start = start;
      this.revision = start.revision();
    }

    Bytes apply(Command command) {
      if (command.family() != BundleCodec.FAMILY) {
        return applyOne(command);
      }
      List<Command> parts = BundleCodec.commands(command.payload());
      List<Bytes> results = new ArrayList<>(parts.size());
      for (Command part : parts) {
        results.add(applyOne(part));
      }
      return BundleCodec.results(results);
    }

    private Bytes applyOne(Command command) {
      commands++;
      Optional<Bytes> known = remembered(command);
      if (known.isPresent()) {
        return known.get();
      }
      revision++;
      return applyNew(new ApplyContext(batch, revision, start.clockMillis()), command);
    }

    private Optional<Bytes> remembered(Command command) {
      return command.idempotencyKey().isEmpty() || TestFault.APPLY_TWICE.active()
          ? Optional.empty()
          : idempotency.find(
              batch, command.family(), command.idempotencyKey().get(), start.clockMillis());
    }

    private Bytes applyNew(ApplyContext context, Command command) {
      int family = command.family();
      Optional<Machine> machine = machines.find(family);
      if (machine.isEmpty()) {
        throw new CorruptEntryException(
            "entry " + start.index() + ": family " + family + " is unknown");
      }
      Bytes result = machine.get().apply(context, command.payload());
      if (result.length() > RESULT_BYTES_MAX) {
        String where = "entry " + start.index() + ", family " + family;
        throw new IllegalStateException(where + ": a result of " + result.length() + " bytes");
      }
      if (command.idempotencyKey().isPresent()) {
        Bytes key = command.idempotencyKey().get();
        idempotency.store(batch, family, key, result, context.clockMillis());
      }
      return result;
    }
  }

  /** What the kernel's own commands do; {@code next} is where the entry alone leads. */
  private final class KernelChange implements KernelCommand.Handler<AppliedEntry> {
    private final StorageBatch batch;
    private final Position next;

    KernelChange(StorageBatch batch, Position next) {
      this.batch = batch;
      this.next = next;
    }

    @Override
    public AppliedEntry barrier(KernelCommand.Barrier command) {
      advance(batch, next);
      return new AppliedEntry(List.of(Bytes.EMPTY), OptionalLong.of(command.id()));
    }

    @Override
    public AppliedEntry raise(KernelCommand.Raise command) {
      long revision = Math.max(next.revision(), command.revision());
      long clock = Math.max(next.clockMillis(), command.clockMillis());
      advance(batch, new Position(next.index(), next.term(), revision, clock));
      return new AppliedEntry(List.of(Bytes.EMPTY), OptionalLong.empty());
    }
  }
}
