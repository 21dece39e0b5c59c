package io.raftwood.bench.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryRecorderTest {
  private final AtomicLong clock = new AtomicLong(1000);
  private final HistoryRecorder recorder = new HistoryRecorder(() -> clock.getAndAdd(10));

  @Test
  void writesOneJsonObjectForEachOperation(@TempDir Path directory) throws IOException {
    recorder.invoke(1, "k", new Action.Put("a\"\n\u00ff", 3)).complete(Outcome.written(4));
    recorder.invoke(2, "k", new Action.Get()).complete(Outcome.read(4, "a"));
    recorder.invoke(3, "k", new Action.Delete(0));
    Path file = directory.resolve("history.jsonl");
    recorder.writeTo(file);
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "{\"client\":1,\"key\":\"k\",\"kind\":\"put\",\"value\":\"a\\\"\\u000a\\u00ff\","
                + "\"ver\":3,\"invoke\":10,\"return\":20,\"outcome\":\"ok\",\"version\":4}",
            "{\"client\":2,\"key\":\"k\",\"kind\":\"get\",\"invoke\":30,\"return\":40,"
                + "\"outcome\":\"ok\",\"version\":4,\"read\":\"a\"}",
            "{\"client\":3,\"key\":\"k\",\"kind\":\"del\",\"ver\":0,\"invoke\":50,"
                + "\"return\":null,\"outcome\":\"unknown\"}");
  }

  @Test
  void anUnknownOutcomeStaysOpen() {
    recorder.invoke(1, "k", new Action.Delete(0)).complete(new Outcome.Unknown());
    assertThat(recorder.operations())
        .singleElement()
        .satisfies(operation -> assertThat(operation.returnedAt()).isEqualTo(OptionalLong.empty()));
    assertThat(recorder.definiteCount()).isZero();
  }

  @Test
  void aCallEndsOnce() {
    HistoryRecorder.Call call = recorder.invoke(1, "k", new Action.Get());
    call.complete(new Outcome.Absent());
    assertThatThrownBy(() -> call.complete(new Outcome.Absent()))
        .isInstanceOf(IllegalStateException.class);
    assertThat(recorder.definiteCount()).isEqualTo(1);
  }
}
