package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.cluster.PasswordHash;
import io.raftwood.cluster.UserRecord;
import io.raftwood.cluster.Users;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells whom an {@code Authorization} header names and whether the password is right. A header that
 * was right before costs one keyed hash; any other one costs the password's own slow hash on {@link
 * PasswordWork}, an unknown user's too, so that time tells nothing. Thread-safe; never blocks.
 */
final class CredentialCheck {
  /** Right headers that are remembered; only a right one gets in. */
  private static final int REMEMBERED_MAX = 1024;

  private static final String MAC = "HmacSHA256";
  private static final CompletableFuture<Optional<UserRecord>> NOBODY =
      CompletableFuture.completedFuture(Optional.empty());

  private final Supplier<Users> users;
  private final PasswordWork work;
  private final Supplier<PasswordHash> decoy;
  private final Mac mac;
  private final Map<Bytes, Verified> remembered = new ConcurrentHashMap<>();
  private final Map<Bytes, CompletableFuture<Optional<UserRecord>>> underWay =
      new ConcurrentHashMap<>();

  /**
   * A header that was right.
   *
   * @param usersVersion of the users among whom {@code user} was found
   */
  private record Verified(long usersVersion, UserRecord user) {}

  /**
   * Checks against {@code users}.
   *
   * @param iterations what the check of an unknown user's password costs
   */
  CredentialCheck(Supplier<Users> users, PasswordWork work, int iterations) {
    this.users = users;
    this.work = work;
    SecureRandom random = new SecureRandom();
    byte[] key = new byte[PasswordHash.HASH_BYTES];
    random.nextBytes(key);
    this.mac = keyed(new SecretKeySpec(key, MAC));
    this.decoy =
        () ->
            new PasswordHash(
                iterations,
                Bytes.wrap(new byte[PasswordHash.SALT_BYTES]),
                Bytes.wrap(new byte[PasswordHash.HASH_BYTES]));
  }

  private static Mac keyed(Key key) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + MAC, e);
    }
  }

  /** Right headers that are remembered. */
  int remembered() {
    return remembered.size();
  }

  /**
   * The user that {@code header} names, if the password is right. Complete on return if it was
   * right before. Fails with {@link io.raftwood.raft.OverloadedException}.
   */
  CompletableFuture<Optional<UserRecord>> user(String header) {
    Users now = users.get();
    Bytes digest = digest(header);
    Verified known = remembered.get(digest);
    if (known != null && known.usersVersion() == now.version()) {
      return CompletableFuture.completedFuture(Optional.of(known.user()));
    }
    if (known != null) {
      Optional<UserRecord> same = now.find(known.user().name()).filter(known.user()::equals);
      if (same.isPresent()) {
        remembered.put(digest, new Verified(now.version(), same.get()));
        return CompletableFuture.completedFuture(same);
      }
      remembered.remove(digest);
    }
    Optional<BasicCredentials> given = BasicCredentials.parse(header);
    return given.isEmpty() ? NOBODY : slowly(digest, given.get(), now);
  }

  /** Many connections begin at once with the same header: it is checked once. */
  private CompletableFuture<Optional<UserRecord>> slowly(
      Bytes digest, BasicCredentials given, Users now) {
    CompletableFuture<Optional<UserRecord>> begun = new CompletableFuture<>();
    CompletableFuture<Optional<UserRecord>> other = underWay.putIfAbsent(digest, begun);
    if (other != null) {
      return other;
    }
    Optional<UserRecord> named = now.find(given.name());
    PasswordHash expected = named.map(UserRecord::password).orElseGet(decoy);
    work.submit(() -> expected.matches(given.password()))
        .whenComplete(
            (right, failure) -> {
              Optional<UserRecord> user = named.filter(found -> failure == null && right);
              user.ifPresent(found -> remember(digest, new Verified(now.version(), found)));
              underWay.remove(digest);
              if (failure == null) {
                begun.complete(user);
              } else {
                begun.completeExceptionally(failure);
              }
            });
    return begun;
  }

  private void remember(Bytes digest, Verified verified) {
    if (remembered.size() >= REMEMBERED_MAX) {
      remembered.clear();
    }
    remembered.put(digest, verified);
  }

  private Bytes digest(String header) {
    try {
      Mac own = (Mac) mac.clone();
      return Bytes.wrap(own.doFinal(header.getBytes(StandardCharsets.UTF_8)));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this Java's " + MAC + " cannot be cloned", e);
    }
  }
}
