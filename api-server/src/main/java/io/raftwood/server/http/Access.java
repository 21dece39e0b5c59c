package io.raftwood.server.http;

import io.raftwood.cluster.Role;
import java.util.Optional;

/** Who may call an endpoint when passwords are asked for. */
enum Access {
  /** Anybody. */
  FREE(Optional.empty()),
  /** Every user. */
  USER(Optional.empty()),
  /** Users with {@link Role#READ}. */
  READ(Optional.of(Role.READ)),
  /** Users with {@link Role#WRITE}. */
  WRITE(Optional.of(Role.WRITE)),
  /** Users with {@link Role#ADMIN}. */
  ADMIN(Optional.of(Role.ADMIN)),
  /** As {@link #ADMIN}; and, while there is no user at all, whoever calls from this machine. */
  FIRST_USER(Optional.of(Role.ADMIN));

  private final Optional<Role> role;

  Access(Optional<Role> role) {
    this.role = role;
  }

  /** The role that is needed. */
  Optional<Role> role() {
    return role;
  }
}
