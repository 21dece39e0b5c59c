package io.raftwood.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.RecordId;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.OverloadedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BackupViewsTest {
  private final RestoredGroup group = new RestoredGroup();
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger ids = new AtomicInteger();
  private final BackupViews views =
      new BackupViews(
          (name, deadline, executor) ->
              CompletableFuture.supplyAsync(group.tablet::snapshot, executor),
          List.of(RestoredGroup.ARCHIVE),
          () -> "v" + ids.incrementAndGet(),
          nanos::get);

  private BackupView begin() {
    return views.begin("data-0", Deadline.after(Duration.ofSeconds(9)), Runnable::run).join();
  }

  private void write(String value) {
    RecordId id = RecordId.key(Bytes.utf8("k"));
    group.apply(new KvCommand.Put(id, Bytes.utf8(value), 0, 0));
  }

  @Test
  void showsTheMomentThatItNames() {
    write("old");
    BackupView view = begin();
    write("new");
    assertThat(view.position().index()).isEqualTo(1);
    assertThat(view.position().revision()).isEqualTo(1);
    ArchivePage page = views.page(view.id(), 1, Bytes.EMPTY, 1000);
    assertThat(page.items()).hasSize(1);
    assertThat(page.items().get(0).slice(page.items().get(0).length() - 3))
        .isEqualTo(Bytes.utf8("old"));
    assertThat(views.bytesRead()).isEqualTo(page.items().get(0).length());
  }

  @Test
  void isClosedByItsReaderOrAfterAMinuteWithout() {
    BackupView ended = begin();
    views.end(ended.id());
    views.end(ended.id());
    assertThatThrownBy(() -> views.page(ended.id(), 1, Bytes.EMPTY, 1))
        .isExactlyInstanceOf(NoSuchViewException.class);
    BackupView idle = begin();
    BackupView read = begin();
    nanos.addAndGet(Duration.ofSeconds(40).toNanos());
    views.page(read.id(), 1, Bytes.EMPTY, 1);
    nanos.addAndGet(Duration.ofSeconds(40).toNanos());
    views.tick();
    assertThat(views.open()).isEqualTo(1);
    assertThatThrownBy(() -> views.page(idle.id(), 1, Bytes.EMPTY, 1))
        .isExactlyInstanceOf(NoSuchViewException.class);
    views.page(read.id(), 1, Bytes.EMPTY, 1);
    views.close();
    assertThat(views.open()).isZero();
  }

  @Test
  void areFewAtATime() {
    List<BackupView> open = new ArrayList<>();
    for (int i = 0; i < BackupViews.VIEWS_MAX; i++) {
      open.add(begin());
    }
    assertThatThrownBy(this::begin)
        .isInstanceOf(CompletionException.class)
        .hasCauseExactlyInstanceOf(OverloadedException.class);
    views.end(open.get(0).id());
    begin();
  }

  @Test
  void refusesPlacesAndFamiliesThatAreNone() {
    BackupView view = begin();
    assertThatThrownBy(() -> views.page(view.id(), 1, Bytes.of(77), 1))
        .isExactlyInstanceOf(MalformedBytesException.class);
    assertThatThrownBy(() -> views.page(view.id(), 9, Bytes.EMPTY, 1))
        .isExactlyInstanceOf(MalformedBytesException.class);
  }
}
