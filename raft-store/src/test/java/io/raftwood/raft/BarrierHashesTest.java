package io.raftwood.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.InMemoryTablet;
import io.raftwood.storage.StorageBatch;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class BarrierHashesTest {
  private final Queue<Runnable> background = new ArrayDeque<>();
  private final BarrierHashes hashes = new BarrierHashes(background::add);
  private final InMemoryTablet tablet = new InMemoryTablet("data-0");

  @Test
  void hashesInTheBackgroundWhatTheSnapshotShowed() {
    put("a");
    StateHash then = StateHash.of(tablet);
    hashes.take(1, tablet.snapshot());
    assertThat(hashes.find(1).orElseThrow()).isNotDone();
    put("b");
    background.remove().run();
    assertThat(hashes.find(1).orElseThrow()).isCompletedWithValue(then);
    assertThat(StateHash.of(tablet)).isNotEqualTo(then);
    tablet.close();
  }

  @Test
  void anUnknownBarrierHasNoHash() {
    assertThat(hashes.find(1)).isEmpty();
  }

  @Test
  void theOldestBarrierIsForgottenFirst() {
    for (long barrier = 1; barrier <= 9; barrier++) {
      hashes.take(barrier, tablet.snapshot());
    }
    assertThat(hashes.find(1)).isEmpty();
    assertThat(hashes.find(2)).isPresent();
    assertThat(hashes.find(9)).isPresent();
    background.forEach(Runnable::run);
    tablet.close();
  }

  @Test
  void theSnapshotIsClosedThoughNobodyWillHashIt() {
    BarrierHashes stopped =
        new BarrierHashes(
            task -> {
              throw new RejectedExecutionException("stopped");
            });
    stopped.take(1, tablet.snapshot());
    assertThat(stopped.find(1).orElseThrow()).isCompletedExceptionally();
    tablet.close(); // waits for every snapshot
  }

  private void put(String text) {
    StorageBatch batch = tablet.newBatch();
    batch.put(Bytes.utf8(text), Bytes.EMPTY);
    tablet.commit(batch);
  }
}
