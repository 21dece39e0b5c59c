package io.raftwood.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.server.http.RunningEndpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserCommandTest {
  @TempDir private Path directory;
  private RunningEndpoint node;

  @BeforeEach
  void start() throws IOException {
    node = RunningEndpoint.withPasswords();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void theFirstUserGetsAllRolesAndLetsOthersIn() throws IOException {
    CliRun first = user("secret\n", "add", "alice");
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out()).isEqualTo("added alice: read,write,admin\n");
    Path own = file("own", "secret");
    CliRun stranger = user("x\n", "add", "bob");
    assertThat(stranger.exitCode()).isEqualTo(1);
    assertThat(stranger.err()).contains("HTTP 401 unauthorized").contains("--user");
    Path password = file("new", "geheim");
    CliRun second = user("", "add", "bob", "--new-password-file", password, "--user", "alice", own);
    assertThat(second.out()).isEqualTo("added bob: read,write\n");
    assertThat(user("", "list", "--user", "alice", own).out())
        .contains("alice  read,write,admin")
        .contains("bob    read,write");
    CliRun again = user("y", "add", "bob", "--role", "read", "--user", "alice", own);
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).contains("HTTP 409 user-exists");
  }

  @Test
  void passwordsChangeAndUsersGo() throws IOException {
    user("secret\n", "add", "alice");
    Path own = file("own", "secret");
    user("one", "add", "bob", "--role", "read", "--user", "alice", own);
    assertThat(kv("get", "k", "--user", "bob", file("bob", "one")).exitCode()).isEqualTo(7);
    assertThat(user("two", "passwd", "bob", "--user", "alice", own).out())
        .isEqualTo("changed bob\n");
    CliRun old = kv("get", "k", "--user", "bob", file("bob", "one"));
    assertThat(old.err()).contains("401");
    CliRun write = kv("put", "k", "v", "--user", "bob", file("bob", "two"));
    assertThat(write.err()).contains("403");
    assertThat(kv("put", "k", "v", "--user", "alice", own).exitCode()).isZero();
    assertThat(user("", "rm", "bob", "--user", "alice", own).out()).isEqualTo("removed bob\n");
    CliRun last = user("", "rm", "alice", "--user", "alice", own);
    assertThat(last.err()).contains("last-admin");
    assertThat(user("", "rm", "bob", "--user", "alice", own).err()).contains("no-such-user");
  }

  @Test
  void theOriginalsFileIsImported() throws IOException {
    Path htpasswd = file("htpasswd", "# users\nhuststore:hust:store\n\nreader:r\n");
    CliRun run = user("", "import-htpasswd", htpasswd);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualTo("added huststore: read,write,admin\nadded reader: read,write\n");
    assertThat(kv("put", "k", "v", "--user", "reader", file("p", "r")).exitCode()).isZero();
    Path own = file("own", "hust:store");
    assertThat(user("", "import-htpasswd", htpasswd, "--user", "huststore", own).err())
        .contains("user-exists");
    Path other = file("other", "reader:q\nbroken\n");
    CliRun stopped =
        user(
            "",
            "import-htpasswd",
            other,
            "--replace",
            "--role",
            "read",
            "--user",
            "huststore",
            own);
    assertThat(stopped.exitCode()).isEqualTo(1);
    assertThat(stopped.out()).isEqualTo("added reader: read\n");
    assertThat(stopped.err()).contains("not user:password").doesNotContain("broken");
  }

  @Test
  void mistakesAreSaid() throws IOException {
    assertThat(user("", "add", "alice").err()).contains("empty password");
    assertThat(user("x", "add", "al/ice").exitCode()).isEqualTo(2);
    assertThat(user("x", "add", "alice", "--role", "king").err())
        .contains("malformed-parameter:roles");
    assertThat(user("x", "add", "alice", "--role", "read").err()).contains("first-not-admin");
    Path missing = directory.resolve("missing");
    assertThat(user("x", "list", "--user", "alice", missing).exitCode()).isEqualTo(2);
    assertThat(CliRun.of("user").err()).contains("a command is missing");
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  private CliRun user(String input, Object... words) {
    return run("user", input, words);
  }

  private CliRun kv(Object... words) {
    return run("kv", "", words);
  }

  /** Behind {@code --user NAME} comes the file with the password. */
  private CliRun run(String command, String input, Object... words) {
    List<String> args = new ArrayList<>(List.of(command));
    for (int i = 0; i < words.length; i++) {
      if (i >= 2 && words[i - 2].equals("--user")) {
        args.add("--password-file");
      }
      args.add(words[i].toString());
    }
    args.addAll(List.of("--endpoints", node.address(), "--timeout", "20"));
    return CliRun.withInput(input.getBytes(StandardCharsets.UTF_8), args.toArray(String[]::new));
  }
}
