package io.raftwood.server.config;

import java.util.List;

/** The rows of {@link Settings} about authentication. */
public final class AuthSection {
  /** See {@link AuthConfig#enabled()}. */
  public static final Setting<Boolean> ENABLED =
      new Setting<>(
          "auth.enabled",
          SettingTypes.flag(),
          "false",
          "Whether the HTTP port asks for a user's name and password; equal on all nodes.");

  /** See {@link AuthConfig#iterations()}. */
  public static final Setting<Integer> ITERATIONS =
      new Setting<>(
          "auth.iterations",
          SettingTypes.integer(1_000, 10_000_000),
          "600000",
          "Rounds of PBKDF2-HMAC-SHA256 for passwords that are set through this node.");

  /** All of them, in the order of the documentation. */
  static final List<Setting<?>> ALL = List.of(ENABLED, ITERATIONS);

  private AuthSection() {}
}
