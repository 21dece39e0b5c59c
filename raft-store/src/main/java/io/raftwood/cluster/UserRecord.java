package io.raftwood.cluster;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A user of the HTTP port.
 *
 * @param name 1..64 characters of {@code A-Z a-z 0-9 _ . @ -}
 * @param roles what the user may do; at least one
 * @param password as it is kept
 * @param version the meta group's revision that wrote this record: another password or other roles
 *     have another version
 */
public record UserRecord(String name, Set<Role> roles, PasswordHash password, long version) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.@-]{1,64}");

  /** Checks name and roles. */
  public UserRecord {
    checkName(name);
    roles = checkedRoles(roles);
  }

  /** Whether {@code name} has the form of a user's name. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** Whether the user has {@code role}. */
  public boolean may(Role role) {
    return roles.contains(role);
  }

  static void checkName(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "a user's name has 1..64 characters of A-Z a-z 0-9 _ . @ -");
    }
  }

  static Set<Role> checkedRoles(Set<Role> roles) {
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("a user needs a role: read, write or admin");
    }
    return Collections.unmodifiableSet(EnumSet.copyOf(roles));
  }
}
