package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.bytes.Bytes;
import io.raftwood.cluster.PasswordHash;
import io.raftwood.cluster.Role;
import io.raftwood.cluster.UserRecord;
import io.raftwood.cluster.Users;
import io.raftwood.raft.OverloadedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CredentialCheckTest {
  private static final Bytes SALT = Bytes.utf8("saltsaltsaltsalt");
  private static final UserRecord AL = user("al", "secret", 3);

  private final PasswordWork work = new PasswordWork();
  private volatile Users users = new Users(3, List.of(AL));
  private final CredentialCheck check = new CredentialCheck(() -> users, work, 1_000);

  @AfterEach
  void stop() {
    work.stop();
  }

  @Test
  void rightCredentialsAreCheckedSlowlyOnceAndThenRemembered() {
    assertThat(check.user(basic("al:secret")).join()).contains(AL);
    assertThat(check.remembered()).isEqualTo(1);
    CompletableFuture<Optional<UserRecord>> again = check.user(basic("al:secret"));
    assertThat(again).isCompletedWithValue(Optional.of(AL));
  }

  @Test
  void wrongOnesAreNobodyAndNotRemembered() {
    for (String wrong : List.of("al:Secret", "al:", "al", "bob:secret", ":secret", ":", "")) {
      assertThat(check.user(basic(wrong)).join()).as(wrong).isEmpty();
    }
    assertThat(check.remembered()).isZero();
  }

  @Test
  void malformedHeadersAreNobodyAtOnce() {
    for (String header :
        List.of("", "Basic", "Basic ", "Basic !!", "Bearer abc", "Basic " + "A".repeat(2000))) {
      assertThat(check.user(header)).as(header).isCompletedWithValue(Optional.empty());
    }
    assertThat(check.user(basic("al:secret").replace("Basic", "bAsIc ")).join()).contains(AL);
  }

  @Test
  void passwordsMayHoldColonsAndAnyBytes() {
    users = new Users(4, List.of(user("al", "a:b\u00ff", 4)));
    assertThat(check.user(basic("al:a:b\u00ff")).join()).isPresent();
  }

  @Test
  void aNewPasswordEndsTheOldOneAtOnce() {
    check.user(basic("al:secret")).join();
    users = new Users(9, List.of(user("al", "other", 9)));
    assertThat(check.user(basic("al:secret")).join()).isEmpty();
    assertThat(check.user(basic("al:other")).join()).isPresent();
  }

  @Test
  void otherUsersMayChangeMeanwhile() {
    check.user(basic("al:secret")).join();
    users = new Users(9, List.of(AL, user("bob", "x", 9)));
    assertThat(check.user(basic("al:secret"))).isCompletedWithValue(Optional.of(AL));
    users = new Users(10, List.of());
    assertThat(check.user(basic("al:secret")).join()).isEmpty();
    assertThat(check.remembered()).isZero();
  }

  @Test
  void whatWaitsIsBoundedAndEqualHeadersWaitTogether() {
    CountDownLatch hold = new CountDownLatch(1);
    CompletableFuture<Boolean> blocker =
        work.submit(
            () -> {
              try {
                hold.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return true;
            });
    List<CompletableFuture<Optional<UserRecord>>> same = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      same.add(check.user(basic("al:secret")));
    }
    List<CompletableFuture<Optional<UserRecord>>> guesses = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      guesses.add(check.user(basic("al:" + i)));
    }
    long refused = guesses.stream().filter(CompletableFuture::isCompletedExceptionally).count();
    assertThat(refused).isBetween(8L, 10L);
    assertThatThrownBy(guesses.get(39)::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(OverloadedException.class);
    hold.countDown();
    assertThat(blocker.join()).isTrue();
    same.forEach(one -> assertThat(one.join()).contains(AL));
    assertThat(guesses.get(0).join()).isEmpty();
  }

  @Test
  void credentialsAreNotShown() {
    assertThat(BasicCredentials.parse(basic("al:secret")).orElseThrow().toString())
        .isEqualTo("BasicCredentials[...]");
    assertThat(AL.toString()).doesNotContain(AL.password().hash().toHex());
  }

  static UserRecord user(String name, String password, long version, Role... roles) {
    Bytes bytes = Bytes.wrap(password.getBytes(StandardCharsets.ISO_8859_1));
    return new UserRecord(
        name,
        Set.of(roles.length == 0 ? Role.values() : roles),
        PasswordHash.of(bytes, 1_000, SALT),
        version);
  }

  static String basic(String pair) {
    return "Basic "
        + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.ISO_8859_1));
  }
}
