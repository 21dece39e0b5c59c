package io.raftwood.server.http;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONWriter;
import io.raftwood.admin.ClusterAdmin;
import io.raftwood.bytes.Bytes;
import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterCommand.UserRule;
import io.raftwood.cluster.ClusterResult;
import io.raftwood.cluster.ClusterResult.UserRefusal;
import io.raftwood.cluster.PasswordHash;
import io.raftwood.cluster.Role;
import io.raftwood.cluster.UserRecord;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * {@code admin/users}: who may use the HTTP port. A password comes as a request's body and is
 * hashed on {@link PasswordWork}; neither it nor its hash ever leaves. Runs on I/O threads.
 */
final class UserHandler {
  private static final String JSON_TYPE = "application/json";

  private final ClusterAdmin admin;
  private final PasswordWork work;
  private final AccessSettings settings;
  private final SecureRandom random = new SecureRandom();

  /** Asks {@code admin}; passwords are hashed by {@code work}. */
  UserHandler(ClusterAdmin admin, PasswordWork work, AccessSettings settings) {
    this.admin = admin;
    this.work = work;
    this.settings = settings;
  }

  /** The endpoints. */
  List<Route> routes() {
    return List.of(
        Route.only("GET", "admin/users", Family.ADMIN, call -> call.answer(list()))
            .with(Access.FIRST_USER),
        new Route("/admin/users/put", "admin/users/put", Family.ADMIN, true, "POST", this::put)
            .with(Access.FIRST_USER),
        Route.only("POST", "admin/users/remove", Family.ADMIN, this::remove));
  }

  private Reply list() {
    List<Map<String, Object>> users =
        admin.users().list().stream().map(UserHandler::shown).toList();
    byte[] text = JSON.toJSONBytes(users, JSONWriter.Feature.PrettyFormat);
    return Reply.body(Outcome.OK, Bytes.wrap(text).concat(Bytes.utf8("\n")), JSON_TYPE);
  }

  private static Map<String, Object> shown(UserRecord user) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", user.name());
    fields.put("roles", user.roles().stream().map(Role::token).toList());
    return fields;
  }

  private void put(Call call) {
    String name = name(call);
    UserRule rule = rule(call);
    Set<Role> roles = roles(call, rule);
    Bytes password = call.body();
    if (password.isEmpty()) {
      throw new RequestRefusedException(Outcome.MISSING_PARAMETER, "body");
    }
    if (password.length() > PasswordHash.PASSWORD_BYTES_MAX) {
      throw new RequestRefusedException(Outcome.TOO_LONG, "body");
    }
    call.answerWhen(
        work.submit(() -> PasswordHash.of(password, settings.iterations(), salt()))
            .thenCompose(
                hash ->
                    admin.propose(
                        new ClusterCommand.PutUser(rule, name, roles, hash), call.deadline())),
        UserHandler::reply);
  }

  private Bytes salt() {
    byte[] salt = new byte[PasswordHash.SALT_BYTES];
    random.nextBytes(salt);
    return Bytes.wrap(salt);
  }

  private void remove(Call call) {
    call.answerWhen(
        admin.propose(new ClusterCommand.RemoveUser(name(call)), call.deadline()),
        UserHandler::reply);
  }

  private static String name(Call call) {
    String name = required(call, "name");
    if (!UserRecord.isName(name)) {
      throw new RequestRefusedException(Outcome.MALFORMED_PARAMETER, "name");
    }
    return name;
  }

  /**
   * Whoever was let in without a name may make the first user and nothing else, whatever this node
   * knows of users: it may have been wrong, or may be by now.
   */
  private UserRule rule(Call call) {
    if (settings.authentication() && call.header("Authorization").isEmpty()) {
      return UserRule.FIRST;
    }
    String text = call.query().first("rule").orElse("new");
    for (UserRule rule : UserRule.values()) {
      if (rule.name().toLowerCase(Locale.ROOT).equals(text)) {
        return rule;
      }
    }
    throw new RequestRefusedException(Outcome.MALFORMED_PARAMETER, "rule");
  }

  private static Set<Role> roles(Call call, UserRule rule) {
    if (rule == UserRule.PASSWORD) {
      return EnumSet.allOf(Role.class);
    }
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String token : required(call, "roles").split(",", -1)) {
      roles.add(
          Role.of(token)
              .orElseThrow(
                  () -> new RequestRefusedException(Outcome.MALFORMED_PARAMETER, "roles")));
    }
    return roles;
  }

  private static String required(Call call, String name) {
    return call.query()
        .first(name)
        .filter(text -> !text.isEmpty())
        .orElseThrow(() -> new RequestRefusedException(Outcome.MISSING_PARAMETER, name));
  }

  private static Reply reply(ClusterResult result) {
    if (result instanceof ClusterResult.UserRefused refused) {
      return Reply.of(outcome(refused.reason()));
    }
    return Reply.of(result instanceof ClusterResult.Accepted ? Outcome.OK : Outcome.NOT_READY);
  }

  private static Outcome outcome(UserRefusal reason) {
    switch (reason) {
      case EXISTS:
        return Outcome.USER_EXISTS;
      case ABSENT:
        return Outcome.NO_SUCH_USER;
      case NOT_FIRST:
        return Outcome.UNAUTHORIZED;
      case FIRST_NOT_ADMIN:
        return Outcome.FIRST_NOT_ADMIN;
      case LAST_ADMIN:
        return Outcome.LAST_ADMIN;
      default:
        return Outcome.TOO_MANY_USERS;
    }
  }
}
