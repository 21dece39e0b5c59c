package io.raftwood.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.server.http.RunningEndpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code raftwood kv cache} against the HTTP edge over the cache's machine. */
class KvCacheTest {
  private RunningEndpoint node;

  @BeforeEach
  void start() throws IOException {
    node = RunningEndpoint.start();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void aKeyLivesThroughPutAppendExpirePersistAndDel() {
    assertThat(done("put k hello --ttl 30s").out()).isEmpty();
    assertThat(done("append k ,world").out()).isEmpty();
    assertThat(done("get k").out()).isEqualTo("hello,world");
    assertThat(done("ttl k").out()).isEqualTo("30\n");
    assertThat(done("persist k").out()).isEmpty();
    assertThat(done("ttl k").out()).isEqualTo("-1\n");
    assertThat(done("expire k 5m").out()).isEmpty();
    assertThat(done("ttl k -o json").out()).contains("\"ttl\":300");
    assertThat(done("exist k").out()).isEmpty();
    assertThat(done("del k").out()).isEmpty();
    assertThat(cache("exist k").exitCode()).isEqualTo(7);
  }

  @Test
  void fieldsCountWholeAndDecimalNumbers() {
    done("hash set h f 41");
    assertThat(done("hash incr h f").out().strip()).isEqualTo("42");
    assertThat(done("hash incr h f -2").out().strip()).isEqualTo("40");
    assertThat(done("hash incr h f 0.25").out().strip()).isEqualTo("40.25");
    assertThat(done("hash get h f").out()).isEqualTo("40.25");
    assertThat(cache("hash incr h f 1").err()).contains("no such number", "with a point");
    done("hash exist h f");
    done("hash del h f");
    assertThat(cache("hash get h f").exitCode()).isEqualTo(7);
  }

  @Test
  void whatIsRefusedSaysWhatToDo() {
    CliRun absent = cache("get nothing");
    assertThat(absent.exitCode()).isEqualTo(7);
    assertThat(absent.err()).contains("'nothing' of the cache is not in the cache: never put");
    done("hash set h f v");
    CliRun kind = cache("get h");
    assertThat(kind.exitCode()).isEqualTo(1);
    assertThat(kind.err()).contains("kv cache hash get");
    assertThat(cache("put k").exitCode()).isEqualTo(2);
    assertThat(cache("expire k never").err()).contains("TIME: 'never'");
    assertThat(cache("hash incr h f much").err()).contains("DELTA: 'much'");
    assertThat(CliRun.of("kv", "cache").err()).contains("a command is missing", "append");
  }

  private CliRun done(String line) {
    CliRun run = cache(line);
    assertThat(run.exitCode()).as("%s: %s", line, run.err()).isZero();
    return run;
  }

  private CliRun cache(String line) {
    List<String> words = new ArrayList<>(List.of("kv", "cache"));
    words.addAll(List.of(line.split(" ")));
    words.addAll(List.of("-e", node.address()));
    return CliRun.of(words.toArray(String[]::new));
  }
}
