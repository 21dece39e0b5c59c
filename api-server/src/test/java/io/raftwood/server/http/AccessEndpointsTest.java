package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterCommand.UserRule;
import io.raftwood.cluster.PasswordHash;
import io.raftwood.cluster.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Passwords asked for: who may call what, and how users come and go. */
class AccessEndpointsTest {
  private static final Bytes SALT = Bytes.utf8("saltsaltsaltsalt");
  private static final String AUTHORIZATION = "Authorization: ";

  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        new TestServer(
            TestServer.settings().with(new AccessSettings(true, 1_000, Optional.empty())));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void withoutCredentialsOnlyProbesVersionAndUnknownPathsAnswer() throws IOException {
    for (String free : List.of("/version", "/status.html", "/livez", "/readyz")) {
      assertThat(server.ask("GET", free).status()).as(free).isEqualTo(200);
    }
    assertThat(server.ask("GET", "/nosuch").status()).isEqualTo(404);
    for (String closed :
        List.of(
            "/get?key=a",
            "/getx",
            "/keys",
            "/scan",
            "/sadd",
            "/peer_count",
            "/get_table",
            "/set_table",
            "/dt/list",
            "/metrics",
            "/admin/status",
            "/admin/users/remove")) {
      assertUnauthorized(server.ask("GET", closed), closed);
    }
  }

  private static void assertUnauthorized(RawClient.Response response, String what) {
    assertThat(response.status()).as(what).isEqualTo(401);
    assertThat(response.headers().get("www-authenticate"))
        .isEqualTo("Basic realm=\"Authentication\"");
    assertThat(response.headers().get("connection")).isEqualTo("keep-alive");
    assertThat(new String(response.body(), StandardCharsets.UTF_8))
        .contains("401 Authorization Required");
  }

  @Test
  void pageHasTheOriginalsLength() throws IOException {
    try (TestServer strict =
        new TestServer(
            TestServer.settings()
                .with(HustdbDialect.STRICT)
                .with(new AccessSettings(true, 1_000, Optional.empty())))) {
      assertThat(strict.ask("GET", "/get?key=a").body()).hasSize(195);
    }
  }

  @Test
  void rolesAllowWhatTheyName() throws IOException {
    user("a", "pa", Role.ADMIN);
    user("r", "pr", Role.READ);
    user("w", "pw", Role.WRITE);
    for (String[] row :
        new String[][] {
          {"/get?key=a", "404", "403", "403"},
          {"/keys?peer=0&offset=0&size=1&file=0", "200", "403", "403"},
          {"/peer_count", "200", "403", "403"},
          {"/put?key=a&val=1", "403", "200", "403"},
          {"/set_table", "403", "403", "405"},
          {"/admin/status", "403", "403", "200"},
          {"/metrics", "200", "200", "200"},
          {"/getx", "400", "400", "400"},
        }) {
      assertThat(
              List.of(
                  "" + ask("GET", row[0], "r:pr").status(),
                  "" + ask("GET", row[0], "w:pw").status(),
                  "" + ask("GET", row[0], "a:pa").status()))
          .as(row[0])
          .containsExactly(row[1], row[2], row[3]);
      server.ask("GET", "/del?key=a", AUTHORIZATION + CredentialCheckTest.basic("w:pw"));
    }
    RawClient.Response refused = ask("GET", "/put?key=a&val=1", "r:pr");
    assertThat(refused.headers().get("error")).isEqualTo("forbidden:write");
    assertUnauthorized(ask("GET", "/get?key=a", "r:wrong"), "wrong password");
  }

  @Test
  void aRefusedRequestWithABodyLeavesItsConnectionUsable() throws IOException {
    user("a", "pa", Role.values());
    try (RawClient client = server.connect()) {
      for (int round = 0; round < 3; round++) {
        assertUnauthorized(client.ask("POST", "/put?key=a", new byte[100_000]), "no credentials");
        client
            .send(
                "POST /put?key=a HTTP/1.1\r\nHost: t\r\nContent-Length: 100000\r\nAuthorization: "
                    + CredentialCheckTest.basic("a:" + (round == 1 ? "x" : "pa"))
                    + "\r\n\r\n")
            .send(new byte[100_000]);
        assertThat(client.read().orElseThrow().status()).isEqualTo(round == 1 ? 401 : 200);
      }
    }
  }

  @Test
  void whileThereAreNoUsersThisMachineMayMakeTheFirst() throws IOException {
    assertThat(server.ask("GET", "/admin/users").status()).isEqualTo(200);
    assertUnauthorized(server.ask("GET", "/admin/users", "X-Forwarded-For: 10.0.0.1"), "proxy");
    byte[] password = Bytes.utf8("p a:ss").toArray();
    assertError("/admin/users/put?name=a&roles=read", password, 409, "first-not-admin");
    assertError("/admin/users/put?name=a&rule=password", password, 400, "missing-parameter:roles");
    assertThat(
            server
                .ask("POST", "/admin/users/put?name=a&roles=read,admin&rule=any", password)
                .status())
        .isEqualTo(200);
    assertUnauthorized(
        server.ask("POST", "/admin/users/put?name=b&roles=admin", password), "second");
    assertUnauthorized(server.ask("GET", "/admin/users"), "list");
    RawClient.Response list = ask("GET", "/admin/users", "a:p a:ss");
    assertThat(new String(list.body(), StandardCharsets.UTF_8).replaceAll("\\s", ""))
        .isEqualTo("[{\"name\":\"a\",\"roles\":[\"read\",\"admin\"]}]");
  }

  @Test
  void aNodeThatDoesNotKnowTheUsersYetLetsNobodyChangeThem() throws IOException {
    user("a", "pa", Role.values());
    server.admin.meta().forgetUsersHere();
    for (String rule : List.of("new", "any", "password", "first")) {
      assertUnauthorized(
          server.ask(
              "POST",
              "/admin/users/put?name=a&roles=read,admin&rule=" + rule,
              Bytes.utf8("mine").toArray()),
          rule);
    }
    assertThat(server.admin.meta().storedUsers().find("a").orElseThrow().password())
        .matches(hash -> hash.matches(Bytes.utf8("pa")));
  }

  @Test
  void usersAreChangedByAdmins() throws IOException {
    user("a", "pa", Role.values());
    assertThat(put("name=b&roles=read,write", "pb")).isEqualTo("200");
    assertThat(put("name=b&roles=read", "x")).isEqualTo("409 user-exists");
    assertThat(put("name=b&roles=read&rule=any", "x")).isEqualTo("200");
    assertThat(put("name=b&rule=password", "y")).isEqualTo("200");
    assertThat(ask("GET", "/peer_count", "b:y").status()).isEqualTo(200);
    assertThat(ask("GET", "/put?key=a&val=1", "b:y").status()).isEqualTo(403);
    assertThat(put("name=c&rule=password", "y")).isEqualTo("404 no-such-user");
    assertThat(put("name=a&roles=read&rule=any", "x")).isEqualTo("409 last-admin");
    assertThat(put("name=c&roles=king", "x")).isEqualTo("400 malformed-parameter:roles");
    assertThat(put("name=c", "x")).isEqualTo("400 missing-parameter:roles");
    assertThat(put("name=c%2F&roles=read", "x")).isEqualTo("400 malformed-parameter:name");
    assertThat(put("roles=read", "x")).isEqualTo("400 missing-parameter:name");
    assertThat(put("name=c&roles=read&rule=q", "x")).isEqualTo("400 malformed-parameter:rule");
    assertThat(put("name=c&roles=read", "")).isEqualTo("400 missing-parameter:body");
    assertThat(put("name=c&roles=read", "x".repeat(257))).isEqualTo("400 too-long:body");
    assertThat(ask("POST", "/admin/users/remove?name=b", "a:pa").status()).isEqualTo(200);
    assertUnauthorized(ask("GET", "/peer_count", "b:y"), "removed");
    assertThat(ask("POST", "/admin/users/remove?name=a", "a:pa").headers().get("error"))
        .isEqualTo("last-admin");
  }

  @Test
  void nothingShowsPasswordsOrHashes() throws IOException {
    user("a", "pa", Role.values());
    String hash = server.admin.users().list().get(0).password().hash().toHex();
    for (String path : List.of("/admin/users", "/admin/status", "/metrics")) {
      String body = new String(ask("GET", path, "a:pa").body(), StandardCharsets.UTF_8);
      assertThat(body).as(path).doesNotContain(hash).doesNotContain(hash.substring(0, 16));
    }
  }

  private void user(String name, String password, Role... roles) {
    PasswordHash hash = PasswordHash.of(Bytes.utf8(password), 1_000, SALT);
    server
        .admin
        .meta()
        .propose(new ClusterCommand.PutUser(UserRule.ANY, name, Set.of(roles), hash))
        .join();
  }

  private RawClient.Response ask(String method, String target, String pair) throws IOException {
    return server.ask(method, target, AUTHORIZATION + CredentialCheckTest.basic(pair));
  }

  /** As user a: the status, and why. */
  private String put(String query, String password) throws IOException {
    try (RawClient client = server.connect()) {
      client
          .send(
              "POST /admin/users/put?"
                  + query
                  + " HTTP/1.1\r\nHost: t\r\nAuthorization: "
                  + CredentialCheckTest.basic("a:pa")
                  + "\r\nContent-Length: "
                  + password.length()
                  + "\r\n\r\n")
          .send(Bytes.utf8(password).toArray());
      RawClient.Response response = client.read().orElseThrow();
      String error = response.headers().getOrDefault("error", "");
      return (response.status() + " " + error).strip();
    }
  }

  private void assertError(String target, byte[] body, int status, String error)
      throws IOException {
    RawClient.Response response = server.ask("POST", target, body);
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.headers().get("error")).isEqualTo(error);
  }
}
