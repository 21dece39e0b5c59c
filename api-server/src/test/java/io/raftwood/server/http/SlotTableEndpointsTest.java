package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.cluster.ClusterCommand;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.OutcomeUnknownException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Cipher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlotTableEndpointsTest {
  private static final KeyPair KEYS = keys();
  private static final String SWAPPED =
      "{\"table\":[{\"item\":{\"key\":[0,1024],\"val\":[\"127.0.0.1:8082\",\"127.0.0.1:8081\"]}}]}";

  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        new TestServer(
            TestServer.settings()
                .with(
                    new AccessSettings(
                        false, 1_000, Optional.of((RSAPublicKey) KEYS.getPublic()))));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void tableIsShownAndEndsWithALineFeed() throws IOException {
    RawClient.Response response = server.ask("GET", "/get_table");
    assertThat(response.headers().get("content-type")).isEqualTo("text/plain");
    String json = new String(response.body(), StandardCharsets.UTF_8);
    assertThat(json).endsWith("}\n");
    assertThat(json.replaceAll("\\s", ""))
        .isEqualTo(
            "{\"table\":[{\"item\":{\"val\":[\"127.0.0.1:8081\",\"127.0.0.1:8082\"],"
                + "\"key\":[0,1024]}}]}");
    server.admin.joined(false);
    assertThat(server.ask("GET", "/get_table").status()).isEqualTo(503);
  }

  @Test
  void handshakeChangesTheTable() throws Exception {
    RawClient.Response issued = server.ask("POST", "/set_table");
    assertThat(issued.status()).isEqualTo(200);
    assertThat(issued.body()).hasSize(256);
    String id = decrypted(issued.body());
    assertThat(id).matches("[0-9]{16}");
    assertThat(set(id, SWAPPED)).isEqualTo("200");
    assertThat(server.admin.meta().map().groups().get(0).voters()).containsExactly("n2", "n1");
    assertThat(set(id, SWAPPED)).isEqualTo("400 unknown-id");
    String shown = new String(server.ask("GET", "/get_table").body(), StandardCharsets.UTF_8);
    assertThat(set(issue(), shown)).isEqualTo("200");
  }

  @Test
  void withoutAKeyThereAreNoIds() throws IOException {
    try (TestServer keyless = new TestServer(TestServer.settings())) {
      RawClient.Response response = keyless.ask("POST", "/set_table");
      assertThat(response.status()).isEqualTo(405);
      assertThat(response.headers().get("content-type")).isEqualTo("text/plain");
      assertThat(response.body()).isEmpty();
    }
  }

  @Test
  void refusalsAreTheContracts() throws Exception {
    assertThat(set("123", SWAPPED)).isEqualTo("400 unknown-id");
    assertThat(set("", SWAPPED)).isEqualTo("400 unknown-id");
    assertThat(set("0000000000000001", SWAPPED)).isEqualTo("400 unknown-id");
    String id = issue();
    assertThat(set(id, "")).isEqualTo("400 missing-parameter:body");
    assertThat(set(id, "{")).isEqualTo("400 invalid-table:not JSON 3");
    assertThat(set(id, SWAPPED)).isEqualTo("400 unknown-id");
    assertThat(set(issue(), SWAPPED.replace("8081", "8083")))
        .isEqualTo("400 invalid-table:there is no node 127.0.0.1:8083 3");
    assertThat(set(issue(), SWAPPED.replace("[0,", "[1,")))
        .isEqualTo("400 invalid-table:a range begins at 1 instead of 0 3");
  }

  @Test
  void idsEndAfterTenSecondsAndAtMost128AreOutstanding() throws Exception {
    String id = issue();
    server.admin.meta().passTime(10_001);
    assertThat(set(id, SWAPPED)).isEqualTo("400 unknown-id");
    for (int i = 0; i < 128; i++) {
      server.admin.meta().propose(new ClusterCommand.IssueTableId(i)).join();
    }
    RawClient.Response full = server.ask("POST", "/set_table");
    assertThat(full.status()).isEqualTo(404);
    assertThat(full.headers()).doesNotContainKey("version");
    server.admin.meta().passTime(10_001);
    assertThat(set(issue(), SWAPPED)).isEqualTo("200");
  }

  @Test
  void failuresOfTheMetaGroupAreSaid() throws Exception {
    server.admin.meta().failWith(new GroupUnavailableException("no quorum"));
    assertThat(server.ask("POST", "/set_table").headers().get("error")).isEqualTo("no-quorum");
    server.admin.meta().failWith(new OutcomeUnknownException("who knows"));
    assertThat(set("0000000000000001", SWAPPED)).isEqualTo("503 outcome-unknown");
  }

  /** As the original's test does (contract 8.5). */
  @Test
  void manyAtOnceMostlyFailAndNothingBreaks() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(20);
    ConcurrentLinkedQueue<String> answers = new ConcurrentLinkedQueue<>();
    try {
      List<CompletableFuture<Void>> running = new ArrayList<>();
      for (int client = 0; client < 20; client++) {
        running.add(CompletableFuture.runAsync(() -> rounds(answers), clients));
      }
      running.forEach(CompletableFuture::join);
    } finally {
      clients.shutdownNow();
    }
    assertThat(answers).hasSize(200).allMatch(answer -> answer.matches("200|404.*|400.*"));
    assertThat(answers).contains("200");
    assertThat(server.ask("GET", "/get_table").status()).isEqualTo(200);
  }

  private void rounds(ConcurrentLinkedQueue<String> answers) {
    try {
      for (int round = 0; round < 10; round++) {
        RawClient.Response issued = server.ask("POST", "/set_table");
        answers.add(
            issued.status() == 200 ? set(decrypted(issued.body()), SWAPPED) : "" + issued.status());
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private String issue() throws IOException, GeneralSecurityException {
    return decrypted(server.ask("POST", "/set_table").body());
  }

  /** The status, why, and the error code. */
  private String set(String id, String table) throws IOException {
    RawClient.Response response =
        server.ask("POST", "/set_table?id=" + id, Bytes.utf8(table).toArray());
    String error = response.headers().getOrDefault("error", "");
    String code = response.headers().getOrDefault("errorcode", "");
    return (response.status() + " " + error + " " + code).strip();
  }

  private static String decrypted(byte[] secret) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    cipher.init(Cipher.DECRYPT_MODE, KEYS.getPrivate());
    return new String(cipher.doFinal(secret), StandardCharsets.US_ASCII);
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
