package io.raftwood.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.server.http.RunningEndpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code raftwood kv get2} and its like. */
class KvCompareTest {
  private static final int DIVERGED = 8;

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
  void copiesThatAgreeArePrintedOnce() {
    kv("put", "k", "one");
    kv("hash", "set", "h", "f", "two");
    kv("set", "add", "s", "m");
    kv("zset", "add", "z", "m", "60");
    assertThat(kv("get2", "k").out()).isEqualTo("one");
    assertThat(kv("hash", "get2", "h", "f").out()).isEqualTo("two");
    assertThat(kv("set", "has2", "s", "m").out()).isEqualTo("1\n");
    assertThat(kv("zset", "score2", "z", "m").out()).isEqualTo("60");
    assertThat(kv("get2", "k", "-o", "json").out())
        .isEqualTo("{\"key\":\"k\",\"version\":1,\"value\":\"one\"}\n");
    assertThat(kv("get2", "nosuch").exitCode()).isEqualTo(7);
  }

  @Test
  void copiesThatDifferAreBothPrinted() {
    node.onlyOn(0);
    kv("put", "k", "first");
    kv("set", "add", "s", "m");
    node.onlyOn(1);
    kv("put", "k", "x");
    kv("put", "k", "second");
    kv("set", "add", "s", "m");
    kv("set", "add", "s", "m");
    node.onBoth();
    CliRun run = kv("get2", "k", "-o", "json");
    assertThat(run.exitCode()).isEqualTo(DIVERGED);
    assertThat(run.out())
        .isEqualTo(
            "{\"key\":\"k\",\"copy\":1,\"version\":1,\"value\":\"first\"}\n"
                + "{\"key\":\"k\",\"copy\":2,\"version\":2,\"value\":\"second\"}\n");
    assertThat(run.err()).contains("two replicas hold different copies").contains("Divergence");
    CliRun member = kv("set", "has2", "s", "m", "-o", "raw");
    assertThat(member.exitCode()).isEqualTo(DIVERGED);
    assertThat(member.out()).isEqualTo("s\tm\t1\t1\ns\tm\t2\t2\n");
  }

  @Test
  void versionsThatDifferAloneAreADifferenceToo() {
    node.onlyOn(0);
    kv("put", "k", "same");
    node.onlyOn(1);
    kv("put", "k", "same");
    kv("put", "k", "same");
    node.onBoth();
    CliRun run = kv("get2", "k", "-o", "json");
    assertThat(run.exitCode()).isEqualTo(DIVERGED);
    assertThat(run.out().lines())
        .containsExactly(
            "{\"key\":\"k\",\"copy\":1,\"version\":1,\"value\":\"same\"}",
            "{\"key\":\"k\",\"copy\":2,\"version\":2,\"value\":\"same\"}");
  }

  private CliRun kv(String... args) {
    List<String> all = new ArrayList<>(List.of("kv"));
    all.addAll(List.of(args));
    all.addAll(List.of("-e", node.address()));
    return CliRun.of(all.toArray(String[]::new));
  }
}
