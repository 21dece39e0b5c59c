package io.raftwood.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The rows of {@link Settings} about the hustdb API. */
public final class HustdbSection {
  /** See {@link HustdbConfig#strict()}. */
  public static final Setting<Boolean> STRICT =
      new Setting<>(
          "hustdb.strict",
          SettingTypes.flag(),
          "false",
          "Answers as the original does where it and good manners differ.");

  /** See {@link HustdbConfig#decodeVal()}. */
  public static final Setting<Boolean> DECODE_VAL =
      new Setting<>(
          "hustdb.decode-val",
          SettingTypes.flag(),
          "false",
          "Percent-decodes the query parameter val; the original takes it as it is.");

  /** See {@link HustdbConfig#publicPem()}. */
  public static final Setting<Optional<Path>> PUBLIC_PEM =
      new Setting<>(
          "hustdb.public-pem",
          SettingTypes.optionalPath(),
          "",
          "PEM file with the RSA-2048 public key that the ids of set_table are encrypted with;"
              + " empty = set_table gives no ids.");

  /** See {@link HustdbConfig#syncLagEntries()}. */
  public static final Setting<Integer> SYNC_LAG_ENTRIES =
      new Setting<>(
          "hustdb.sync-lag-entries",
          SettingTypes.integer(1, 1_000_000_000),
          "10000",
          "Writes answer with Sync: <node> while a voter of the group is more log entries behind"
              + " than this.");

  /** See {@link HustdbConfig#syncLagTime()}. */
  public static final Setting<Duration> SYNC_LAG_TIME =
      new Setting<>(
          "hustdb.sync-lag-time",
          SettingTypes.duration(Duration.ofSeconds(1), Duration.ofMinutes(10)),
          "3s",
          "The same while a voter has been silent, or has lacked what was committed, for longer"
              + " than this. Voters report twice a second.");

  /** All of them, in the order of the documentation. */
  static final List<Setting<?>> ALL =
      List.of(STRICT, DECODE_VAL, PUBLIC_PEM, SYNC_LAG_ENTRIES, SYNC_LAG_TIME);

  private HustdbSection() {}
}
