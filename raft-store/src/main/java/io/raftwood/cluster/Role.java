package io.raftwood.cluster;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a user may do. Roles do not imply each other. */
public enum Role {
  /** Read records, trees and figures. */
  READ,
  /** Change records and trees. */
  WRITE,
  /** Everything below {@code /admin}, and the slot table. */
  ADMIN;

  private static final int ALL_BITS = 7;

  /** The name on the command line and in JSON. */
  public String token() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role called {@code token}. */
  public static Optional<Role> of(String token) {
    return Arrays.stream(values()).filter(role -> role.token().equals(token)).findFirst();
  }

  /** A set as the bits of its ordinals. */
  static int bits(Set<Role> roles) {
    return roles.stream().mapToInt(role -> 1 << role.ordinal()).sum();
  }

  /**
   * Reads what {@link #bits} wrote.
   *
   * @throws IllegalArgumentException for other bits
   */
  static Set<Role> ofBits(int bits) {
    if ((bits & ~ALL_BITS) != 0) {
      throw new IllegalArgumentException("no roles have the bits " + bits);
    }
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (Role role : values()) {
      if ((bits & 1 << role.ordinal()) != 0) {
        roles.add(role);
      }
    }
    return roles;
  }
}
