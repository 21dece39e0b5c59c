package io.raftwood.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomGateTest {
  private static final Command ADDING = Command.of(7, Bytes.utf8("more"));
  private static final Command REMOVING = Command.of(7, Bytes.utf8("-less"));
  private static final Command STRANGE = Command.of(9, Bytes.utf8("-less"));
  private static final Command BARRIER = new KernelCommand.Barrier(1).toCommand();

  private Room room = Room.AMPLE;
  private final RoomGate gate = new RoomGate("data-0", List.of(new Sign()), () -> room);

  @Test
  void nothingIsRefusedWhileThereIsRoom() {
    for (Room enough : List.of(Room.AMPLE, Room.SHORT)) {
      room = enough;
      for (Command command : List.of(ADDING, REMOVING, STRANGE, BARRIER)) {
        assertThat(gate.refusal(command)).isEmpty();
      }
    }
    assertThat(gate.refused()).isZero();
  }

  @Test
  void onAFullDiskWhatAddsIsRefusedAndSaysThatNothingWasDone() {
    room = Room.FULL;
    assertThat(gate.refusal(ADDING))
        .hasValueSatisfying(
            refusal -> {
              assertThat(refusal.certainlyNotApplied()).isTrue();
              assertThat(refusal).hasMessageContaining("data-0").hasMessageContaining("full");
            });
    assertThat(gate.refusal(STRANGE)).isPresent();
    assertThat(gate.refusal(REMOVING)).isEmpty();
    assertThat(gate.refusal(BARRIER)).isEmpty();
    assertThat(gate.refused()).isEqualTo(2);
  }

  @Test
  void aBundleIsRefusedIfOneOfItsCommandsIs() {
    room = Room.FULL;
    assertThat(gate.refusal(BundleCodec.ofCommands(List.of(REMOVING, REMOVING)))).isEmpty();
    assertThat(gate.refusal(BundleCodec.ofCommands(List.of(REMOVING, ADDING)))).isPresent();
  }

  @Test
  void onAnExhaustedDiskOnlyTheKernelGoesOnUntilThereIsRoomAgain() {
    room = Room.EXHAUSTED;
    assertThat(gate.refusal(ADDING)).isPresent();
    assertThat(gate.refusal(REMOVING)).isPresent();
    assertThat(gate.refusal(BARRIER)).isEmpty();
    room = Room.SHORT;
    assertThat(gate.refusal(ADDING)).isEmpty();
  }

  /** Removes what begins with a minus sign. */
  private record Sign() implements Machine {
    @Override
    public int family() {
      return 7;
    }

    @Override
    public Bytes apply(ApplyContext context, Bytes command) {
      return Bytes.EMPTY;
    }

    @Override
    public boolean adds(Bytes command) {
      return command.at(0) != '-';
    }

    @Override
    public Bytes query(QueryContext context, Bytes query) {
      return Bytes.EMPTY;
    }
  }
}
