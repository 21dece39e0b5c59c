package io.raftwood.cluster;

import io.raftwood.cluster.ClusterCommand.UserRule;
import io.raftwood.cluster.ClusterResult.UserRefusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What commands do to the users. Apply thread only; deterministic. */
final class UserDecisions {
  private final ClusterState state;
  private final long revision;

  UserDecisions(ClusterState state, long revision) {
    this.state = state;
    this.revision = revision;
  }

  ClusterResult put(ClusterCommand.PutUser command) {
    Users users = state.users();
    Optional<UserRecord> present = users.find(command.name());
    Optional<UserRefusal> objection = objection(users, present, command);
    if (objection.isPresent()) {
      return new ClusterResult.UserRefused(objection.get());
    }
    boolean keepsRoles = command.rule() == UserRule.PASSWORD;
    UserRecord written =
        new UserRecord(
            command.name(),
            keepsRoles ? present.orElseThrow().roles() : command.roles(),
            command.password(),
            revision);
    List<UserRecord> others = without(users, command.name());
    if (present.isPresent() && noAdmin(others) && !written.may(Role.ADMIN)) {
      return new ClusterResult.UserRefused(UserRefusal.LAST_ADMIN);
    }
    others.add(written);
    return store(others);
  }

  private static Optional<UserRefusal> objection(
      Users users, Optional<UserRecord> present, ClusterCommand.PutUser command) {
    switch (command.rule()) {
      case FIRST:
        if (!users.list().isEmpty()) {
          return Optional.of(UserRefusal.NOT_FIRST);
        }
        break;
      case NEW:
        if (present.isPresent()) {
          return Optional.of(UserRefusal.EXISTS);
        }
        break;
      case PASSWORD:
        if (present.isEmpty()) {
          return Optional.of(UserRefusal.ABSENT);
        }
        break;
      default:
        break;
    }
    if (users.list().isEmpty() && !command.roles().contains(Role.ADMIN)) {
      return Optional.of(UserRefusal.FIRST_NOT_ADMIN);
    }
    boolean full = present.isEmpty() && users.list().size() >= Users.COUNT_MAX;
    return full ? Optional.of(UserRefusal.TOO_MANY) : Optional.empty();
  }

  ClusterResult remove(ClusterCommand.RemoveUser command) {
    Users users = state.users();
    if (users.find(command.name()).isEmpty()) {
      return new ClusterResult.UserRefused(UserRefusal.ABSENT);
    }
    List<UserRecord> others = without(users, command.name());
    return noAdmin(others) ? new ClusterResult.UserRefused(UserRefusal.LAST_ADMIN) : store(others);
  }

  private static boolean noAdmin(List<UserRecord> users) {
    return users.stream().noneMatch(user -> user.may(Role.ADMIN));
  }

  private static List<UserRecord> without(Users users, String name) {
    List<UserRecord> others = new ArrayList<>(users.list());
    others.removeIf(user -> user.name().equals(name));
    return others;
  }

  private ClusterResult store(List<UserRecord> users) {
    users.sort(Comparator.comparing(UserRecord::name));
    state.store(new Users(revision, users));
    // The users are no part of the map, whose epoch stays.
    return new ClusterResult.Accepted(state.map().map(ClusterMap::epoch).orElse(0L), true);
  }
}
