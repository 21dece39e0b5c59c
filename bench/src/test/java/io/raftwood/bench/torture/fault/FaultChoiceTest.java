package io.raftwood.bench.torture.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FaultChoiceTest {
  @Test
  void eachKindComesOnceBeforeAnyComesTwice() {
    List<FaultKind> all = List.of(FaultKind.values());
    for (int seed = 0; seed < 20; seed++) {
      FaultChoice choice = new FaultChoice(all, new Random(seed));
      List<FaultKind> chosen = new ArrayList<>();
      while (chosen.size() < all.size()) {
        FaultKind kind = choice.next();
        chosen.add(kind);
        if (chosen.size() % 4 == 0 && chosen.size() < all.size() / 2) {
          choice.nextBeside(kind).ifPresent(chosen::add);
        }
      }
      assertThat(chosen).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(all);
      assertThat(all).contains(choice.next());
    }
  }

  /** Whatever a node has forgotten must be had from the others. */
  @Test
  void nothingStrikesBesideDamage() {
    List<FaultKind> kinds = List.of(FaultKind.FLIP_LOG, FaultKind.CUT_TABLET, FaultKind.KILL_ONE);
    for (int seed = 0; seed < 20; seed++) {
      FaultChoice choice = new FaultChoice(kinds, new Random(seed));
      assertThat(choice.nextBeside(FaultKind.FLIP_LOG)).isEmpty();
      assertThat(choice.nextBeside(FaultKind.KILL_ONE)).contains(FaultKind.KILL_ONE);
    }
    FaultChoice damage = new FaultChoice(List.of(FaultKind.FLIP_LOG), new Random(1));
    assertThat(damage.nextBeside(FaultKind.KILL_ONE)).isEqualTo(Optional.empty());
  }
}
