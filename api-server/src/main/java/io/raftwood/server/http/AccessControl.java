package io.raftwood.server.http;

import io.raftwood.cluster.Role;
import io.raftwood.cluster.UserRecord;
import io.raftwood.cluster.Users;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Decides who may call an endpoint. Thread-safe; never blocks. */
final class AccessControl {
  private static final CompletableFuture<Reply> ADMITTED = done(Reply.of(Outcome.OK));
  private static final CompletableFuture<Reply> UNAUTHORIZED = done(Reply.of(Outcome.UNAUTHORIZED));

  /** Headers that a proxy adds: then the request comes from elsewhere. */
  private static final List<String> FORWARDED =
      List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via");

  private final boolean on;
  private final Supplier<Users> users;
  private final CredentialCheck check;

  /** Asks for passwords if {@code on}. */
  AccessControl(boolean on, Supplier<Users> users, CredentialCheck check) {
    this.on = on;
    this.users = users;
    this.check = check;
  }

  private static CompletableFuture<Reply> done(Reply reply) {
    return CompletableFuture.completedFuture(reply);
  }

  /**
   * The verdict: {@link Outcome#OK}, or the reply that refuses. Complete on return unless a
   * password has to be checked the slow way.
   */
  CompletableFuture<Reply> verdict(Access needed, HttpServerExchange exchange, RequestId id) {
    if (!on || needed == Access.FREE) {
      return ADMITTED;
    }
    String header = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
    if (header == null) {
      boolean first = needed == Access.FIRST_USER && users.get().list().isEmpty();
      return first && fromThisMachine(exchange) ? ADMITTED : UNAUTHORIZED;
    }
    CompletableFuture<Optional<UserRecord>> user = check.user(header);
    return user.isDone() && !user.isCompletedExceptionally()
        ? verdict(needed, user.join())
        : user.thenApply(found -> verdict(needed, found).join())
            .exceptionally(failure -> ErrorMapper.reply(failure, id));
  }

  private static CompletableFuture<Reply> verdict(Access needed, Optional<UserRecord> user) {
    if (user.isEmpty()) {
      return UNAUTHORIZED;
    }
    Optional<Role> role = needed.role();
    return role.isEmpty() || user.get().may(role.get())
        ? ADMITTED
        : done(Reply.of(Outcome.FORBIDDEN, role.get().token()));
  }

  private static boolean fromThisMachine(HttpServerExchange exchange) {
    HeaderMap headers = exchange.getRequestHeaders();
    return exchange.getSourceAddress().getAddress().isLoopbackAddress()
        && FORWARDED.stream().noneMatch(headers::contains);
  }
}
