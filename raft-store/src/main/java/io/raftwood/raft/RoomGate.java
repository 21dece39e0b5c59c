package io.raftwood.raft;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Refuses commands that a group's disks have no room for, before they enter the log. Thread-safe,
 * never blocks.
 */
public final class RoomGate {
  private final String group;
  private final MachineTable machines;
  private final Supplier<Room> room;
  private final LongAdder refused = new LongAdder();

  /**
   * A gate of {@code group}.
   *
   * @param machines know which commands add data
   * @param room of the group now; cheap
   */
  public RoomGate(String group, List<Machine> machines, Supplier<Room> room) {
    this.group = group;
    this.machines = new MachineTable(machines);
    this.room = room;
  }

  /** Why {@code command} must not be proposed now, if so. */
  public Optional<DiskFullException> refusal(Command command) {
    Room now = room.get();
    if (!now.atMost(Room.FULL) || passes(command, now)) {
      return Optional.empty();
    }
    refused.increment();
    return Optional.of(
        new DiskFullException(
            group + ": the disks of its leader or of too many voters are " + now.word()));
  }

  /** The kernel's own commands add nothing but themselves; a bundle is what is in it. */
  private boolean passes(Command command, Room now) {
    if (command.family() == BundleCodec.FAMILY) {
      return BundleCodec.commands(command.payload()).stream().allMatch(one -> passes(one, now));
    }
    return command.family() == KernelCommand.FAMILY
        || now == Room.FULL
            && machines
                .find(command.family())
                .filter(machine -> !machine.adds(command.payload()))
                .isPresent();
  }

  /** Commands refused so far. */
  public long refused() {
    return refused.sum();
  }

  /** The room of the group now. */
  public Room room() {
    return room.get();
  }
}
