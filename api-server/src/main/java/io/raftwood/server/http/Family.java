package io.raftwood.server.http;

import java.util.Locale;

/** Endpoints that answer every outcome alike; the first column of the outcome table. */
enum Family {
  /** {@code get}, {@code exist}. */
  READ,
  /** {@code put}. */
  PUT,
  /** {@code del}. */
  DEL,
  /** {@code version}, {@code status.html}, {@code peer_count}. */
  INFO,
  /** {@code livez}, {@code readyz}, {@code metrics}. */
  SERVICE,
  /** {@code admin/...}. */
  ADMIN,
  /** A request that belongs to no endpoint. */
  NONE;

  /** The name in the outcome table. */
  String token() {
    return name().toLowerCase(Locale.ROOT);
  }
}
