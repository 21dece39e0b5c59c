package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.server.http.RawClient.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code get2 hget2 zscore2 sismember2} (contract 4.7). */
class CompareEndpointsTest {
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(TestServer.settings());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void equalCopiesAreAnsweredOnce() throws IOException {
    write("/put?key=k&val=one");
    write("/hset?tb=h&key=k&val=two");
    write("/zadd?tb=z&key=k&score=60");
    post("/sadd?tb=s", "k");
    check(ask("/get2?key=k"), 200, "one", "version", "1");
    check(ask("/hget2?tb=h&key=k"), 200, "two", "version", "1");
    check(post("/zscore2?tb=z", "k"), 200, "60", "version", "1");
    check(post("/sismember2?tb=s", "k"), 200, "", "version", "1");
    assertThat(server.divergences.found).isEmpty();
  }

  @Test
  void differentValuesOfOneVersionAreBothSent() throws IOException {
    on(0, "/put?key=k&val=first");
    on(1, "/put?key=k&val=second!");
    Response answer = ask("/get2?key=k");
    check(answer, 409, "firstsecond!", "version", "1", "val-offset", "5", "error", "diverged");
    assertThat(answer.reason()).isEqualTo("Conflict");
    on(0, "/hset?tb=h&key=k&val=a");
    on(1, "/hset?tb=h&key=k&val=b");
    check(
        ask("/hget2?tb=h&key=k"),
        409,
        "ab",
        "version",
        "1",
        "val-offset",
        "1",
        "error",
        "diverged");
    on(0, "/zadd?tb=z&key=k&score=100");
    on(1, "/zadd?tb=z&key=k&score=60");
    check(
        ask("/zscore2?tb=z&key=k"),
        409,
        "10060",
        "version",
        "1",
        "val-offset",
        "3",
        "error",
        "diverged");
    assertThat(server.divergences.found).hasSize(3);
  }

  @Test
  void differentValuesOfDifferentVersionsAreBothSent() throws IOException {
    on(0, "/put?key=k&val=AAAA");
    on(1, "/put?key=k&val=x");
    on(1, "/put?key=k&val=BBBBBB");
    check(
        ask("/get2?key=k"),
        409,
        "AAAABBBBBB",
        "version1",
        "1",
        "version2",
        "2",
        "val-offset",
        "4",
        "error",
        "diverged");
  }

  @Test
  void equalValuesOfDifferentVersionsAre200AndADivergence() throws IOException {
    on(0, "/put?key=k&val=same");
    on(1, "/put?key=k&val=same");
    on(1, "/put?key=k&val=same");
    check(ask("/get2?key=k"), 200, "same", "version1", "1", "version2", "2");
    assertThat(server.divergences.found).hasSize(1);
  }

  @Test
  void copiesThatDifferOnlyWhereNobodySeesItAre200AndADivergence() throws IOException {
    on(0, "/put?key=k&val=same");
    on(1, "/put?key=k&val=same");
    check(ask("/get2?key=k"), 200, "same", "version", "1");
    assertThat(server.divergences.found).hasSize(1);
  }

  @Test
  void membersOfDifferentVersionsAre409WithoutAValue() throws IOException {
    onMember(0);
    onMember(1);
    onMember(1);
    check(
        post("/sismember2?tb=s", "k"),
        409,
        "",
        "version1",
        "1",
        "version2",
        "2",
        "error",
        "diverged");
  }

  @Test
  void aRecordThatOnlyOneReplicaHoldsIsADivergenceWithVersionZero() throws IOException {
    on(0, "/put?key=k&val=one");
    check(
        ask("/get2?key=k"),
        409,
        "one",
        "version1",
        "1",
        "version2",
        "0",
        "val-offset",
        "3",
        "error",
        "diverged");
    on(1, "/put?key=m&val=two");
    check(
        ask("/get2?key=m"),
        409,
        "two",
        "version1",
        "0",
        "version2",
        "1",
        "val-offset",
        "0",
        "error",
        "diverged");
    onMember(0);
    check(
        post("/sismember2?tb=s", "k"),
        409,
        "",
        "version1",
        "1",
        "version2",
        "0",
        "error",
        "diverged");
  }

  @Test
  void whatIsMissingOrWrongIs404WithVersionZero() throws IOException {
    post("/sadd?tb=s", "k");
    for (String target :
        List.of(
            "/get2",
            "/get2?key=nosuch",
            "/hget2?key=k",
            "/hget2?tb=h",
            "/hget2?tb=a-b&key=k",
            "/hget2?tb=s&key=k",
            "/zscore2?key=k",
            "/zscore2?tb=z",
            "/zscore2?tb=z&key=k",
            "/sismember2?x=1",
            "/sismember2?tb=s")) {
      Response answer = ask(target);
      assertThat(answer.status()).as(target).isEqualTo(404);
      assertThat(answer.header("Version")).as(target).isEqualTo("0");
      assertThat(answer.header("Error")).as(target).isNotEmpty();
      assertThat(answer.body()).as(target).isEmpty();
    }
  }

  @Test
  void withoutTwoReplicasThereIsNoComparison() throws IOException {
    try (TestServer brief = new TestServer(TestServer.settings().with(TestServer.briefly()))) {
      brief.ask("GET", "/put?key=k&val=one");
      brief.groups.stop("n2");
      Response answer = brief.ask("GET", "/get2?key=k");
      check(answer, 404, "", "version", "0", "error", "no-quorum");
    }
  }

  private void write(String target) throws IOException {
    assertThat(ask(target).status()).as(target).isEqualTo(200);
  }

  /** Writes on one of the two replicas only. */
  private void on(int replica, String target) throws IOException {
    server.store.onlyOn(replica);
    write(target);
    server.store.onBoth();
  }

  private void onMember(int replica) throws IOException {
    server.store.onlyOn(replica);
    assertThat(post("/sadd?tb=s", "k").status()).isEqualTo(200);
    server.store.onBoth();
  }

  private Response ask(String target) throws IOException {
    return server.ask("GET", target);
  }

  private Response post(String target, String body) throws IOException {
    return server.ask("POST", target, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void check(Response answer, int status, String body, String... headers) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).isEqualTo(body);
    for (String name : List.of("version", "version1", "version2", "val-offset", "error")) {
      int at = List.of(headers).indexOf(name);
      assertThat(answer.header(name)).as(name).isEqualTo(at < 0 ? "" : headers[at + 1]);
    }
  }
}
